-- correction.chat line 7
-- at 2026-03-02T01:00:00+00:00
-- button ["li", "li", "wrong:category:3", "什么事", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO dialogue VALUES (2, 2, 1772413200000, '{"chat": 2, "person": 2, "flow": "issue", "slots": {"urgency": "P1", "category": "lift", "place": "{\"text\": \"四号\", \"building\": \"4\", \"spot\": \"电梯\"}", "object": "电梯"}, "words": "十号楼的电梯坏了 不是十号,是四号", "asking": "which", "misses": 0, "turn": 3, "waiting": []}');
INSERT INTO outbox VALUES (1, 2, NULL, 'answer', 1, NULL, '{"text": "好，哪里不对？点一下，或者直接说对的。", "buttons": [[{"label": "什么事", "data": "wrong:category:3"}, {"label": "地方", "data": "wrong:place:3"}, {"label": "算了", "data": "answer:stop:3"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('form:2', 1772416800000, 'form.quiet', 2, 2, NULL, '{"step": "nudge"}', 0);
