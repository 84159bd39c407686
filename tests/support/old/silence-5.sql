-- silence.chat line 5
-- at 2026-03-03T01:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO dialogue VALUES (2, 2, 1772416800000, '{"chat": 2, "person": 2, "flow": "issue", "slots": {"urgency": "P2", "category": "light", "object": "楼道灯", "place": "{\"text\": \"楼道\", \"spot\": \"楼道\"}"}, "words": "楼道灯不亮", "asking": "place", "misses": 0, "turn": 2, "waiting": []}');
INSERT INTO outbox VALUES (1, 2, NULL, 'answer', 1, NULL, '{"text": "您刚才说的事，还差一句就好。\n在几号楼？说楼号就行。"}', 1, 'pending', 0, NULL, 1772416800000);
INSERT INTO agenda VALUES ('form:2', 1772586000000, 'form.quiet', 2, 2, NULL, '{"step": "expire"}', 0);
INSERT INTO agenda VALUES ('keep.nightly', 1772564400000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
