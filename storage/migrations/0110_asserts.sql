-- What a message says of how things stand: JSON list of the key of a text and the ticket it speaks of, never words.
ALTER TABLE outbox ADD COLUMN asserts TEXT NOT NULL DEFAULT '[]';
