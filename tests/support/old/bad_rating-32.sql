-- bad_rating.chat line 32
-- at 2026-03-02T02:00:00+00:00
-- button ["wang", "wang", "rate_good:1:1", "满意", "live"]
-- button ["wang", "wang", "rate_fair:1:1", "一般", "live"]
-- button ["wang", "wang", "rate_bad:1:1", "不满意", "live"]
-- button ["wang", "wang", "fixed_yes:1:1", "修好了", "stale"]
-- button ["wang", "wang", "fixed_no:1:1", "没修好", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'issue', 'task', 'rated', 'light', 'P2', 'volunteers', 5, 1, 1, '3', '{"building": "3", "unit": "2", "spot": "楼道"}', '楼道灯', '楼道灯不亮', '{"risk": "no"}', '稻香', 1772413200000, 1772420400000, 1772413200000, 1772413200000, 1772413200000, 1772416800000, 'bad', 1772416800000, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'desk', 'task', 'open', 'bad', 'P2', 'desk', NULL, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '楼道灯', '不满意', '{"about": "1"}', '石榴', 1772416800000, 1772424000000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:7-3', '{"category": "light", "urgency": "P2", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"spot\": \"楼道\"}", "object": "楼道灯", "words": "楼道灯不亮", "slots": "{\"risk\": \"no\"}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'accept', 1772413200000, 5, 'talk:12-4', '{"owner": 5, "accepted_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'finish', 1772413200000, 5, 'talk:22-5', '{"done_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (4, 1, 'confirm', 1772416800000, 1, 'talk:30-6', '{"confirmed_at": 1772416800000}');
INSERT INTO ticket_event VALUES (5, 1, 'rate', 1772416800000, 1, 'talk:32-7', '{"rating": "bad", "rated_at": 1772416800000, "confirmed_at": 1772416800000}');
INSERT INTO ticket_event VALUES (6, 2, 'open', 1772416800000, 1, 'talk:32-7', '{"category": "bad", "urgency": "P2", "queue": "desk", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "楼道灯", "words": "不满意", "slots": "{\"about\": \"1\"}", "code": "石榴", "opened_at": 1772416800000, "promised_at": 1772424000000}');
INSERT INTO claim VALUES (1, 1, 5, 1772413200000, 1772413200000, 1);
INSERT INTO question VALUES (1, 1, 1, 'why', 1, '{}', 1772416800000);
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 3, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (3, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '6', 1772413200000);
INSERT INTO outbox VALUES (5, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (6, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '8', 1772413200000);
INSERT INTO outbox VALUES (7, 1, NULL, 'survey', 3, 1, NULL, 1, 'sent', 0, '9', 1772415000000);
INSERT INTO outbox VALUES (8, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '10', 1772416800000);
INSERT INTO outbox VALUES (9, 14, 'desk:2', 'answer', 1, 2, '{"text": "#2 要人管\n3号楼 · 不满意\n居民不满意。", "buttons": [[{"label": "我来管", "data": "take:2:0"}]]}', 1, 'pending', 0, NULL, 1772416800000);
INSERT INTO outbox VALUES (10, 1, NULL, 'answer', 1, 1, '{"text": "让您不满意了，对不起。哪里不好，您说一句，社区的人会看。"}', 1, 'pending', 0, NULL, 1772416800000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:2', 1772424000000, 'ticket.watch', 1, NULL, 2, '{"step": "promise"}', 0);
INSERT INTO reading VALUES (1, 5, 1, 1, 'claim', 1772413200000);
