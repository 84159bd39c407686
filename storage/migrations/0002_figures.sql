-- Everything that /stats counts, so that a month of a large community is read from the index alone.
DROP INDEX ticket_opened;
CREATE INDEX ticket_opened ON ticket (
    opened_at, flow, category, building, reporter, status, promised_at, responded_at, done_at, confirmed_at, rating, reopened
);
CREATE INDEX ticket_building ON ticket (building, opened_at, reporter) WHERE flow <> 'desk';
