-- profile.chat line 3
-- at 2026-03-02T01:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO question VALUES (1, 1, 1, 'profile', NULL, '{"home": "{\"text\": \"五号楼\", \"building\": \"5\"}"}', 1772413200000);
INSERT INTO outbox VALUES (1, 1, NULL, 'answer', 1, NULL, '{"text": "您家是5号楼。对吗？", "buttons": [[{"label": "对", "data": "agree:profile:1"}, {"label": "不对", "data": "refuse:profile:1"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
