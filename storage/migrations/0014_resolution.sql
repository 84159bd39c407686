-- Until when a ticket is to be done: the second clock, beside the first answer.
ALTER TABLE ticket ADD COLUMN due_at INTEGER;
