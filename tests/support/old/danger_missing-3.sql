-- danger_missing.chat line 3
-- at 2026-03-02T08:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'desk', 'task', 'open', 'danger', 'P0', 'desk', NULL, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '', '我老伴走丢了', '{}', '稻香', 1772438400000, 1772438700000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772438400000, 1, 'talk:3-1', '{"category": "danger", "urgency": "P0", "queue": "desk", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "", "words": "我老伴走丢了", "slots": "{}", "code": "稻香", "opened_at": 1772438400000, "promised_at": 1772438700000}');
INSERT INTO question VALUES (1, 1, 1, 'missing', 1, '{"number": 1}', 1772438400000);
INSERT INTO outbox VALUES (1, 14, 'desk:1', 'emergency', 0, 1, '{"text": "急 #1\n3号楼 · 危险\n居民说到危险，请马上打电话过去。", "buttons": [[{"label": "我来管", "data": "take:1:0"}]]}', 1, 'pending', 0, NULL, 1772438400000);
INSERT INTO outbox VALUES (2, 1, NULL, 'emergency', 0, 1, '{"text": "先打 110。\n家里留个人，电话别关。\n去他常去的地方看看。\n我在找社区的人，有人应了马上告诉您。\n他多大年纪，穿什么衣服？"}', 1, 'pending', 0, NULL, 1772438400000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:1', 1772438700000, 'ticket.watch', 1, NULL, 1, '{"step": "promise"}', 0);
INSERT INTO agenda VALUES ('incident:1', 1772438460000, 'incident.step', NULL, NULL, 1, '{}', 0);
INSERT INTO incident VALUES (1, '5e445b2aee03', 'danger', 'lost', 'missing', '["lost"]', 'open', 1, NULL, 1, 1772438460000, NULL, 1772438400000, 1772438400000, NULL, NULL, NULL, 1772438400000, 1772438400000);
INSERT INTO incident_mark VALUES ('5e445b2aee03', 1);
INSERT INTO incident_step VALUES (1, 1, 'open', 1772438400000, 1, '{"family": "lost", "sign": "missing"}');
INSERT INTO incident_step VALUES (2, 1, 'alert', 1772438400000, NULL, '{"count": 1, "rung": "direct"}');
INSERT INTO incident_alerted VALUES (1, 7, 'direct', 1772438400000);
