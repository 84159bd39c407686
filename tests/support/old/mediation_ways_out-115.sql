-- mediation_ways_out.chat line 115
-- at 2026-03-04T01:00:00+00:00
-- button ["he", "he", "case_for_yes:4:b", "对方说行", "stale"]
-- button ["he", "he", "case_for_no:4:b", "对方说不行", "stale"]
-- button ["he", "he", "case_ask:4:0", "打电话问", "stale"]
-- button ["he", "he", "case_invite:4:0", "问对方", "stale"]
-- button ["sunayi", "sunayi", "case_pass:4:0", "这次不行", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'mediation', 'case', 'withdrawn', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772413200000, 1772420400000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'mediation', 'case', 'referred', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772413800000, 1772421000000, 1772413800000, 1772413800000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (3, 1, 'mediation', 'case', 'withdrawn', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772414400000, 1772421600000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (4, 1, 'mediation', 'case', 'declined', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772586000000, 1772593200000, 1772586000000, 1772586000000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'file', 1772413200000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772413200000, "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'withdraw', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (3, 2, 'file', 1772413800000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772413800000, "promised_at": 1772421000000}');
INSERT INTO ticket_event VALUES (4, 2, 'take', 1772413800000, NULL, 'case', '{"responded_at": 1772413800000, "accepted_at": 1772413800000}');
INSERT INTO ticket_event VALUES (5, 2, 'refer', 1772413800000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (6, 3, 'file', 1772414400000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772414400000, "promised_at": 1772421600000}');
INSERT INTO ticket_event VALUES (7, 3, 'withdraw', 1772499600000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (8, 4, 'file', 1772586000000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772586000000, "promised_at": 1772593200000}');
INSERT INTO ticket_event VALUES (9, 4, 'take', 1772586000000, NULL, 'case', '{"responded_at": 1772586000000, "accepted_at": 1772586000000}');
INSERT INTO ticket_event VALUES (10, 4, 'invite', 1772586000000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (11, 4, 'refuse', 1772586000000, NULL, 'case', '{}');
INSERT INTO question VALUES (1, 2, 2, 'case_next', 4, '{}', 1772586000000);
INSERT INTO outbox VALUES (1, 11, NULL, 'answer', 1, NULL, '{"text": "记下了。"}', 1, 'pending', 0, NULL, 1772586000000);
INSERT INTO outbox VALUES (2, 2, NULL, 'reminder', 2, NULL, '{"text": "对方这会儿不想谈，不是您的错。要不要请法律顾问帮您看看？", "buttons": [[{"label": "请法律顾问", "data": "case_yes:4:1"}, {"label": "先放一放", "data": "case_no:4:1"}]]}', 1, 'pending', 0, NULL, 1772586000000);
INSERT INTO outbox VALUES (3, 11, NULL, 'reminder', 2, NULL, '{"text": "4 号调解：对方不想谈，到这里为止。"}', 1, 'pending', 0, NULL, 1772586000000);
INSERT INTO agenda VALUES ('keep.nightly', 1772650800000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO reading VALUES (1, 11, 4, 2, 'case', 1772413800000);
INSERT INTO reading VALUES (2, 11, 2, 4, 'case', 1772586000000);
INSERT INTO reading VALUES (3, 11, 2, 4, 'case', 1772586000000);
INSERT INTO reading VALUES (4, 11, 2, 4, 'case', 1772586000000);
INSERT INTO case_file VALUES (1, NULL, 12, NULL, '', '');
INSERT INTO case_file VALUES (2, 11, NULL, NULL, '', '');
INSERT INTO case_file VALUES (3, NULL, NULL, NULL, '', '');
INSERT INTO case_file VALUES (4, 11, NULL, NULL, '', '');
INSERT INTO case_side VALUES (1, 'a', 3, '{"building": "7", "unit": "1"}', 'no', '');
INSERT INTO case_side VALUES (1, 'b', NULL, NULL, '', '');
INSERT INTO case_side VALUES (2, 'a', 4, '{"building": "7", "unit": "1"}', 'no', '');
INSERT INTO case_side VALUES (2, 'b', NULL, NULL, '', '');
INSERT INTO case_side VALUES (3, 'a', 1, '{"building": "3", "unit": "2"}', 'no', '');
INSERT INTO case_side VALUES (3, 'b', NULL, NULL, '', '');
INSERT INTO case_side VALUES (4, 'a', 2, '{"building": "9", "unit": "1"}', 'yes', '');
INSERT INTO case_side VALUES (4, 'b', NULL, '{"building": "9", "unit": "1"}', 'no', '');
INSERT INTO case_word VALUES (1, 1, 'party', 3, '北门修鞋的老钱', 1772413200000);
INSERT INTO case_word VALUES (2, 1, 'topic', 3, '修鞋的钱算不拢', 1772413200000);
INSERT INTO case_word VALUES (3, 1, 'wish', 3, '把话说清楚就行', 1772413200000);
INSERT INTO case_word VALUES (4, 2, 'party', 4, '一楼的小吴', 1772413800000);
INSERT INTO case_word VALUES (5, 2, 'topic', 4, '电瓶车老堵着单元门', 1772413800000);
INSERT INTO case_word VALUES (6, 2, 'wish', 4, '停到车棚去', 1772413800000);
INSERT INTO case_word VALUES (7, 3, 'party', 1, '何老师', 1772414400000);
INSERT INTO case_word VALUES (8, 3, 'topic', 1, '他占了我的晾衣绳', 1772414400000);
INSERT INTO case_word VALUES (9, 3, 'wish', 1, '还给我就行', 1772414400000);
INSERT INTO case_word VALUES (10, 4, 'party', 2, '楼上', 1772586000000);
INSERT INTO case_word VALUES (11, 4, 'topic', 2, '我跟楼上为了半夜拖凳子吵起来了,想请你们评评理', 1772586000000);
INSERT INTO case_word VALUES (12, 4, 'wish', 2, '夜里十点以后别拖凳子就行', 1772586000000);
INSERT INTO case_step VALUES (1, 1, 'file', 'a', 3, 1772413200000);
INSERT INTO case_step VALUES (2, 1, 'withdraw', 'a', 3, 1772413200000);
INSERT INTO case_step VALUES (3, 2, 'file', 'a', 4, 1772413800000);
INSERT INTO case_step VALUES (4, 2, 'pass', '', 12, 1772413800000);
INSERT INTO case_step VALUES (5, 2, 'take', '', 11, 1772413800000);
INSERT INTO case_step VALUES (6, 2, 'refer', '', 11, 1772413800000);
INSERT INTO case_step VALUES (7, 3, 'file', 'a', 1, 1772414400000);
INSERT INTO case_step VALUES (8, 3, 'named', '', 11, 1772414400000);
INSERT INTO case_step VALUES (9, 3, 'withdraw', 'a', 1, 1772499600000);
INSERT INTO case_step VALUES (10, 4, 'file', 'a', 2, 1772586000000);
INSERT INTO case_step VALUES (11, 4, 'take', '', 11, 1772586000000);
INSERT INTO case_step VALUES (12, 4, 'may', 'a', 2, 1772586000000);
INSERT INTO case_step VALUES (13, 4, 'invite', '', 11, 1772586000000);
INSERT INTO case_step VALUES (14, 4, 'refuse', 'b', 11, 1772586000000);
