-- Who answers for a queue that has no group, and what managers changed last (so that it can be taken back).
CREATE TABLE duty (
    queue TEXT PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person(id),
    at INTEGER NOT NULL
);

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    actor INTEGER NOT NULL REFERENCES person(id),
    kind TEXT NOT NULL,                          -- assign, duty, merge
    at INTEGER NOT NULL,
    data TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX change_of_actor ON change (actor, id);

-- One row is one place in one opening of a service: two people cannot stand in it, and nobody stands in two.
CREATE TABLE booked (
    service TEXT NOT NULL,
    at INTEGER NOT NULL,
    seat INTEGER NOT NULL CHECK (seat >= 0),
    ticket INTEGER NOT NULL UNIQUE REFERENCES ticket(id),
    PRIMARY KEY (service, at, seat)
);

-- Who waits for an opening that is full, in the order they came.
CREATE TABLE waiting (
    id INTEGER PRIMARY KEY,
    service TEXT NOT NULL,
    at INTEGER NOT NULL,
    ticket INTEGER NOT NULL UNIQUE REFERENCES ticket(id)
);
CREATE INDEX waiting_for ON waiting (service, at, id);

-- Days on which a service rests, beside those of the configuration.
CREATE TABLE pause (
    service TEXT NOT NULL,
    day TEXT NOT NULL,                           -- ISO date
    PRIMARY KEY (service, day)
);
