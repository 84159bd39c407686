-- booking_provider.chat line 23
-- at 2026-03-02T01:00:00+00:00
-- button ["zhao", "zhao", "answer:1:1", "1", "live"]
-- button ["zhou", "zhou", "book_accept:1:0", "行", "stale"]
-- button ["zhou", "zhou", "book_decline:1:0", "来不了", "stale"]
-- button ["zhou", "zhou", "book_late:1:0", "晚点到", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'booking', 'appointment', 'declined', 'haircut', 'P2', 'provider', 10, 1, 1, NULL, '{"spot": "活动室"}', '理发', '约明天下午两点理发', '{"at": "2026-03-03T14:00:00+08:00"}', '', 1772413200000, NULL, 1772413200000, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'booking', 'appointment', 'cancelled', 'haircut', 'P2', 'provider', 10, 3, 3, NULL, '{"spot": "活动室"}', '理发', '约明天下午两点理发', '{"at": "2026-03-03T14:00:00+08:00"}', '', 1772413200000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:5-2', '{"category": "haircut", "queue": "provider", "owner": 10, "reporter": 1, "chat": 1, "place": "{\"spot\": \"活动室\"}", "object": "理发", "words": "约明天下午两点理发", "slots": "{\"at\": \"2026-03-03T14:00:00+08:00\"}", "opened_at": 1772413200000}');
INSERT INTO ticket_event VALUES (2, 2, 'wait', 1772413200000, 3, 'talk:17-5', '{"category": "haircut", "queue": "provider", "owner": 10, "reporter": 3, "chat": 3, "place": "{\"spot\": \"活动室\"}", "object": "理发", "words": "约明天下午两点理发", "slots": "{\"at\": \"2026-03-03T14:00:00+08:00\"}", "opened_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'decline', 1772413200000, 10, 'talk:19-6', '{"responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (4, 2, 'cancel', 1772413200000, 10, 'talk:19-6', '{}');
INSERT INTO dialogue VALUES (4, 4, 1772413200000, '{"chat": 4, "person": 4, "flow": "booking", "slots": {"urgency": "P2", "service": "haircut", "when": "{\"text\": \"明天下午两点\", \"grain\": \"hour\", \"start\": \"2026-03-03T14:00:00+08:00\"}", "offered": "2026-03-03T14:30:00+08:00|2026-03-03T15:00:00+08:00|2026-03-03T15:30:00+08:00", "full": "2026-03-03T14:00:00+08:00"}, "words": "约明天下午两点理发", "asking": "time", "misses": 0, "turn": 1, "waiting": []}');
INSERT INTO outbox VALUES (1, 10, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '2', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (3, 3, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '6', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (6, 3, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '9', 1772413200000);
INSERT INTO outbox VALUES (7, 4, NULL, 'answer', 1, NULL, '{"text": "明天下午两点已经满了。这几个还有：\n1、明天下午2点半\n2、明天下午3点\n3、明天下午3点半\n您要哪个？说第几个就行，说别的时间也行。", "buttons": [[{"label": "1", "data": "answer:1:1"}, {"label": "2", "data": "answer:2:1"}], [{"label": "3", "data": "answer:3:1"}, {"label": "都不行，排队等", "data": "answer:wait:1"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('form:4', 1772416800000, 'form.quiet', 4, 4, NULL, '{"step": "nudge"}', 0);
INSERT INTO shut VALUES ('haircut', 1772517600000, 1772519400000, '周师傅');
