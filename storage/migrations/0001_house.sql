-- People and the chats they write in. Platform ids stand in account and chat only.
CREATE TABLE community (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);
INSERT INTO community (id, name) VALUES (1, '');

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    community INTEGER NOT NULL DEFAULT 1 REFERENCES community(id),
    name TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    home TEXT,                                   -- JSON place
    consent_at INTEGER,
    consent_version TEXT,
    reachable INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL
);

CREATE TABLE account (
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person(id),
    PRIMARY KEY (channel, account)
);

CREATE TABLE chat (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    kind TEXT NOT NULL,                          -- private, group
    queue TEXT,                                  -- what a group serves: volunteers, desk
    person INTEGER REFERENCES person(id),
    gone INTEGER NOT NULL DEFAULT 0,
    UNIQUE (channel, address)
);
CREATE INDEX chat_of_person ON chat (person) WHERE person IS NOT NULL;

CREATE TABLE role (
    person INTEGER NOT NULL REFERENCES person(id),
    role TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    PRIMARY KEY (person, role)
);

CREATE TABLE invitation (
    code TEXT PRIMARY KEY,                       -- SHA-256 of the code
    role TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    used_at INTEGER,
    used_by INTEGER REFERENCES person(id)
);

-- Tickets: the row is the fold of its events.
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY,
    community INTEGER NOT NULL DEFAULT 1 REFERENCES community(id),
    flow TEXT NOT NULL,
    life TEXT NOT NULL,
    status TEXT NOT NULL,
    category TEXT NOT NULL,
    urgency TEXT NOT NULL,
    queue TEXT NOT NULL,
    owner INTEGER REFERENCES person(id),
    reporter INTEGER REFERENCES person(id),
    chat INTEGER REFERENCES chat(id),
    building TEXT,
    place TEXT NOT NULL DEFAULT '{}',
    object TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    slots TEXT NOT NULL DEFAULT '{}',
    code TEXT NOT NULL DEFAULT '',
    opened_at INTEGER NOT NULL,
    promised_at INTEGER,
    responded_at INTEGER,
    accepted_at INTEGER,
    done_at INTEGER,
    confirmed_at INTEGER,
    rating TEXT,
    rated_at INTEGER,
    reopened INTEGER NOT NULL DEFAULT 0,
    joined TEXT NOT NULL DEFAULT '[]',
    pictures TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX ticket_opened ON ticket (opened_at);
CREATE INDEX ticket_live ON ticket (status, category) WHERE status IN ('open', 'accepted', 'enroute');
CREATE INDEX ticket_reporter ON ticket (reporter, id);
CREATE INDEX ticket_owner ON ticket (owner, id) WHERE owner IS NOT NULL;

CREATE TABLE ticket_event (
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    action TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor INTEGER REFERENCES person(id),
    cause TEXT NOT NULL,
    changes TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX ticket_event_ticket ON ticket_event (ticket, id);

CREATE TABLE claim (
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    person INTEGER NOT NULL REFERENCES person(id),
    at INTEGER NOT NULL,
    ended_at INTEGER
);
CREATE UNIQUE INDEX one_winner ON claim (ticket) WHERE ended_at IS NULL;
CREATE INDEX claim_of_person ON claim (person) WHERE ended_at IS NULL;

-- What is being talked about.
CREATE TABLE dialogue (
    chat INTEGER NOT NULL REFERENCES chat(id),
    person INTEGER NOT NULL REFERENCES person(id),
    at INTEGER NOT NULL,
    state TEXT NOT NULL,                         -- JSON of the form
    PRIMARY KEY (chat, person)
);

CREATE TABLE question (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chat(id),
    person INTEGER NOT NULL REFERENCES person(id),
    kind TEXT NOT NULL,                          -- fixed, rate, why, which …
    ticket INTEGER REFERENCES ticket(id),
    data TEXT NOT NULL DEFAULT '{}',
    at INTEGER NOT NULL
);
CREATE INDEX question_of_chat ON question (chat, person, id);

CREATE TABLE relay (
    ticket INTEGER PRIMARY KEY REFERENCES ticket(id),
    resident INTEGER NOT NULL REFERENCES person(id),
    chat INTEGER NOT NULL REFERENCES chat(id),
    helper INTEGER REFERENCES person(id),
    helper_chat INTEGER REFERENCES chat(id),
    at INTEGER NOT NULL
);
CREATE INDEX relay_of_resident ON relay (chat);

-- Events in, messages out, work due.
CREATE TABLE inbox (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    key TEXT NOT NULL,
    hash TEXT NOT NULL,
    lane TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'new',           -- new, heard, done, aside
    attempts INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL,
    payload TEXT,
    UNIQUE (channel, key, hash)
);
CREATE INDEX inbox_waiting ON inbox (id) WHERE state IN ('new', 'heard');

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chat(id),
    key TEXT,
    kind TEXT NOT NULL,
    rank INTEGER NOT NULL,
    about INTEGER REFERENCES ticket(id),
    content TEXT,                                -- JSON; erased once it is sent
    version INTEGER NOT NULL DEFAULT 1,
    state TEXT NOT NULL DEFAULT 'pending',       -- pending, sent, failed
    attempts INTEGER NOT NULL DEFAULT 0,
    message TEXT,                                -- the channel's id, once known
    at INTEGER NOT NULL
);
CREATE UNIQUE INDEX outbox_card ON outbox (chat, key) WHERE key IS NOT NULL;
CREATE INDEX outbox_pending ON outbox (id) WHERE state = 'pending';
CREATE INDEX outbox_message ON outbox (chat, message) WHERE message IS NOT NULL;

CREATE TABLE agenda (
    key TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    chat INTEGER REFERENCES chat(id),
    person INTEGER REFERENCES person(id),
    ticket INTEGER REFERENCES ticket(id),
    data TEXT NOT NULL DEFAULT '{}',
    attempts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX agenda_at ON agenda (at);
