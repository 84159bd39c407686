-- How somebody wants to be spoken to, and recordings that nobody could hear.
CREATE TABLE voice (
    person INTEGER PRIMARY KEY REFERENCES person(id),
    aloud INTEGER NOT NULL DEFAULT 0,            -- answers are spoken as well
    slow INTEGER NOT NULL DEFAULT 0,
    loud INTEGER NOT NULL DEFAULT 0,
    spoken INTEGER NOT NULL DEFAULT 0,           -- recordings in a row, without a typed line between
    asked_at INTEGER,                            -- when it was asked whether answers should be spoken
    told_at INTEGER                              -- when a manager was told what the starter model is
);

CREATE TABLE unheard (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person(id),
    sound TEXT NOT NULL,                         -- name of the file; kept for a day
    told INTEGER NOT NULL DEFAULT 0,             -- the desk has a ticket of it
    at INTEGER NOT NULL
);
CREATE INDEX unheard_person ON unheard (person, at);
