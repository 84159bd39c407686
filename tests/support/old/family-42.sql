-- family.chat line 42
-- at 2026-03-02T01:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO question VALUES (1, 1, 1, 'family_may', NULL, '{"relative": 4}', 1772413200000);
INSERT INTO outbox VALUES (1, 1, NULL, 'answer', 1, NULL, '{"text": "赵叔想做您的家人，用的是社区给的码。您出了危险就告诉他，可以吗？", "buttons": [[{"label": "可以", "data": "agree:family:1"}, {"label": "不要", "data": "refuse:family:1"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO outbox VALUES (2, 4, NULL, 'answer', 1, NULL, '{"text": "码对了，我去问问王奶奶，点了头就告诉您。"}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO reading VALUES (1, 7, 1, NULL, 'family', 1772413200000);
INSERT INTO attempt VALUES (5, 1772413200000);
INSERT INTO family_code VALUES ('32a282a73753a4bf78a349b00556f7b70e8afd3e17e2811417ad25a865ab44a6', 1, 1, 1772413200000, 1773018000000, 1772413200000, 4);
INSERT INTO family_code VALUES ('4bb8c433853078648ced5ff0432e4c16eef1f54ba99d46e2593bc9ccd4255b19', 1, 7, 1772413200000, 1773018000000, 1772413200000, 4);
