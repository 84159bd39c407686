-- two_tickets.chat line 20
-- at 2026-03-02T01:20:00+00:00
-- button ["wang", "wang", "urge:2:0", "2 号 南门垃圾桶", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'issue', 'task', 'open', 'leak', 'P1', 'volunteers', NULL, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '水管', '厨房水管漏水了', '{}', '稻香', 1772413200000, 1772420400000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'issue', 'task', 'open', 'rubbish', 'P2', 'volunteers', NULL, 1, 1, NULL, '{"text": "南门口", "spot": "南门"}', '垃圾桶', '南门口的垃圾桶满了', '{}', '石榴', 1772413200000, 1772420400000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:5-2', '{"category": "leak", "urgency": "P1", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "水管", "words": "厨房水管漏水了", "slots": "{}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 2, 'open', 1772413200000, 1, 'talk:12-4', '{"category": "rubbish", "urgency": "P2", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"text\": \"南门口\", \"spot\": \"南门\"}", "object": "垃圾桶", "words": "南门口的垃圾桶满了", "slots": "{}", "code": "石榴", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 1, 'sent', 0, '2', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (3, 13, 'ticket:2', 'answer', 1, 2, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '6', 1772413200000);
INSERT INTO outbox VALUES (5, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772414400000);
INSERT INTO outbox VALUES (6, 1, NULL, 'answer', 1, NULL, '{"text": "是哪一件？", "buttons": [[{"label": "2 号 南门垃圾桶", "data": "urge:2:0"}], [{"label": "1 号 3号楼水管", "data": "urge:1:0"}]]}', 1, 'pending', 0, NULL, 1772414400000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:1', 1772416800000, 'ticket.watch', 1, NULL, 1, '{"step": "half"}', 0);
INSERT INTO agenda VALUES ('watch:2', 1772416800000, 'ticket.watch', 1, NULL, 2, '{"step": "half"}', 0);
