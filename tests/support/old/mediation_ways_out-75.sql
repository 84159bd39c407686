-- mediation_ways_out.chat line 75
-- at 2026-03-03T01:00:00+00:00
-- button ["he", "he", "case_invite:2:0", "问对方", "stale"]
-- button ["he", "he", "case_pass:2:0", "这次不行", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'mediation', 'case', 'withdrawn', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772413200000, 1772420400000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'mediation', 'case', 'referred', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772413800000, 1772421000000, 1772413800000, 1772413800000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (3, 1, 'mediation', 'case', 'filed', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772414400000, 1772421600000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'file', 1772413200000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772413200000, "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'withdraw', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (3, 2, 'file', 1772413800000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772413800000, "promised_at": 1772421000000}');
INSERT INTO ticket_event VALUES (4, 2, 'take', 1772413800000, NULL, 'case', '{"responded_at": 1772413800000, "accepted_at": 1772413800000}');
INSERT INTO ticket_event VALUES (5, 2, 'refer', 1772413800000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (6, 3, 'file', 1772414400000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772414400000, "promised_at": 1772421600000}');
INSERT INTO outbox VALUES (1, 1, NULL, 'reminder', 2, NULL, '{"text": "对不起，说好的时间到了，调解员还没腾出手。我还在给您请。急着跟人说，说「找人」。"}', 1, 'pending', 0, NULL, 1772421600000);
INSERT INTO outbox VALUES (2, 7, NULL, 'reminder', 2, NULL, '{"text": "调解 1 件，时限到了还没有调解员接。"}', 1, 'pending', 0, NULL, 1772421600000);
INSERT INTO outbox VALUES (3, 7, NULL, 'reminder', 2, NULL, '{"text": "调解 1 件，没有合适的调解员。请再请一位：linsheng invite mediator。"}', 1, 'pending', 0, NULL, 1772497800000);
INSERT INTO agenda VALUES ('keep.nightly', 1772564400000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('case:3', 1772584200000, 'case.look', NULL, NULL, 3, '{"step": "daily"}', 0);
INSERT INTO reading VALUES (1, 11, 4, 2, 'case', 1772413800000);
INSERT INTO case_file VALUES (1, NULL, 12, NULL, '', '');
INSERT INTO case_file VALUES (2, 11, NULL, NULL, '', '');
INSERT INTO case_file VALUES (3, NULL, NULL, NULL, '', '');
INSERT INTO case_side VALUES (1, 'a', 3, '{"building": "7", "unit": "1"}', 'no', '');
INSERT INTO case_side VALUES (1, 'b', NULL, NULL, '', '');
INSERT INTO case_side VALUES (2, 'a', 4, '{"building": "7", "unit": "1"}', 'no', '');
INSERT INTO case_side VALUES (2, 'b', NULL, NULL, '', '');
INSERT INTO case_side VALUES (3, 'a', 1, '{"building": "3", "unit": "2"}', 'no', '');
INSERT INTO case_side VALUES (3, 'b', NULL, NULL, '', '');
INSERT INTO case_word VALUES (1, 1, 'party', 3, '北门修鞋的老钱', 1772413200000);
INSERT INTO case_word VALUES (2, 1, 'topic', 3, '修鞋的钱算不拢', 1772413200000);
INSERT INTO case_word VALUES (3, 1, 'wish', 3, '把话说清楚就行', 1772413200000);
INSERT INTO case_word VALUES (4, 2, 'party', 4, '一楼的小吴', 1772413800000);
INSERT INTO case_word VALUES (5, 2, 'topic', 4, '电瓶车老堵着单元门', 1772413800000);
INSERT INTO case_word VALUES (6, 2, 'wish', 4, '停到车棚去', 1772413800000);
INSERT INTO case_word VALUES (7, 3, 'party', 1, '何老师', 1772414400000);
INSERT INTO case_word VALUES (8, 3, 'topic', 1, '他占了我的晾衣绳', 1772414400000);
INSERT INTO case_word VALUES (9, 3, 'wish', 1, '还给我就行', 1772414400000);
INSERT INTO case_step VALUES (1, 1, 'file', 'a', 3, 1772413200000);
INSERT INTO case_step VALUES (2, 1, 'withdraw', 'a', 3, 1772413200000);
INSERT INTO case_step VALUES (3, 2, 'file', 'a', 4, 1772413800000);
INSERT INTO case_step VALUES (4, 2, 'pass', '', 12, 1772413800000);
INSERT INTO case_step VALUES (5, 2, 'take', '', 11, 1772413800000);
INSERT INTO case_step VALUES (6, 2, 'refer', '', 11, 1772413800000);
INSERT INTO case_step VALUES (7, 3, 'file', 'a', 1, 1772414400000);
INSERT INTO case_step VALUES (8, 3, 'named', '', 11, 1772414400000);
