-- When somebody was told that the bundled speech model understands synthetic voices only.
ALTER TABLE person ADD COLUMN starter_told_at INTEGER;
