-- Who read whose details, and people of whom nothing but a number is left.
CREATE TABLE reading (
    id INTEGER PRIMARY KEY,
    reader INTEGER REFERENCES person(id),
    person INTEGER REFERENCES person(id),
    ticket INTEGER REFERENCES ticket(id),
    cause TEXT NOT NULL,                         -- claim, desk, ticket, export
    at INTEGER NOT NULL
);
CREATE INDEX reading_of_ticket ON reading (ticket, id);
CREATE INDEX reading_of_person ON reading (person, id);

ALTER TABLE person ADD COLUMN erased_at INTEGER;
CREATE INDEX account_of_person ON account (person);
