-- correction.chat line 9
-- at 2026-03-02T01:00:00+00:00
-- button ["li", "li", "wrong:category:3", "什么事", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO dialogue VALUES (2, 2, 1772413200000, '{"chat": 2, "person": 2, "flow": "issue", "slots": {"urgency": "P1", "place": "{\"text\": \"四号\", \"building\": \"4\", \"spot\": \"电梯\"}"}, "words": "十号楼的电梯坏了 不是十号,是四号", "asking": "category", "misses": 0, "turn": 4, "waiting": []}');
INSERT INTO outbox VALUES (1, 2, NULL, 'answer', 1, NULL, '{"text": "好，您说说是什么坏了？比如：楼道灯不亮。"}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('form:2', 1772416800000, 'form.quiet', 2, 2, NULL, '{"step": "nudge"}', 0);
