-- mediation.chat line 13
-- at 2026-03-02T01:00:00+00:00
-- button ["he", "he", "case_take:1:0", "我来调", "live"]
-- button ["he", "he", "case_pass:1:0", "这次不行", "live"]
-- button ["wang", "wang", "case_leave:1:0", "不调了", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'mediation', 'case', 'filed', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772413200000, 1772420400000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'file', 1772413200000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772413200000, "promised_at": 1772420400000}');
INSERT INTO outbox VALUES (1, 11, NULL, 'reminder', 2, NULL, '{"text": "有一件调解等人接（1 号）。接了才看得到是什么事。", "buttons": [[{"label": "我来调", "data": "case_take:1:0"}, {"label": "这次不行", "data": "case_pass:1:0"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, NULL, '{"text": "记下了，是 1 号。两小时内调解员回您。这事只有调解员看得到，家里人、邻居都不知道。不想调了，说一声「不调了」。", "buttons": [[{"label": "不调了", "data": "case_leave:1:0"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('case:1', 1772416800000, 'case.look', NULL, NULL, 1, '{"step": "half"}', 0);
INSERT INTO case_file VALUES (1, NULL, 11, NULL, '', '');
INSERT INTO case_side VALUES (1, 'a', 1, '{"building": "3", "unit": "2"}', 'yes', '');
INSERT INTO case_side VALUES (1, 'b', NULL, '{"building": "7"}', '', '');
INSERT INTO case_word VALUES (1, 1, 'party', 1, '七号楼的赵叔', 1772413200000);
INSERT INTO case_word VALUES (2, 1, 'topic', 1, '他家鞋柜摆在过道上,说了几回都不挪', 1772413200000);
INSERT INTO case_word VALUES (3, 1, 'wish', 1, '把鞋柜挪进屋就行', 1772413200000);
INSERT INTO case_step VALUES (1, 1, 'file', 'a', 1, 1772413200000);
INSERT INTO case_step VALUES (2, 1, 'named', '', 4, 1772413200000);
