-- What is due of a danger says so: it happens at night too, and follows a clock that was set.
UPDATE agenda SET data = json_set(data, '$.danger', json('true')) WHERE kind LIKE 'incident.%';
