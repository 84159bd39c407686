-- mediation_phone.chat line 11
-- at 2026-03-02T01:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO dialogue VALUES (3, 3, 1772413200000, '{"chat": 3, "person": 3, "flow": "mediation", "slots": {"urgency": "P2", "stair": "{\"building\": \"7\", \"unit\": \"1\"}", "who": "楼上的老马", "about": "他家空调水老滴到我家窗台上", "enough": "接根管子就行", "ask": "yes", "offered": "11:何老师|12:孙阿姨"}, "words": "楼上的老马 他家空调水老滴到我家窗台上 接根管子就行", "asking": "mediator", "misses": 0, "turn": 5, "waiting": []}');
INSERT INTO outbox VALUES (1, 3, NULL, 'answer', 1, NULL, '{"text": "想请谁来调？", "buttons": [[{"label": "何老师", "data": "answer:11:5"}, {"label": "孙阿姨", "data": "answer:12:5"}], [{"label": "谁都行", "data": "answer:any:5"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('form:3', 1772416800000, 'form.quiet', 3, 3, NULL, '{"step": "nudge"}', 0);
