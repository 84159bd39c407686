-- Where a mediator lived before: for half a year the neighbours there are not theirs to mediate.
CREATE TABLE former_home (
    person INTEGER NOT NULL REFERENCES person(id),
    home TEXT NOT NULL,                          -- JSON place
    at INTEGER NOT NULL,
    PRIMARY KEY (person, home)
);
