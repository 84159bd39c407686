-- say_no_such_time.chat line 3
-- at 2026-03-02T01:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO dialogue VALUES (3, 3, 1772413200000, '{"chat": 3, "person": 3, "flow": "help", "slots": {"urgency": "P2", "category": "accompany", "place": "{\"building\": \"7\", \"unit\": \"1\", \"room\": \"302\"}", "unclear": "time"}, "words": "二月三十号想请人陪我去银行", "asking": "time", "misses": 0, "turn": 3, "waiting": []}');
INSERT INTO outbox VALUES (1, 3, NULL, 'answer', 1, NULL, '{"text": "没有二月三十号。\n您什么时候方便？"}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('form:3', 1772416800000, 'form.quiet', 3, 3, NULL, '{"step": "nudge"}', 0);
