-- Danger: who was alerted and when, who has it in hand. Place and words stay in the ticket of the same number.
CREATE TABLE incident (
    id INTEGER PRIMARY KEY REFERENCES ticket(id),
    mark TEXT NOT NULL UNIQUE,                   -- of the event that opened it
    kind TEXT NOT NULL,                          -- danger, welfare, drill
    family TEXT NOT NULL,
    sign TEXT NOT NULL,
    families TEXT NOT NULL DEFAULT '[]',
    status TEXT NOT NULL,                        -- open, held, there, solved, closed
    person INTEGER REFERENCES person(id),
    holder INTEGER REFERENCES person(id),
    count INTEGER NOT NULL DEFAULT 0,            -- alerts so far
    next_at INTEGER,                             -- the next alert, or when an acknowledgement lapses
    cause TEXT,                                  -- real, false, drill
    opened_at INTEGER NOT NULL,
    alerted_at INTEGER,
    held_at INTEGER,
    there_at INTEGER,
    closed_at INTEGER,
    active_at INTEGER,
    told_at INTEGER
);
CREATE INDEX incident_live ON incident (status) WHERE status <> 'closed';
CREATE INDEX incident_person ON incident (person, id);
CREATE INDEX incident_opened ON incident (opened_at);

CREATE TABLE incident_mark (
    mark TEXT PRIMARY KEY,                       -- every event that joined it
    incident INTEGER NOT NULL REFERENCES incident(id)
);

CREATE TABLE incident_step (
    id INTEGER PRIMARY KEY,
    incident INTEGER NOT NULL REFERENCES incident(id),
    action TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor INTEGER REFERENCES person(id),
    data TEXT NOT NULL DEFAULT '{}'              -- keys and numbers, never words
);
CREATE INDEX incident_step_incident ON incident_step (incident, id);

-- Who was alerted: they hear that it is in hand.
CREATE TABLE incident_alerted (
    incident INTEGER NOT NULL REFERENCES incident(id),
    person INTEGER NOT NULL REFERENCES person(id),
    rung TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (incident, person)
);

-- 「先打电话核实」: marked by a manager; it never silences anybody.
CREATE TABLE caution (
    person INTEGER PRIMARY KEY REFERENCES person(id),
    marked_by INTEGER REFERENCES person(id),
    at INTEGER NOT NULL
);

-- Relatives who may be told.
CREATE TABLE kin (
    person INTEGER NOT NULL REFERENCES person(id),
    relative INTEGER NOT NULL REFERENCES person(id),
    at INTEGER NOT NULL,
    PRIMARY KEY (person, relative)
);
