-- People whom somebody speaks for on their own telephone: a wife, a mother, a neighbour who has none.
CREATE TABLE other (
    person INTEGER NOT NULL REFERENCES person(id),
    called TEXT NOT NULL,                        -- 老伴, 张大爷
    place TEXT,                                  -- JSON place; empty: they live where the speaker lives
    since INTEGER,                               -- from when on the telephone speaks for them, until it speaks for its owner
    at INTEGER NOT NULL,
    PRIMARY KEY (person, called)
);

-- A task that needs several pairs of hands has a seat for each: one winner per seat.
ALTER TABLE claim ADD COLUMN seat INTEGER NOT NULL DEFAULT 1;
DROP INDEX one_winner;
CREATE UNIQUE INDEX one_winner ON claim (ticket, seat) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX one_seat ON claim (ticket, person) WHERE ended_at IS NULL;

-- Sums between a helper and a resident; above the small sum of the configuration both sides say that they are right.
CREATE TABLE money (
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket(id),
    fen INTEGER NOT NULL,
    said_by INTEGER REFERENCES person(id),
    resident INTEGER,                            -- 1 agreed, 0 not, NULL not yet
    helper INTEGER,
    state TEXT NOT NULL,                         -- small, asked, agreed, disputed
    at INTEGER NOT NULL
);
CREATE INDEX money_of_ticket ON money (ticket, id);

-- One-time codes run out, and give up after wrong ones.
ALTER TABLE invitation ADD COLUMN expires_at INTEGER;
CREATE TABLE attempt (
    person INTEGER NOT NULL REFERENCES person(id),
    at INTEGER NOT NULL
);
CREATE INDEX attempt_of_person ON attempt (person, at);
