-- danger.chat line 5
-- at 2026-03-02T01:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'desk', 'task', 'open', 'danger', 'P0', 'desk', NULL, 2, 2, NULL, '{}', '', '着火了快来人', '{}', '稻香', 1772413200000, 1772413500000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 2, 'talk:5-2', '{"category": "danger", "urgency": "P0", "queue": "desk", "reporter": 2, "chat": 2, "place": "{}", "object": "", "words": "着火了快来人", "slots": "{}", "code": "稻香", "opened_at": 1772413200000, "promised_at": 1772413500000}');
INSERT INTO dialogue VALUES (2, 2, 1772413200000, '{"chat": 2, "person": 2, "flow": "issue", "slots": {"urgency": "P2", "category": "light", "object": "楼道灯", "place": "{\"text\": \"楼道\", \"spot\": \"楼道\"}"}, "words": "楼道灯不亮", "asking": "place", "misses": 0, "turn": 1, "waiting": []}');
INSERT INTO question VALUES (1, 2, 2, 'where', 1, '{}', 1772413200000);
INSERT INTO outbox VALUES (1, 14, 'desk:1', 'emergency', 0, 1, '{"text": "急 #1\n危险\n居民说到危险，请马上打电话过去。", "buttons": [[{"label": "我来管", "data": "take:1:0"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO outbox VALUES (2, 2, NULL, 'emergency', 0, 1, '{"text": "先跑出去，别拿东西。\n别坐电梯，弯着腰走。\n到外面打 119。\n我在找社区的人，有人应了马上告诉您。\n您在几号楼几单元？"}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('form:2', 1772416800000, 'form.quiet', 2, 2, NULL, '{"step": "nudge"}', 0);
INSERT INTO agenda VALUES ('watch:1', 1772413500000, 'ticket.watch', 2, NULL, 1, '{"step": "promise"}', 0);
INSERT INTO agenda VALUES ('incident:1', 1772413260000, 'incident.step', NULL, NULL, 1, '{}', 0);
INSERT INTO incident VALUES (1, 'b1bdfe6da861', 'danger', 'fire', 'fire', '["fire"]', 'open', 2, NULL, 1, 1772413260000, NULL, 1772413200000, 1772413200000, NULL, NULL, NULL, 1772413200000, 1772413200000);
INSERT INTO incident_mark VALUES ('b1bdfe6da861', 1);
INSERT INTO incident_step VALUES (1, 1, 'open', 1772413200000, 2, '{"family": "fire", "sign": "fire"}');
INSERT INTO incident_step VALUES (2, 1, 'alert', 1772413200000, NULL, '{"count": 1, "rung": "direct"}');
INSERT INTO incident_alerted VALUES (1, 7, 'direct', 1772413200000);
