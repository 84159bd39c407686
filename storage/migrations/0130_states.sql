-- How somebody's life stands: hospital, away (things rest), moved, deceased (things end); empty: here.
ALTER TABLE person ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN state_at INTEGER;
