-- booking.chat line 31
-- at 2026-03-02T01:00:00+00:00
-- button ["wang", "wang", "answer:yes:1", "对", "live"]
-- button ["zhou", "zhou", "book_accept:1:0", "行", "stale"]
-- button ["zhou", "zhou", "book_decline:1:0", "来不了", "live"]
-- button ["zhou", "zhou", "book_late:1:0", "晚点到", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'booking', 'appointment', 'accepted', 'haircut', 'P2', 'provider', 10, 1, 1, NULL, '{"spot": "活动室"}', '理发', '想约明天下午理发', '{"at": "2026-03-03T14:30:00+08:00"}', '', 1772413200000, NULL, 1772413200000, 1772413200000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'booking', 'appointment', 'waiting', 'haircut', 'P2', 'provider', 10, 3, 3, NULL, '{"spot": "活动室"}', '理发', '我要约明天下午两点半理发', '{"at": "2026-03-03T14:30:00+08:00"}', '', 1772413200000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:10-3', '{"category": "haircut", "queue": "provider", "owner": 10, "reporter": 1, "chat": 1, "place": "{\"spot\": \"活动室\"}", "object": "理发", "words": "想约明天下午理发", "slots": "{\"at\": \"2026-03-03T14:30:00+08:00\"}", "opened_at": 1772413200000}');
INSERT INTO ticket_event VALUES (2, 1, 'accept', 1772413200000, 10, 'talk:14-4', '{"responded_at": 1772413200000, "accepted_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 2, 'wait', 1772413200000, 3, 'talk:28-8', '{"category": "haircut", "queue": "provider", "owner": 10, "reporter": 3, "chat": 3, "place": "{\"spot\": \"活动室\"}", "object": "理发", "words": "我要约明天下午两点半理发", "slots": "{\"at\": \"2026-03-03T14:30:00+08:00\"}", "opened_at": 1772413200000}');
INSERT INTO dialogue VALUES (1, 1, 1772413200000, '{"chat": 1, "person": 1, "flow": "booking", "slots": {"urgency": "P2", "service": "haircut", "moving": "1", "when": "{\"text\": \"周五上午十点\", \"grain\": \"hour\", \"start\": \"2026-03-06T10:00:00+08:00\"}", "time": "3月6日上午10点", "at": "2026-03-06T10:00:00+08:00"}, "words": "理发改到周五上午十点", "asking": "confirm", "misses": 0, "turn": 1, "waiting": []}');
INSERT INTO outbox VALUES (1, 10, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (3, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (5, 3, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '10', 1772413200000);
INSERT INTO outbox VALUES (6, 1, NULL, 'answer', 1, NULL, '{"text": "我记的是：3月6日上午10点理发，10 元。对吗？", "buttons": [[{"label": "对", "data": "answer:yes:1"}, {"label": "不对", "data": "answer:no:1"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('booking:1', 1772445600000, 'booking.look', 1, NULL, 1, '{"step": "eve"}', 0);
INSERT INTO agenda VALUES ('booking:2', 1772519400000, 'booking.look', 3, NULL, 2, '{"step": "lapse"}', 0);
INSERT INTO agenda VALUES ('form:1', 1772416800000, 'form.quiet', 1, 1, NULL, '{"step": "nudge"}', 0);
INSERT INTO booked VALUES ('haircut', 1772519400000, 0, 1, '周师傅', 1772521200000);
INSERT INTO waiting VALUES (1, 'haircut', 1772519400000, 2);
