-- booking.chat line 66
-- at 2026-03-03T07:05:00+00:00
-- button ["zhao", "zhao", "cancel_yes:3:1", "对", "live"]
-- button ["zhao", "zhao", "cancel_no:3:1", "还要", "live"]
-- button ["zhou", "zhou", "book_accept:3:0", "行", "live"]
-- button ["zhou", "zhou", "book_decline:3:0", "来不了", "live"]
-- button ["zhou", "zhou", "book_late:3:0", "晚点到", "live"]
-- button ["zhao", "zhao", "answer:yes:1", "对", "stale"]
-- button ["zhou", "zhou", "book_came:2:0", "来了", "stale"]
-- button ["zhou", "zhou", "book_missed:2:0", "没来", "stale"]
-- button ["chen", "chen", "book_yes:2:1", "要", "stale"]
-- button ["chen", "chen", "book_no:2:1", "不要", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'booking', 'appointment', 'cancelled', 'haircut', 'P2', 'provider', 10, 1, 1, NULL, '{"spot": "活动室"}', '理发', '想约明天下午理发', '{"at": "2026-03-06T10:00:00+08:00"}', '', 1772413200000, NULL, 1772413200000, 1772413200000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'booking', 'appointment', 'missed', 'haircut', 'P2', 'provider', 10, 3, 3, NULL, '{"spot": "活动室"}', '理发', '我要约明天下午两点半理发', '{"at": "2026-03-03T14:30:00+08:00"}', '', 1772413200000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (3, 1, 'booking', 'appointment', 'open', 'haircut', 'P2', 'provider', 10, 4, 4, NULL, '{"spot": "活动室"}', '理发', '约明天上午十点理发', '{"at": "2026-03-04T10:00:00+08:00"}', '', 1772521500000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:10-3', '{"category": "haircut", "queue": "provider", "owner": 10, "reporter": 1, "chat": 1, "place": "{\"spot\": \"活动室\"}", "object": "理发", "words": "想约明天下午理发", "slots": "{\"at\": \"2026-03-03T14:30:00+08:00\"}", "opened_at": 1772413200000}');
INSERT INTO ticket_event VALUES (2, 1, 'accept', 1772413200000, 10, 'talk:14-4', '{"responded_at": 1772413200000, "accepted_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 2, 'wait', 1772413200000, 3, 'talk:28-8', '{"category": "haircut", "queue": "provider", "owner": 10, "reporter": 3, "chat": 3, "place": "{\"spot\": \"活动室\"}", "object": "理发", "words": "我要约明天下午两点半理发", "slots": "{\"at\": \"2026-03-03T14:30:00+08:00\"}", "opened_at": 1772413200000}');
INSERT INTO ticket_event VALUES (4, 1, 'move', 1772413200000, 1, 'talk:33-10', '{"slots": "{\"at\": \"2026-03-06T10:00:00+08:00\"}"}');
INSERT INTO ticket_event VALUES (5, 2, 'offer', 1772413200000, 1, 'talk:33-10', '{}');
INSERT INTO ticket_event VALUES (6, 2, 'agree', 1772413200000, 3, 'talk:37-11', '{}');
INSERT INTO ticket_event VALUES (7, 2, 'miss', 1772521500000, 10, 'talk:48-13', '{}');
INSERT INTO ticket_event VALUES (8, 1, 'append', 1772521500000, 1, 'talk:52-14', '{"slots": "{\"at\": \"2026-03-06T10:00:00+08:00\"}"}');
INSERT INTO ticket_event VALUES (9, 1, 'cancel', 1772521500000, 1, 'talk:54-15', '{}');
INSERT INTO ticket_event VALUES (10, 3, 'open', 1772521500000, 4, 'talk:62-18', '{"category": "haircut", "queue": "provider", "owner": 10, "reporter": 4, "chat": 4, "place": "{\"spot\": \"活动室\"}", "object": "理发", "words": "约明天上午十点理发", "slots": "{\"at\": \"2026-03-04T10:00:00+08:00\"}", "opened_at": 1772521500000}');
INSERT INTO ticket_event VALUES (11, 3, 'append', 1772521500000, 4, 'talk:66-19', '{"slots": "{\"at\": \"2026-03-04T10:00:00+08:00\"}"}');
INSERT INTO question VALUES (1, 4, 4, 'cancel', 3, '{}', 1772521500000);
INSERT INTO outbox VALUES (1, 10, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (3, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (5, 3, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '10', 1772413200000);
INSERT INTO outbox VALUES (6, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '12', 1772413200000);
INSERT INTO outbox VALUES (7, 10, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '13', 1772413200000);
INSERT INTO outbox VALUES (8, 3, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '14', 1772413200000);
INSERT INTO outbox VALUES (9, 3, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '15', 1772413200000);
INSERT INTO outbox VALUES (10, 10, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '16', 1772413200000);
INSERT INTO outbox VALUES (11, 3, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '18', 1772445600000);
INSERT INTO outbox VALUES (12, 3, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '19', 1772512200000);
INSERT INTO outbox VALUES (13, 10, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '20', 1772521200000);
INSERT INTO outbox VALUES (14, 3, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '21', 1772521500000);
INSERT INTO outbox VALUES (15, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '23', 1772521500000);
INSERT INTO outbox VALUES (16, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '24', 1772521500000);
INSERT INTO outbox VALUES (17, 10, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '25', 1772521500000);
INSERT INTO outbox VALUES (18, 10, NULL, 'answer', 1, 3, NULL, 1, 'sent', 0, '28', 1772521500000);
INSERT INTO outbox VALUES (19, 4, NULL, 'answer', 1, 3, NULL, 1, 'sent', 0, '29', 1772521500000);
INSERT INTO outbox VALUES (20, 4, NULL, 'answer', 1, 3, '{"text": "明天上午10点理发（3 号）不去了，对吗？", "buttons": [[{"label": "对", "data": "cancel_yes:3:1"}, {"label": "还要", "data": "cancel_no:3:1"}]]}', 1, 'pending', 0, NULL, 1772521500000);
INSERT INTO agenda VALUES ('keep.nightly', 1772564400000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('booking:3', 1772532000000, 'booking.look', 4, NULL, 3, '{"step": "eve"}', 0);
INSERT INTO booked VALUES ('haircut', 1772589600000, 0, 3, '周师傅', 1772591400000);
