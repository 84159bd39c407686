-- help.chat line 34
-- at 2026-03-02T02:30:00+00:00
-- button ["wang", "wang", "fixed_yes:1:1", "办好了", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'help', 'task', 'rated', 'carry', 'P2', 'volunteers', 5, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '一袋米', '帮我搬一袋米上楼', '{}', '稻香', 1772413200000, 1772420400000, 1772413200000, 1772413200000, 1772413200000, 1772418600000, 'good', 1772418600000, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:5-2', '{"category": "carry", "urgency": "P2", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "一袋米", "words": "帮我搬一袋米上楼", "slots": "{}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'accept', 1772413200000, 5, 'talk:10-3', '{"owner": 5, "accepted_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'finish', 1772413200000, 5, 'talk:20-4', '{"done_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (4, 1, 'confirm', 1772418600000, 1, 'talk:28-5', '{"confirmed_at": 1772418600000}');
INSERT INTO ticket_event VALUES (5, 1, 'rate', 1772418600000, 1, 'talk:30-6', '{"rating": "good", "rated_at": 1772418600000, "confirmed_at": 1772418600000}');
INSERT INTO claim VALUES (1, 1, 5, 1772413200000, 1772413200000, 1);
INSERT INTO dialogue VALUES (2, 2, 1772418600000, '{"chat": 2, "person": 2, "flow": "help", "slots": {"urgency": "P2"}, "words": "", "asking": "category", "misses": 0, "turn": 1, "waiting": []}');
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 3, 'sent', 0, '2', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (3, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (5, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '6', 1772413200000);
INSERT INTO outbox VALUES (6, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (7, 1, NULL, 'survey', 3, 1, NULL, 1, 'sent', 0, '8', 1772415000000);
INSERT INTO outbox VALUES (8, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '9', 1772418600000);
INSERT INTO outbox VALUES (9, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '10', 1772418600000);
INSERT INTO outbox VALUES (10, 2, NULL, 'answer', 1, NULL, '{"text": "好，您想请人帮什么？比如：帮我搬袋米上楼。"}', 1, 'pending', 0, NULL, 1772418600000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('form:2', 1772422200000, 'form.quiet', 2, 2, NULL, '{"step": "nudge"}', 0);
INSERT INTO reading VALUES (1, 5, 1, 1, 'claim', 1772413200000);
