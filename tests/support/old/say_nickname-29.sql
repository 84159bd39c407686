-- say_nickname.chat line 29
-- at 2026-03-02T01:05:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'issue', 'task', 'open', 'light', 'P2', 'volunteers', NULL, 2, 2, NULL, '{"text": "小花园", "spot": "小花园"}', '路灯', '大槐树那儿的路灯不亮 就在小花园', '{"risk": "no"}', '稻香', 1772413200000, 1772420400000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'issue', 'task', 'open', 'rubbish', 'P2', 'volunteers', NULL, 3, 3, NULL, '{"text": "大槐树那儿", "spot": "小花园"}', '垃圾桶', '大槐树那儿的垃圾桶满了', '{}', '石榴', 1772413500000, 1772420700000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 2, 'talk:9-4', '{"category": "light", "urgency": "P2", "queue": "volunteers", "reporter": 2, "chat": 2, "place": "{\"text\": \"小花园\", \"spot\": \"小花园\"}", "object": "路灯", "words": "大槐树那儿的路灯不亮 就在小花园", "slots": "{\"risk\": \"no\"}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 2, 'open', 1772413500000, 3, 'talk:18-6', '{"category": "rubbish", "urgency": "P2", "queue": "volunteers", "reporter": 3, "chat": 3, "place": "{\"text\": \"大槐树那儿\", \"spot\": \"小花园\"}", "object": "垃圾桶", "words": "大槐树那儿的垃圾桶满了", "slots": "{}", "code": "石榴", "opened_at": 1772413500000, "pictures": "[]", "promised_at": 1772420700000}');
INSERT INTO dialogue VALUES (1, 1, 1772413500000, '{"chat": 1, "person": 1, "flow": "issue", "slots": {"urgency": "P2", "called": "石狮子", "category": "light", "object": "路灯", "place": "{\"text\": \"七号楼后头\", \"building\": \"7\", \"spot\": \"后头\"}"}, "words": "石狮子那边的路灯不亮 二十号楼后头 七号楼后头", "asking": "risk", "misses": 0, "turn": 3, "waiting": []}');
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (2, 2, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (3, 13, 'ticket:2', 'answer', 1, 2, NULL, 1, 'sent', 0, '7', 1772413500000);
INSERT INTO outbox VALUES (4, 3, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '8', 1772413500000);
INSERT INTO outbox VALUES (5, 1, NULL, 'answer', 1, NULL, '{"text": "有没有危险？比如漏电、会摔着人。", "buttons": [[{"label": "有危险", "data": "answer:yes:3"}, {"label": "没有", "data": "answer:no:3"}]]}', 1, 'pending', 0, NULL, 1772413500000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:1', 1772416800000, 'ticket.watch', 2, NULL, 1, '{"step": "half"}', 0);
INSERT INTO agenda VALUES ('watch:2', 1772417100000, 'ticket.watch', 3, NULL, 2, '{"step": "half"}', 0);
INSERT INTO agenda VALUES ('form:1', 1772417100000, 'form.quiet', 1, 1, NULL, '{"step": "nudge"}', 0);
INSERT INTO nickname VALUES ('大槐树', '小花园', 2, 1772413500000);
