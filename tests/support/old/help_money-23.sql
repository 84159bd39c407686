-- help_money.chat line 23
-- at 2026-03-02T01:00:00+00:00
-- button ["wang", "wang", "agree:1:1", "对", "live"]
-- button ["wang", "wang", "refuse:1:1", "不对", "live"]
-- button ["xiaoli", "xiaoli", "start:1:0", "出发了", "live"]
-- button ["xiaoli", "xiaoli", "finish:1:0", "弄完了", "live"]
-- button ["xiaoli", "xiaoli", "release:1:0", "去不了", "live"]
-- button ["wang", "wang", "answer:yes:1", "对", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'help', 'task', 'accepted', 'fetch', 'P2', 'volunteers', 5, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '药', '帮我买点药', '{}', '稻香', 1772413200000, 1772420400000, 1772413200000, 1772413200000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:5-2', '{"category": "fetch", "urgency": "P2", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "药", "words": "帮我买点药", "slots": "{}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'accept', 1772413200000, 5, 'talk:10-3', '{"owner": 5, "accepted_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO claim VALUES (1, 1, 5, 1772413200000, NULL, 1);
INSERT INTO question VALUES (1, 1, 1, 'money', 1, '{"sum": 2, "side": "resident"}', 1772413200000);
INSERT INTO question VALUES (2, 5, 5, 'money', 1, '{"sum": 2, "side": "helper"}', 1772413200000);
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 2, 'sent', 0, '2', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (3, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (5, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '6', 1772413200000);
INSERT INTO outbox VALUES (6, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (7, 1, NULL, 'answer', 1, 1, '{"text": "1 号说到 80 元，对吗？", "buttons": [[{"label": "对", "data": "agree:1:1"}, {"label": "不对", "data": "refuse:1:1"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO outbox VALUES (8, 5, NULL, 'answer', 1, 1, '{"text": "1 号说到 80 元，对吗？", "buttons": [[{"label": "对", "data": "agree:1:2"}, {"label": "不对", "data": "refuse:1:2"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:1', 1772415000000, 'ticket.watch', 1, NULL, 1, '{"step": "remind"}', 0);
INSERT INTO agenda VALUES ('money:2', 1772499600000, 'money.due', NULL, NULL, 1, '{"sum": 2}', 0);
INSERT INTO reading VALUES (1, 5, 1, 1, 'claim', 1772413200000);
INSERT INTO money VALUES (1, 1, 3000, 5, NULL, NULL, 'small', 1772413200000);
INSERT INTO money VALUES (2, 1, 8000, 1, NULL, NULL, 'asked', 1772413200000);
