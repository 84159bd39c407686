-- mediation.chat line 93
-- at 2026-03-10T08:00:00+00:00
-- button ["wang", "wang", "case_yes:1:1", "做到了", "live"]
-- button ["wang", "wang", "case_no:1:1", "没做到", "live"]
-- button ["he", "he", "case_talk:1:a", "跟王奶奶说", "live"]
-- button ["he", "he", "case_resume:1:0", "再谈一次", "live"]
-- button ["he", "he", "case_refer:1:0", "请别人帮", "live"]
-- button ["he", "he", "case_hurt:1:0", "有人动手", "live"]
-- button ["he", "he", "case_deal:1:0", "说好了", "stale"]
-- button ["he", "he", "case_recuse:1:0", "我要回避", "stale"]
-- button ["he", "he", "case_time:1:0", "约时间", "stale"]
-- button ["he", "he", "case_at:1:1772503200", "明天上午10点", "stale"]
-- button ["he", "he", "case_place:1:phone", "手机上说", "stale"]
-- button ["he", "he", "case_over:1:0", "说完了", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'mediation', 'case', 'settled', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772413200000, 1772420400000, 1772413200000, 1772413200000, 1772521200000, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'file', 1772413200000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772413200000, "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'take', 1772413200000, NULL, 'case', '{"responded_at": 1772413200000, "accepted_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'invite', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (4, 1, 'consent', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (5, 1, 'propose', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (6, 1, 'set', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (7, 1, 'draft', 1772521200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (8, 1, 'settle', 1772521200000, NULL, 'case', '{"done_at": 1772521200000}');
INSERT INTO question VALUES (1, 1, 1, 'case_kept', 1, '{}', 1773126000000);
INSERT INTO question VALUES (2, 4, 4, 'case_kept', 1, '{}', 1773126000000);
INSERT INTO outbox VALUES (1, 1, NULL, 'reminder', 2, NULL, '{"text": "上回说好的事，做到了吗？", "buttons": [[{"label": "做到了", "data": "case_yes:1:1"}, {"label": "没做到", "data": "case_no:1:1"}]]}', 1, 'pending', 0, NULL, 1773126000000);
INSERT INTO outbox VALUES (2, 4, NULL, 'reminder', 2, NULL, '{"text": "上回说好的事，做到了吗？", "buttons": [[{"label": "做到了", "data": "case_yes:1:2"}, {"label": "没做到", "data": "case_no:1:2"}]]}', 1, 'pending', 0, NULL, 1773126000000);
INSERT INTO agenda VALUES ('keep.nightly', 1773169200000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('case:1', 1775113200000, 'case.look', NULL, NULL, 1, '{"step": "month"}', 0);
INSERT INTO reading VALUES (1, 11, 1, 1, 'case', 1772413200000);
INSERT INTO reading VALUES (2, 11, 1, 1, 'case', 1772413200000);
INSERT INTO reading VALUES (3, 11, 1, 1, 'case', 1772413200000);
INSERT INTO case_file VALUES (1, 11, NULL, 1772521200000, 'phone', '');
INSERT INTO case_side VALUES (1, 'a', 1, '{"building": "3", "unit": "2"}', 'yes', '');
INSERT INTO case_side VALUES (1, 'b', 4, '{"building": "7"}', 'yes', '');
INSERT INTO case_word VALUES (1, 1, 'party', 1, '七号楼的赵叔', 1772413200000);
INSERT INTO case_word VALUES (2, 1, 'topic', 1, '他家鞋柜摆在过道上,说了几回都不挪', 1772413200000);
INSERT INTO case_word VALUES (3, 1, 'wish', 1, '把鞋柜挪进屋就行', 1772413200000);
INSERT INTO case_word VALUES (4, 1, 'deal', 11, '赵叔三天内把鞋柜挪进屋，王奶奶送他一个窄鞋架', 1772521200000);
INSERT INTO case_step VALUES (1, 1, 'file', 'a', 1, 1772413200000);
INSERT INTO case_step VALUES (2, 1, 'named', '', 4, 1772413200000);
INSERT INTO case_step VALUES (3, 1, 'take', '', 11, 1772413200000);
INSERT INTO case_step VALUES (4, 1, 'talk', 'a', 11, 1772413200000);
INSERT INTO case_step VALUES (5, 1, 'invite', '', 11, 1772413200000);
INSERT INTO case_step VALUES (6, 1, 'consent', 'b', 4, 1772413200000);
INSERT INTO case_step VALUES (7, 1, 'talk', 'b', 11, 1772413200000);
INSERT INTO case_step VALUES (8, 1, 'propose', '', 11, 1772413200000);
INSERT INTO case_step VALUES (9, 1, 'time_yes', 'a', 1, 1772413200000);
INSERT INTO case_step VALUES (10, 1, 'time_yes', 'b', 4, 1772413200000);
INSERT INTO case_step VALUES (11, 1, 'set', 'b', 4, 1772413200000);
INSERT INTO case_step VALUES (12, 1, 'draft', '', 11, 1772521200000);
INSERT INTO case_step VALUES (13, 1, 'deal_yes', 'a', 1, 1772521200000);
INSERT INTO case_step VALUES (14, 1, 'deal_yes', 'b', 4, 1772521200000);
INSERT INTO case_step VALUES (15, 1, 'settle', 'b', 4, 1772521200000);
