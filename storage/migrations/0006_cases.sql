-- Mediation. The ticket of the same number holds nothing but status and times; who and what stands here, and is read
-- and written by storage/cases.py alone, which asks for the reader's right.
CREATE TABLE case_file (
    ticket INTEGER PRIMARY KEY REFERENCES ticket(id),
    mediator INTEGER REFERENCES person(id),
    wanted INTEGER REFERENCES person(id),        -- the mediator whom the first side asked for
    at INTEGER,                                  -- when they meet
    place TEXT NOT NULL DEFAULT '',              -- phone, desk
    talking TEXT NOT NULL DEFAULT ''             -- the side the mediator speaks with now: a, b
);
CREATE INDEX case_of_mediator ON case_file (mediator) WHERE mediator IS NOT NULL;

CREATE TABLE case_side (
    ticket INTEGER NOT NULL REFERENCES case_file(ticket),
    side TEXT NOT NULL,                          -- a asked for it, b is the other
    person INTEGER REFERENCES person(id),
    home TEXT,                                   -- JSON place: building and unit, where no account knows better
    consent TEXT NOT NULL DEFAULT '',            -- yes, no
    answer TEXT NOT NULL DEFAULT '',             -- yes, no: to what stands open
    PRIMARY KEY (ticket, side)
);
CREATE INDEX case_of_person ON case_side (person) WHERE person IS NOT NULL;

-- What was said, in words: gone with the first of the two who is erased, and when the case has grown old.
CREATE TABLE case_word (
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES case_file(ticket),
    kind TEXT NOT NULL,                          -- party, topic, wish, deal
    person INTEGER REFERENCES person(id),
    text TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX case_word_ticket ON case_word (ticket, id);

-- Who did what: the ticket's own events name nobody.
CREATE TABLE case_step (
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES case_file(ticket),
    action TEXT NOT NULL,
    side TEXT NOT NULL DEFAULT '',
    person INTEGER REFERENCES person(id),
    at INTEGER NOT NULL
);
CREATE INDEX case_step_ticket ON case_step (ticket, id);
