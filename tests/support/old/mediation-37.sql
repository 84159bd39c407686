-- mediation.chat line 37
-- at 2026-03-02T01:00:00+00:00
-- button ["zhao", "zhao", "case_yes:1:1", "愿意听听", "live"]
-- button ["zhao", "zhao", "case_no:1:1", "不愿意", "live"]
-- button ["he", "he", "case_talk:1:a", "跟王奶奶说", "live"]
-- button ["he", "he", "case_refer:1:0", "请别人帮", "live"]
-- button ["he", "he", "case_hurt:1:0", "有人动手", "live"]
-- button ["he", "he", "case_recuse:1:0", "我要回避", "live"]
-- button ["he", "he", "case_ask:1:4", "问赵叔", "live"]
-- button ["he", "he", "case_invite:1:0", "问对方", "live"]
-- button ["he", "he", "case_over:1:0", "说完了", "live"]
-- button ["he", "he", "case_take:1:0", "我来调", "live"]
-- button ["he", "he", "case_pass:1:0", "这次不行", "stale"]
-- button ["wang", "wang", "case_leave:1:0", "不调了", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'mediation', 'case', 'invited', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772413200000, 1772420400000, 1772413200000, 1772413200000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'file', 1772413200000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772413200000, "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'take', 1772413200000, NULL, 'case', '{"responded_at": 1772413200000, "accepted_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'invite', 1772413200000, NULL, 'case', '{}');
INSERT INTO question VALUES (1, 4, 4, 'case_join', 1, '{}', 1772413200000);
INSERT INTO outbox VALUES (1, 4, NULL, 'reminder', 2, NULL, '{"text": "您好，我是槐树里社区的邻声。有位邻居想把一件事跟您说开，请了调解员何老师，谁也不偏。您愿意听听吗？不愿意也没关系。", "buttons": [[{"label": "愿意听听", "data": "case_yes:1:1"}, {"label": "不愿意", "data": "case_no:1:1"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO outbox VALUES (2, 11, NULL, 'reminder', 2, NULL, '{"text": "1 号调解：悄悄问了，有回话就告诉您。", "buttons": [[{"label": "跟王奶奶说", "data": "case_talk:1:a"}, {"label": "请别人帮", "data": "case_refer:1:0"}], [{"label": "有人动手", "data": "case_hurt:1:0"}, {"label": "我要回避", "data": "case_recuse:1:0"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('case:1', 1772672400000, 'case.look', NULL, NULL, 1, '{"step": "quiet"}', 0);
INSERT INTO reading VALUES (1, 11, 1, 1, 'case', 1772413200000);
INSERT INTO reading VALUES (2, 11, 1, 1, 'case', 1772413200000);
INSERT INTO reading VALUES (3, 11, 1, 1, 'case', 1772413200000);
INSERT INTO case_file VALUES (1, 11, NULL, NULL, '', '');
INSERT INTO case_side VALUES (1, 'a', 1, '{"building": "3", "unit": "2"}', 'yes', '');
INSERT INTO case_side VALUES (1, 'b', 4, '{"building": "7"}', '', '');
INSERT INTO case_word VALUES (1, 1, 'party', 1, '七号楼的赵叔', 1772413200000);
INSERT INTO case_word VALUES (2, 1, 'topic', 1, '他家鞋柜摆在过道上,说了几回都不挪', 1772413200000);
INSERT INTO case_word VALUES (3, 1, 'wish', 1, '把鞋柜挪进屋就行', 1772413200000);
INSERT INTO case_step VALUES (1, 1, 'file', 'a', 1, 1772413200000);
INSERT INTO case_step VALUES (2, 1, 'named', '', 4, 1772413200000);
INSERT INTO case_step VALUES (3, 1, 'take', '', 11, 1772413200000);
INSERT INTO case_step VALUES (4, 1, 'talk', 'a', 11, 1772413200000);
INSERT INTO case_step VALUES (5, 1, 'invite', '', 11, 1772413200000);
