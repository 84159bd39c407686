-- One-time codes by which a relative is linked to just this resident.
CREATE TABLE family_code (
    code TEXT PRIMARY KEY,                       -- SHA-256 of the code
    person INTEGER NOT NULL REFERENCES person(id),
    made_by INTEGER REFERENCES person(id),       -- the resident, or whoever of the desk asked for it
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    used_by INTEGER REFERENCES person(id)
);
CREATE INDEX family_code_of_person ON family_code (person);
