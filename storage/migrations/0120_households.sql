-- The community's own list of residents: doors, who lives behind them, and every change with its source.
-- Whoever stands on the list need not be on the bot; the two are joined by a person's word only, never by a name alone.
CREATE TABLE household (
    id INTEGER PRIMARY KEY,
    building TEXT NOT NULL,
    unit TEXT NOT NULL DEFAULT '',
    room TEXT NOT NULL,
    UNIQUE (building, unit, room)
);

CREATE TABLE resident (
    id INTEGER PRIMARY KEY,
    household INTEGER NOT NULL REFERENCES household(id),
    name TEXT NOT NULL,
    phone TEXT NOT NULL DEFAULT '',
    tenure TEXT NOT NULL DEFAULT '',             -- owner, tenant, family; empty: not known
    alone TEXT NOT NULL DEFAULT '',              -- yes, no; empty: not known
    phoneless TEXT NOT NULL DEFAULT '',          -- yes, no; empty: not known
    consent TEXT NOT NULL DEFAULT '',            -- paper, visit, call, self: where they agreed; no: they did not; empty: not asked
    listed_at INTEGER NOT NULL,
    person INTEGER REFERENCES person(id)
);
CREATE INDEX resident_household ON resident (household);
CREATE INDEX resident_name ON resident (name);
CREATE INDEX resident_person ON resident (person) WHERE person IS NOT NULL;

CREATE TABLE resident_event (
    id INTEGER PRIMARY KEY,
    resident INTEGER NOT NULL REFERENCES resident(id),
    at INTEGER NOT NULL,
    source TEXT NOT NULL,                        -- the list it came from
    changes TEXT NOT NULL                        -- JSON: field → [before, after]
);
CREATE INDEX resident_event_resident ON resident_event (resident, id);

ALTER TABLE reading ADD COLUMN resident INTEGER REFERENCES resident(id);  -- whose card of the list was shown
CREATE INDEX reading_of_resident ON reading (resident) WHERE resident IS NOT NULL;
