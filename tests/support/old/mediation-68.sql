-- mediation.chat line 68
-- at 2026-03-03T05:30:00+00:00
-- button ["he", "he", "case_at:1:1772503200", "明天上午10点", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'mediation', 'case', 'set', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772413200000, 1772420400000, 1772413200000, 1772413200000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'file', 1772413200000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772413200000, "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'take', 1772413200000, NULL, 'case', '{"responded_at": 1772413200000, "accepted_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'invite', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (4, 1, 'consent', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (5, 1, 'propose', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (6, 1, 'set', 1772413200000, NULL, 'case', '{}');
INSERT INTO outbox VALUES (1, 1, NULL, 'reminder', 2, NULL, '{"text": "今天下午3点，在手机上说，记得看手机。"}', 1, 'pending', 0, NULL, 1772514000000);
INSERT INTO outbox VALUES (2, 4, NULL, 'reminder', 2, NULL, '{"text": "今天下午3点，在手机上说，记得看手机。"}', 1, 'pending', 0, NULL, 1772514000000);
INSERT INTO outbox VALUES (3, 11, NULL, 'reminder', 2, NULL, '{"text": "1 号调解：今天下午3点，在手机上说。", "buttons": [[{"label": "跟王奶奶说", "data": "case_talk:1:a"}, {"label": "跟赵叔说", "data": "case_talk:1:b"}], [{"label": "说好了", "data": "case_deal:1:0"}, {"label": "约时间", "data": "case_time:1:0"}], [{"label": "请别人帮", "data": "case_refer:1:0"}, {"label": "有人动手", "data": "case_hurt:1:0"}], [{"label": "我要回避", "data": "case_recuse:1:0"}]]}', 1, 'pending', 0, NULL, 1772514000000);
INSERT INTO agenda VALUES ('keep.nightly', 1772564400000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('case:1', 1772521200000, 'case.look', NULL, NULL, 1, '{"step": "begin"}', 0);
INSERT INTO reading VALUES (1, 11, 1, 1, 'case', 1772413200000);
INSERT INTO reading VALUES (2, 11, 1, 1, 'case', 1772413200000);
INSERT INTO reading VALUES (3, 11, 1, 1, 'case', 1772413200000);
INSERT INTO case_file VALUES (1, 11, NULL, 1772521200000, 'phone', '');
INSERT INTO case_side VALUES (1, 'a', 1, '{"building": "3", "unit": "2"}', 'yes', 'yes');
INSERT INTO case_side VALUES (1, 'b', 4, '{"building": "7"}', 'yes', 'yes');
INSERT INTO case_word VALUES (1, 1, 'party', 1, '七号楼的赵叔', 1772413200000);
INSERT INTO case_word VALUES (2, 1, 'topic', 1, '他家鞋柜摆在过道上,说了几回都不挪', 1772413200000);
INSERT INTO case_word VALUES (3, 1, 'wish', 1, '把鞋柜挪进屋就行', 1772413200000);
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
