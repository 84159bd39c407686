-- booking.chat line 33
-- at 2026-03-02T01:00:00+00:00
-- button ["zhou", "zhou", "book_accept:1:0", "行", "live"]
-- button ["zhou", "zhou", "book_decline:1:0", "来不了", "live"]
-- button ["zhou", "zhou", "book_late:1:0", "晚点到", "live"]
-- button ["chen", "chen", "book_yes:2:1", "要", "live"]
-- button ["chen", "chen", "book_no:2:1", "不要", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'booking', 'appointment', 'open', 'haircut', 'P2', 'provider', 10, 1, 1, NULL, '{"spot": "活动室"}', '理发', '想约明天下午理发', '{"at": "2026-03-06T10:00:00+08:00"}', '', 1772413200000, NULL, 1772413200000, 1772413200000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'booking', 'appointment', 'offered', 'haircut', 'P2', 'provider', 10, 3, 3, NULL, '{"spot": "活动室"}', '理发', '我要约明天下午两点半理发', '{"at": "2026-03-03T14:30:00+08:00"}', '', 1772413200000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:10-3', '{"category": "haircut", "queue": "provider", "owner": 10, "reporter": 1, "chat": 1, "place": "{\"spot\": \"活动室\"}", "object": "理发", "words": "想约明天下午理发", "slots": "{\"at\": \"2026-03-03T14:30:00+08:00\"}", "opened_at": 1772413200000}');
INSERT INTO ticket_event VALUES (2, 1, 'accept', 1772413200000, 10, 'talk:14-4', '{"responded_at": 1772413200000, "accepted_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 2, 'wait', 1772413200000, 3, 'talk:28-8', '{"category": "haircut", "queue": "provider", "owner": 10, "reporter": 3, "chat": 3, "place": "{\"spot\": \"活动室\"}", "object": "理发", "words": "我要约明天下午两点半理发", "slots": "{\"at\": \"2026-03-03T14:30:00+08:00\"}", "opened_at": 1772413200000}');
INSERT INTO ticket_event VALUES (4, 1, 'move', 1772413200000, 1, 'talk:33-10', '{"slots": "{\"at\": \"2026-03-06T10:00:00+08:00\"}"}');
INSERT INTO ticket_event VALUES (5, 2, 'offer', 1772413200000, 1, 'talk:33-10', '{}');
INSERT INTO question VALUES (1, 3, 3, 'place', 2, '{}', 1772413200000);
INSERT INTO outbox VALUES (1, 10, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (3, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (5, 3, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '10', 1772413200000);
INSERT INTO outbox VALUES (6, 1, NULL, 'answer', 1, 1, '{"text": "改好了，1 号改到3月6日上午10点理发。"}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO outbox VALUES (7, 10, NULL, 'answer', 1, 1, '{"text": "1 号改到：3月6日上午10点理发", "buttons": [[{"label": "行", "data": "book_accept:1:0"}, {"label": "来不了", "data": "book_decline:1:0"}, {"label": "晚点到", "data": "book_late:1:0"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO outbox VALUES (8, 3, NULL, 'answer', 1, 2, '{"text": "明天下午2点半理发空出来一个，要吗？今天上午10点前回我，过时就给后面的人了。", "buttons": [[{"label": "要", "data": "book_yes:2:1"}, {"label": "不要", "data": "book_no:2:1"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('booking:1', 1772704800000, 'booking.look', 1, NULL, 1, '{"step": "eve"}', 0);
INSERT INTO agenda VALUES ('booking:2', 1772416800000, 'booking.look', 3, NULL, 2, '{"step": "lapse"}', 0);
INSERT INTO booked VALUES ('haircut', 1772762400000, 0, 1, '周师傅', 1772764200000);
INSERT INTO booked VALUES ('haircut', 1772519400000, 0, 2, '周师傅', 1772521200000);
