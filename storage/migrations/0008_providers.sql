-- Whoever does a service is in one place at a time, whichever service it is. (In PostgreSQL: EXCLUDE USING gist.)
ALTER TABLE booked ADD COLUMN provider TEXT;             -- name in the configuration; NULL: nobody's time is taken
ALTER TABLE booked ADD COLUMN until INTEGER NOT NULL DEFAULT 0;
CREATE INDEX booked_of_provider ON booked (provider, at) WHERE provider IS NOT NULL;

CREATE TRIGGER one_place_taken BEFORE INSERT ON booked WHEN NEW.provider IS NOT NULL AND EXISTS (
    SELECT 1 FROM booked b WHERE b.provider = NEW.provider AND b.at < NEW.until AND NEW.at < b.until
    AND b.ticket <> NEW.ticket AND (b.service <> NEW.service OR b.at <> NEW.at)
) BEGIN SELECT RAISE(ABORT, 'the provider is in another place'); END;

CREATE TRIGGER one_place_moved BEFORE UPDATE ON booked WHEN NEW.provider IS NOT NULL AND EXISTS (
    SELECT 1 FROM booked b WHERE b.provider = NEW.provider AND b.at < NEW.until AND NEW.at < b.until
    AND b.ticket <> NEW.ticket AND (b.service <> NEW.service OR b.at <> NEW.at)
) BEGIN SELECT RAISE(ABORT, 'the provider is in another place'); END;

-- Stretches of time that a provider cannot keep: what they declined is not offered to the next one.
CREATE TABLE shut (
    service TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    provider TEXT,
    PRIMARY KEY (service, at)
);

-- /stats by life and queue, from the index alone.
DROP INDEX ticket_opened;
CREATE INDEX ticket_opened ON ticket (
    opened_at, flow, life, queue, category, building, reporter, status, promised_at, responded_at, done_at, confirmed_at,
    rating, reopened
);
DROP INDEX ticket_building;
CREATE INDEX ticket_building ON ticket (building, opened_at, reporter) WHERE flow <> 'desk' AND life <> 'case';
CREATE INDEX claim_at ON claim (at, person, ticket, ended_at);
CREATE INDEX ticket_done ON ticket (done_at, flow, life) WHERE done_at IS NOT NULL;
