-- What neighbours call a place (大槐树), learned after one confirmation.
CREATE TABLE nickname (
    name TEXT PRIMARY KEY,
    place TEXT NOT NULL,                         -- a public spot or a building, in plain words
    person INTEGER NOT NULL REFERENCES person(id),
    at INTEGER NOT NULL                          -- when it was last said
);
CREATE INDEX nickname_of_person ON nickname (person);
