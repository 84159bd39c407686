-- mediation.chat line 56
-- at 2026-03-02T01:00:00+00:00
-- button ["he", "he", "case_at:1:1772503200", "明天上午10点", "live"]
-- button ["he", "he", "case_place:1:phone", "手机上说", "live"]
-- button ["he", "he", "case_time:1:0", "约时间", "live"]
-- button ["he", "he", "case_deal:1:0", "说好了", "live"]
-- button ["he", "he", "case_recuse:1:0", "我要回避", "live"]
-- button ["he", "he", "case_over:1:0", "说完了", "live"]
-- button ["zhao", "zhao", "case_yes:1:1", "愿意听听", "stale"]
-- button ["zhao", "zhao", "case_no:1:1", "不愿意", "stale"]
-- button ["he", "he", "case_ask:1:4", "问赵叔", "stale"]
-- button ["he", "he", "case_invite:1:0", "问对方", "stale"]
-- button ["he", "he", "case_pass:1:0", "这次不行", "stale"]
-- button ["wang", "wang", "case_leave:1:0", "不调了", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'mediation', 'case', 'willing', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772413200000, 1772420400000, 1772413200000, 1772413200000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'file', 1772413200000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772413200000, "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'take', 1772413200000, NULL, 'case', '{"responded_at": 1772413200000, "accepted_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'invite', 1772413200000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (4, 1, 'consent', 1772413200000, NULL, 'case', '{}');
INSERT INTO question VALUES (1, 11, 11, 'case_when', 1, '{"place": "phone"}', 1772413200000);
INSERT INTO outbox VALUES (1, 11, NULL, 'answer', 1, NULL, '{"text": "约什么时候？点一个，或者直接说，比如：周四下午三点。", "buttons": [[{"label": "明天上午10点", "data": "case_at:1:1772503200"}], [{"label": "明天下午3点", "data": "case_at:1:1772521200"}], [{"label": "后天上午10点", "data": "case_at:1:1772589600"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('case:1', 1772672400000, 'case.look', NULL, NULL, 1, '{"step": "quiet"}', 0);
INSERT INTO reading VALUES (1, 11, 1, 1, 'case', 1772413200000);
INSERT INTO reading VALUES (2, 11, 1, 1, 'case', 1772413200000);
INSERT INTO reading VALUES (3, 11, 1, 1, 'case', 1772413200000);
INSERT INTO case_file VALUES (1, 11, NULL, NULL, '', '');
INSERT INTO case_side VALUES (1, 'a', 1, '{"building": "3", "unit": "2"}', 'yes', '');
INSERT INTO case_side VALUES (1, 'b', 4, '{"building": "7"}', 'yes', '');
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
