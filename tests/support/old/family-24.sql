-- family.chat line 24
-- at 2026-03-02T01:00:00+00:00
-- button ["wang", "wang", "agree:family:1", "对", "live"]
-- button ["wang", "wang", "refuse:family:1", "不对", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO role VALUES (4, 'family', 1772413200000);
INSERT INTO question VALUES (1, 1, 1, 'family_off', NULL, '{"resident": 1, "relative": 4}', 1772413200000);
INSERT INTO outbox VALUES (1, 1, NULL, 'answer', 1, NULL, '{"text": "没用掉的码不算数了。\n以后您出了危险，也不告诉赵叔了，对吗？", "buttons": [[{"label": "对", "data": "agree:family:1"}, {"label": "不对", "data": "refuse:family:1"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO kin VALUES (1, 4, 1772413200000);
INSERT INTO attempt VALUES (5, 1772413200000);
INSERT INTO family_code VALUES ('32a282a73753a4bf78a349b00556f7b70e8afd3e17e2811417ad25a865ab44a6', 1, 1, 1772413200000, 1773018000000, 1772413200000, 4);
