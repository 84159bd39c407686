-- mediation_phone.chat line 73
-- at 2026-03-04T02:30:00+00:00
-- button ["he", "he", "case_for_yes:1:b", "对方说行", "stale"]
-- button ["he", "he", "case_for_no:1:b", "对方说不行", "stale"]
-- button ["he", "he", "case_at:1:1772503200", "明天上午10点", "stale"]
-- button ["he", "he", "case_ask:1:0", "打电话问", "stale"]
-- button ["he", "he", "case_invite:1:0", "问对方", "stale"]
-- button ["he", "he", "case_pass:1:0", "这次不行", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'mediation', 'case', 'willing', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772413200000, 1772420400000, 1772413200000, 1772413200000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'file', 1772413200000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772413200000, "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'take', 1772413200000, NULL, 'case', '{"responded_at": 1772413200000, "accepted_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'invite', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (4, 1, 'consent', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (5, 1, 'propose', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (6, 1, 'back', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (7, 1, 'propose', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (8, 1, 'set', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (9, 1, 'draft', 1772591400000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (10, 1, 'reject', 1772591400000, NULL, 'case', '{}');
INSERT INTO question VALUES (1, 11, 11, 'case_text', 1, '{}', 1772591400000);
INSERT INTO outbox VALUES (1, 11, NULL, 'answer', 1, NULL, '{"text": "说好了什么？一句一句写明白：谁、什么时候、做什么。"}', 1, 'pending', 0, NULL, 1772591400000);
INSERT INTO agenda VALUES ('keep.nightly', 1772650800000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('case:1', 1772850600000, 'case.look', NULL, NULL, 1, '{"step": "quiet"}', 0);
INSERT INTO reading VALUES (1, 11, 3, 1, 'case', 1772413200000);
INSERT INTO reading VALUES (2, 11, 3, 1, 'case', 1772413200000);
INSERT INTO reading VALUES (3, 11, 3, 1, 'case', 1772413200000);
INSERT INTO case_file VALUES (1, 11, NULL, 1772589600000, 'desk', '');
INSERT INTO case_side VALUES (1, 'a', 3, '{"building": "7", "unit": "1"}', 'yes', 'no');
INSERT INTO case_side VALUES (1, 'b', NULL, '{"building": "7", "unit": "1"}', 'yes', '');
INSERT INTO case_word VALUES (1, 1, 'party', 3, '楼上的老马', 1772413200000);
INSERT INTO case_word VALUES (2, 1, 'topic', 3, '他家空调水老滴到我家窗台上', 1772413200000);
INSERT INTO case_word VALUES (3, 1, 'wish', 3, '接根管子就行', 1772413200000);
INSERT INTO case_word VALUES (4, 1, 'deal', 11, '老马三天内接一根水管，不往陈阿婆窗台上滴', 1772591400000);
INSERT INTO case_step VALUES (1, 1, 'file', 'a', 3, 1772413200000);
INSERT INTO case_step VALUES (2, 1, 'take', '', 11, 1772413200000);
INSERT INTO case_step VALUES (3, 1, 'invite', '', 11, 1772413200000);
INSERT INTO case_step VALUES (4, 1, 'consent', 'b', 11, 1772413200000);
INSERT INTO case_step VALUES (5, 1, 'propose', '', 11, 1772413200000);
INSERT INTO case_step VALUES (6, 1, 'time_no', 'a', 3, 1772413200000);
INSERT INTO case_step VALUES (7, 1, 'back', 'a', 3, 1772413200000);
INSERT INTO case_step VALUES (8, 1, 'propose', '', 11, 1772413200000);
INSERT INTO case_step VALUES (9, 1, 'time_yes', 'a', 3, 1772413200000);
INSERT INTO case_step VALUES (10, 1, 'time_yes', 'b', 11, 1772413200000);
INSERT INTO case_step VALUES (11, 1, 'set', 'b', 11, 1772413200000);
INSERT INTO case_step VALUES (12, 1, 'draft', '', 11, 1772591400000);
INSERT INTO case_step VALUES (13, 1, 'deal_no', 'a', 3, 1772591400000);
INSERT INTO case_step VALUES (14, 1, 'reject', 'a', 3, 1772591400000);
