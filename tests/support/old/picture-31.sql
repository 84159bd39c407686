-- picture.chat line 31
-- at 2026-03-02T01:30:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'issue', 'task', 'accepted', 'leak', 'P1', 'volunteers', 5, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '水管', '厨房水管漏水了 你看', '{}', '稻香', 1772413200000, 1772420400000, 1772413500000, 1772413500000, NULL, NULL, NULL, NULL, 0, '[]', '["3-1.jpg", "13-4.jpg"]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:7-3', '{"category": "leak", "urgency": "P1", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "水管", "words": "厨房水管漏水了", "slots": "{}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[\"3-1.jpg\"]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'append', 1772413500000, 1, 'talk:13-4', '{"pictures": "[\"3-1.jpg\", \"13-4.jpg\"]", "words": "厨房水管漏水了 你看"}');
INSERT INTO ticket_event VALUES (3, 1, 'accept', 1772413500000, 5, 'talk:15-5', '{"owner": 5, "accepted_at": 1772413500000, "responded_at": 1772413500000}');
INSERT INTO claim VALUES (1, 1, 5, 1772413500000, NULL, 1);
INSERT INTO question VALUES (1, 1, 1, 'picture', NULL, '{"file": "28-6.jpg"}', 1772415000000);
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 2, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (3, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413500000);
INSERT INTO outbox VALUES (4, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '6', 1772413500000);
INSERT INTO outbox VALUES (7, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '9', 1772413500000);
INSERT INTO outbox VALUES (8, 7, NULL, 'answer', 1, 1, '{"text": "#1 漏水 · 有人接了\n王奶奶，3号楼2单元501\n电话：5550 0101\n说的是：厨房水管漏水了 你看\n现在归 小李，答应 03-02 11:00 前回。\n03-02 09:00 报了（王奶奶）\n03-02 09:05 补充（王奶奶）\n03-02 09:05 接了（小李）", "buttons": [[{"label": "我来管", "data": "take:1:0"}]]}', 1, 'pending', 0, NULL, 1772415000000);
INSERT INTO outbox VALUES (9, 7, NULL, 'answer', 1, NULL, '{"text": "1 号的照片。", "file": "3-1.jpg"}', 1, 'pending', 0, NULL, 1772415000000);
INSERT INTO outbox VALUES (10, 7, NULL, 'answer', 1, NULL, '{"text": "1 号的照片。", "file": "13-4.jpg"}', 1, 'pending', 0, NULL, 1772415000000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:1', 1772415300000, 'ticket.watch', 1, NULL, 1, '{"step": "remind"}', 0);
INSERT INTO reading VALUES (1, 5, 1, 1, 'claim', 1772413500000);
INSERT INTO reading VALUES (2, 7, 1, 1, 'ticket', 1772415000000);
