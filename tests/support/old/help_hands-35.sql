-- help_hands.chat line 35
-- at 2026-03-02T01:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'help', 'task', 'enroute', 'carry', 'P2', 'volunteers', 5, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '柜子', '帮我搬个柜子,要两个人抬', '{"hands": "2"}', '稻香', 1772413200000, 1772420400000, 1772413200000, 1772413200000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:5-2', '{"category": "carry", "urgency": "P2", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "柜子", "words": "帮我搬个柜子,要两个人抬", "slots": "{\"hands\": \"2\"}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'lend', 1772413200000, 5, 'talk:13-4', '{"responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'lend', 1772413200000, 7, 'talk:20-5', '{"responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (4, 1, 'accept', 1772413200000, 7, 'talk:20-5', '{"owner": 5, "accepted_at": 1772413200000}');
INSERT INTO ticket_event VALUES (5, 1, 'start', 1772413200000, 5, 'talk:35-6', '{}');
INSERT INTO claim VALUES (1, 1, 5, 1772413200000, NULL, 1);
INSERT INTO claim VALUES (2, 1, 7, 1772413200000, NULL, 2);
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, '{"text": "#1\n3号楼 · 搬东西\n已出发 ✓"}', 4, 'pending', 0, '2', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (3, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '6', 1772413200000);
INSERT INTO outbox VALUES (5, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (6, 7, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '8', 1772413200000);
INSERT INTO outbox VALUES (7, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '9', 1772413200000);
INSERT INTO outbox VALUES (8, 5, NULL, 'answer', 1, 1, '{"text": "好，路上慢点。到了点一下「到了」。", "buttons": [[{"label": "到了", "data": "arrive:1:0"}, {"label": "弄完了", "data": "finish:1:0"}, {"label": "去不了", "data": "release:1:0"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO outbox VALUES (9, 1, NULL, 'answer', 1, 1, '{"text": "小李出发了。暗号是「稻香」。"}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:1', 1772427600000, 'ticket.watch', 1, NULL, 1, '{"step": "finish"}', 0);
INSERT INTO reading VALUES (1, 5, 1, 1, 'claim', 1772413200000);
INSERT INTO reading VALUES (2, 7, 1, 1, 'claim', 1772413200000);
