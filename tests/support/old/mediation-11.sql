-- mediation.chat line 11
-- at 2026-03-02T01:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO dialogue VALUES (1, 1, 1772413200000, '{"chat": 1, "person": 1, "flow": "mediation", "slots": {"urgency": "P2", "stair": "{\"building\": \"3\", \"unit\": \"2\"}", "who": "七号楼的赵叔", "about": "他家鞋柜摆在过道上,说了几回都不挪", "enough": "把鞋柜挪进屋就行", "ask": "yes", "mediator": "11"}, "words": "七号楼的赵叔 他家鞋柜摆在过道上,说了几回都不挪 把鞋柜挪进屋就行", "asking": "confirm", "misses": 0, "turn": 6, "waiting": []}');
INSERT INTO outbox VALUES (1, 1, NULL, 'answer', 1, NULL, '{"text": "我记的是：跟七号楼的赵叔，他家鞋柜摆在过道上,说了几回都不挪。您想：把鞋柜挪进屋就行。可以问对方，请何老师来调。对吗？", "buttons": [[{"label": "对", "data": "answer:yes:6"}, {"label": "不对", "data": "answer:no:6"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('form:1', 1772416800000, 'form.quiet', 1, 1, NULL, '{"step": "nudge"}', 0);
