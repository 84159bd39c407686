-- both_at_once.chat line 3
-- at 2026-03-02T01:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO dialogue VALUES (1, 1, 1772413200000, '{"chat": 1, "person": 1, "flow": "issue", "slots": {"urgency": "P1", "category": "leak", "object": "水管", "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}"}, "words": "厨房水管漏水了", "asking": "confirm", "misses": 0, "turn": 1, "waiting": ["{\"intent\": \"issue.report\", \"slots\": {\"object\": \"楼道灯\", \"place\": \"楼道\", \"category\": \"light\"}, \"text\": \"还有楼道灯也不亮\", \"places\": [\"{\\\"text\\\": \\\"楼道\\\", \\\"spot\\\": \\\"楼道\\\"}\"], \"times\": []}"]}');
INSERT INTO outbox VALUES (1, 1, NULL, 'answer', 1, NULL, '{"text": "我记的是：3号楼2单元501，水管漏水。对吗？", "buttons": [[{"label": "对", "data": "answer:yes:1"}, {"label": "不对", "data": "answer:no:1"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('form:1', 1772416800000, 'form.quiet', 1, 1, NULL, '{"step": "nudge"}', 0);
