-- booking_series.chat line 53
-- at 2026-03-02T04:30:00+00:00
-- button ["zhou", "zhou", "book_accept:4:0", "行", "stale"]
-- button ["wang", "wang", "cancel_yes:3:1", "对", "stale"]
-- button ["wang", "wang", "cancel_no:3:1", "还要", "stale"]
-- button ["liujie", "liujie", "book_came:1:0", "来了", "stale"]
-- button ["liujie", "liujie", "book_missed:1:0", "没来", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'booking', 'appointment', 'done', 'meal', 'P2', 'desk', NULL, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '送餐', '每天中午送餐', '{"at": "2026-03-02T11:00:00+08:00", "every": "FREQ=DAILY"}', '', 1772413200000, NULL, NULL, NULL, 1772425800000, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'booking', 'appointment', 'cancelled', 'meal', 'P2', 'desk', NULL, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '送餐', '每天中午送餐', '{"at": "2026-03-03T11:00:00+08:00", "every": "FREQ=DAILY", "once": "once"}', '', 1772424000000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (3, 1, 'booking', 'appointment', 'cancelled', 'meal', 'P2', 'desk', NULL, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '送餐', '每天中午送餐', '{"at": "2026-03-04T11:00:00+08:00", "every": "FREQ=DAILY"}', '', 1772425800000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (4, 1, 'booking', 'appointment', 'cancelled', 'haircut', 'P2', 'provider', 10, 3, 3, NULL, '{"spot": "活动室"}', '理发', '替我老伴约后天上午理发', '{"at": "2026-03-04T09:00:00+08:00", "for": "老伴", "filer": "3"}', '', 1772425800000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:5-2', '{"category": "meal", "queue": "desk", "owner": null, "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "送餐", "words": "每天中午送餐", "slots": "{\"at\": \"2026-03-02T11:00:00+08:00\", \"every\": \"FREQ=DAILY\"}", "opened_at": 1772413200000}');
INSERT INTO ticket_event VALUES (2, 2, 'open', 1772424000000, 1, 'booking:1', '{"category": "meal", "queue": "desk", "owner": null, "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "送餐", "words": "每天中午送餐", "slots": "{\"at\": \"2026-03-03T11:00:00+08:00\", \"every\": \"FREQ=DAILY\"}", "opened_at": 1772424000000}');
INSERT INTO ticket_event VALUES (3, 1, 'came', 1772425800000, 7, 'talk:16-3', '{"done_at": 1772425800000}');
INSERT INTO ticket_event VALUES (4, 2, 'append', 1772425800000, 1, 'talk:21-4', '{"slots": "{\"at\": \"2026-03-03T11:00:00+08:00\", \"every\": \"FREQ=DAILY\", \"once\": \"once\"}"}');
INSERT INTO ticket_event VALUES (5, 2, 'cancel', 1772425800000, 1, 'talk:23-5', '{}');
INSERT INTO ticket_event VALUES (6, 3, 'open', 1772425800000, 1, 'talk:23-5', '{"category": "meal", "queue": "desk", "owner": null, "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "送餐", "words": "每天中午送餐", "slots": "{\"at\": \"2026-03-04T11:00:00+08:00\", \"every\": \"FREQ=DAILY\"}", "opened_at": 1772425800000}');
INSERT INTO ticket_event VALUES (7, 3, 'append', 1772425800000, 1, 'talk:34-7', '{"slots": "{\"at\": \"2026-03-04T11:00:00+08:00\", \"every\": \"FREQ=DAILY\"}"}');
INSERT INTO ticket_event VALUES (8, 3, 'cancel', 1772425800000, 1, 'talk:36-8', '{}');
INSERT INTO ticket_event VALUES (9, 4, 'open', 1772425800000, 3, 'talk:49-11', '{"category": "haircut", "queue": "provider", "owner": 10, "reporter": 3, "chat": 3, "place": "{\"spot\": \"活动室\"}", "object": "理发", "words": "替我老伴约后天上午理发", "slots": "{\"at\": \"2026-03-04T09:00:00+08:00\", \"for\": \"老伴\", \"filer\": \"3\"}", "opened_at": 1772425800000}');
INSERT INTO ticket_event VALUES (10, 4, 'cancel', 1772425800000, 10, 'talk:53-12', '{}');
INSERT INTO outbox VALUES (1, 14, 'desk:1', 'answer', 1, 1, NULL, 2, 'sent', 0, '2', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (3, 7, NULL, 'reminder', 2, 1, NULL, 1, 'sent', 0, '5', 1772424000000);
INSERT INTO outbox VALUES (4, 14, 'desk:2', 'answer', 1, 2, NULL, 2, 'sent', 0, '4', 1772424000000);
INSERT INTO outbox VALUES (5, 1, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '6', 1772424000000);
INSERT INTO outbox VALUES (6, 1, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '8', 1772425800000);
INSERT INTO outbox VALUES (7, 1, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '9', 1772425800000);
INSERT INTO outbox VALUES (8, 14, 'desk:3', 'answer', 1, 3, NULL, 2, 'sent', 0, '10', 1772425800000);
INSERT INTO outbox VALUES (9, 1, NULL, 'reminder', 2, 3, NULL, 1, 'sent', 0, '11', 1772425800000);
INSERT INTO outbox VALUES (10, 1, NULL, 'answer', 1, 3, NULL, 1, 'sent', 0, '12', 1772425800000);
INSERT INTO outbox VALUES (11, 1, NULL, 'answer', 1, 3, NULL, 1, 'sent', 0, '13', 1772425800000);
INSERT INTO outbox VALUES (12, 1, NULL, 'answer', 1, 3, NULL, 1, 'sent', 0, '14', 1772425800000);
INSERT INTO outbox VALUES (13, 10, NULL, 'answer', 1, 4, NULL, 1, 'sent', 0, '17', 1772425800000);
INSERT INTO outbox VALUES (14, 3, NULL, 'answer', 1, 4, NULL, 1, 'sent', 0, '18', 1772425800000);
INSERT INTO outbox VALUES (15, 3, NULL, 'answer', 1, 4, '{"text": "对不起，后天上午9点理发（给老伴）那天停了。您说「约理发」另挑个时间。"}', 1, 'pending', 0, NULL, 1772425800000);
INSERT INTO outbox VALUES (16, 10, NULL, 'answer', 1, NULL, '{"text": "好，理发3月4日停一天，1 位约好的已经告诉了。恢复发 /resume 理发 3月4日。"}', 1, 'pending', 0, NULL, 1772425800000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO pause VALUES ('haircut', '2026-03-04');
