-- Forgetting a person looks at what is theirs, not at everything: it holds nobody, however much there is.
CREATE INDEX ticket_event_actor ON ticket_event (actor) WHERE actor IS NOT NULL;
CREATE INDEX ticket_event_owner ON ticket_event (json_extract(changes, '$.owner'));
CREATE INDEX ticket_filer ON ticket (json_extract(slots, '$.filer'));
CREATE INDEX ticket_chat ON ticket (chat) WHERE chat IS NOT NULL;
