-- booking_series.chat line 5
-- at 2026-03-02T01:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'booking', 'appointment', 'open', 'meal', 'P2', 'desk', NULL, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '送餐', '每天中午送餐', '{"at": "2026-03-02T11:00:00+08:00", "every": "FREQ=DAILY"}', '', 1772413200000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:5-2', '{"category": "meal", "queue": "desk", "owner": null, "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "送餐", "words": "每天中午送餐", "slots": "{\"at\": \"2026-03-02T11:00:00+08:00\", \"every\": \"FREQ=DAILY\"}", "opened_at": 1772413200000}');
INSERT INTO outbox VALUES (1, 14, 'desk:1', 'answer', 1, 1, '{"text": "#1 要人管\n3号楼 · 送餐\n有人约了服务，没有师傅登记，请安排。", "buttons": [[{"label": "我来管", "data": "take:1:0"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, '{"text": "约好了，是 1 号：今天上午11点送餐。"}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('booking:1', 1772424000000, 'booking.look', 1, NULL, 1, '{"step": "end"}', 0);
INSERT INTO booked VALUES ('meal', 1772420400000, 0, 1, NULL, 1772424000000);
