-- mediation_ways_out.chat line 208
-- at 2026-03-05T01:00:00+00:00
-- button ["liujie", "liujie", "enroute:7:0", "出发了", "live"]
-- button ["liujie", "liujie", "there:7:0", "到了", "live"]
-- button ["liujie", "liujie", "solved:7:0", "解决了", "live"]
-- button ["liujie", "liujie", "pass:7:0", "转给别人", "live"]
-- button ["liujie", "liujie", "hold:7:0", "我来管", "live"]
-- button ["desk", "liujie", "take:7:0", "我来管", "live"]
-- button ["he", "he", "case_hurt:6:a", "陈阿婆", "live"]
-- button ["he", "he", "case_talk:6:a", "跟陈阿婆说", "live"]
-- button ["he", "he", "case_invite:6:0", "问对方", "stale"]
-- button ["he", "he", "case_refer:6:0", "请别人帮", "live"]
-- button ["he", "he", "case_recuse:6:0", "我要回避", "stale"]
-- button ["he", "he", "case_take:6:0", "我来调", "live"]
-- button ["he", "he", "case_pass:6:0", "这次不行", "stale"]
-- button ["chen", "chen", "case_leave:6:0", "不调了", "stale"]
-- button ["chen", "chen", "answer:yes:6", "对", "stale"]
-- button ["liujie", "liujie", "cause:5:real", "真的", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'mediation', 'case', 'withdrawn', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772413200000, 1772420400000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'mediation', 'case', 'referred', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772413800000, 1772421000000, 1772413800000, 1772413800000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (3, 1, 'mediation', 'case', 'withdrawn', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772414400000, 1772421600000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (4, 1, 'mediation', 'case', 'referred', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772586000000, 1772593200000, 1772586000000, 1772586000000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (5, 1, 'desk', 'task', 'done', 'quiet', 'P0', 'desk', 7, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '', '我家老头子 他上个月推了我一把 / 回了：不方便说话', '{}', '稻香', 1772672400000, 1772672700000, 1772672400000, 1772672400000, 1772672400000, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (6, 1, 'mediation', 'case', 'halted', 'mediation', 'P2', 'mediators', NULL, NULL, NULL, NULL, '{}', '', '', '{}', '', 1772672400000, 1772679600000, 1772672400000, 1772672400000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (7, 1, 'desk', 'task', 'accepted', 'quiet', 'P0', 'desk', 7, 3, 3, '7', '{"building": "7", "unit": "1", "room": "302"}', '', '调解员何老师说，这个人挨了打或者受了威胁。先问何老师，别惊动家里人。', '{}', '石榴', 1772672400000, 1772672700000, 1772672400000, 1772672400000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
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
INSERT INTO ticket_event VALUES (12, 4, 'refer', 1772586000000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (13, 5, 'open', 1772672400000, 1, 'talk:130-47', '{"category": "quiet", "urgency": "P0", "queue": "desk", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "", "words": "我家老头子 他上个月推了我一把", "slots": "{}", "code": "稻香", "opened_at": 1772672400000, "promised_at": 1772672700000}');
INSERT INTO ticket_event VALUES (14, 5, 'append', 1772672400000, 1, 'talk:143-48', '{"words": "我家老头子 他上个月推了我一把 / 回了：不方便说话"}');
INSERT INTO ticket_event VALUES (15, 5, 'accept', 1772672400000, 7, 'talk:146-49', '{"owner": 7, "accepted_at": 1772672400000, "responded_at": 1772672400000}');
INSERT INTO ticket_event VALUES (16, 5, 'finish', 1772672400000, 7, 'talk:157-50', '{"done_at": 1772672400000}');
INSERT INTO ticket_event VALUES (17, 6, 'file', 1772672400000, NULL, 'case', '{"category": "mediation", "queue": "mediators", "opened_at": 1772672400000, "promised_at": 1772679600000}');
INSERT INTO ticket_event VALUES (18, 6, 'take', 1772672400000, NULL, 'case', '{"responded_at": 1772672400000, "accepted_at": 1772672400000}');
INSERT INTO ticket_event VALUES (19, 6, 'halt', 1772672400000, NULL, 'case', '{}');
INSERT INTO ticket_event VALUES (20, 7, 'open', 1772672400000, 3, 'talk:192-61', '{"category": "quiet", "urgency": "P0", "queue": "desk", "reporter": 3, "chat": 3, "place": "{\"building\": \"7\", \"unit\": \"1\", \"room\": \"302\"}", "object": "", "words": "调解员何老师说，这个人挨了打或者受了威胁。先问何老师，别惊动家里人。", "slots": "{}", "code": "石榴", "opened_at": 1772672400000, "promised_at": 1772672700000}');
INSERT INTO ticket_event VALUES (21, 7, 'accept', 1772672400000, 7, 'talk:208-63', '{"owner": 7, "accepted_at": 1772672400000, "responded_at": 1772672400000}');
INSERT INTO claim VALUES (1, 5, 7, 1772672400000, 1772672400000, 1);
INSERT INTO claim VALUES (2, 7, 7, 1772672400000, NULL, 1);
INSERT INTO question VALUES (1, 3, 3, 'discreet', 7, '{}', 1772672400000);
INSERT INTO relay VALUES (7, 3, 3, 7, 7, 1772672400000);
INSERT INTO outbox VALUES (1, 14, 'desk:5', 'answer', 1, 5, NULL, 3, 'sent', 0, '66', 1772672400000);
INSERT INTO outbox VALUES (2, 7, 'alert:5', 'emergency', 0, 5, NULL, 2, 'sent', 0, '71', 1772672400000);
INSERT INTO outbox VALUES (3, 1, NULL, 'emergency', 0, 5, NULL, 1, 'sent', 0, '68', 1772672400000);
INSERT INTO outbox VALUES (4, 7, NULL, 'emergency', 0, 5, NULL, 1, 'sent', 0, '69', 1772672400000);
INSERT INTO outbox VALUES (5, 1, NULL, 'emergency', 0, 5, NULL, 1, 'sent', 0, '70', 1772672400000);
INSERT INTO outbox VALUES (6, 1, NULL, 'emergency', 0, 5, NULL, 1, 'sent', 0, '72', 1772672400000);
INSERT INTO outbox VALUES (9, 7, NULL, 'answer', 1, 5, NULL, 1, 'sent', 0, '75', 1772672400000);
INSERT INTO outbox VALUES (10, 7, NULL, 'answer', 1, 5, NULL, 1, 'sent', 0, '76', 1772672400000);
INSERT INTO outbox VALUES (11, 14, 'desk:7', 'answer', 1, 7, '{"text": "#7 要人管\n7号楼 · 急事\n已有人接 ✓"}', 2, 'pending', 0, '89', 1772672400000);
INSERT INTO outbox VALUES (12, 7, 'alert:7', 'emergency', 0, 7, '{"text": "7 号归您管了。\n陈阿婆，7号楼1单元302\n电话：5550 0103\n说的是：调解员何老师说，这个人挨了打或者受了威胁。先问何老师，别惊动家里人。\n别打电话惊动，别告诉家里人，别劝和。\n先报 110。", "buttons": [[{"label": "出发了", "data": "enroute:7:0"}, {"label": "到了", "data": "there:7:0"}], [{"label": "解决了", "data": "solved:7:0"}, {"label": "转给别人", "data": "pass:7:0"}]], "anew": true}', 2, 'pending', 0, '90', 1772672400000);
INSERT INTO outbox VALUES (13, 3, NULL, 'emergency', 0, 7, NULL, 1, 'sent', 0, '91', 1772672400000);
INSERT INTO outbox VALUES (14, 3, NULL, 'emergency', 0, 7, '{"text": "您问的事，刘姐看到了。"}', 1, 'pending', 0, NULL, 1772672400000);
INSERT INTO agenda VALUES ('keep.nightly', 1772737200000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:7', 1772757000000, 'ticket.watch', 3, NULL, 7, '{"step": "daily"}', 0);
INSERT INTO agenda VALUES ('incident:7', 1772673300000, 'incident.step', NULL, NULL, 7, '{}', 0);
INSERT INTO incident VALUES (5, '58a801186c6c', 'danger', 'security', 'violence', '["security", "quiet"]', 'closed', 1, 7, 1, NULL, 'real', 1772672400000, 1772672400000, 1772672400000, NULL, 1772672400000, 1772672400000, 1772672400000);
INSERT INTO incident VALUES (7, '0030c17f37d2', 'danger', 'security', 'violence', '["security", "quiet"]', 'held', 3, 7, 1, 1772673300000, NULL, 1772672400000, 1772672400000, 1772672400000, NULL, NULL, 1772672400000, 1772672400000);
INSERT INTO incident_mark VALUES ('58a801186c6c', 5);
INSERT INTO incident_mark VALUES ('0030c17f37d2', 7);
INSERT INTO incident_step VALUES (1, 5, 'open', 1772672400000, 1, '{"family": "security", "sign": "violence"}');
INSERT INTO incident_step VALUES (2, 5, 'alert', 1772672400000, NULL, '{"count": 1, "rung": "duty"}');
INSERT INTO incident_step VALUES (3, 5, 'hold', 1772672400000, 7, '{}');
INSERT INTO incident_step VALUES (4, 5, 'solve', 1772672400000, 7, '{}');
INSERT INTO incident_step VALUES (5, 5, 'close', 1772672400000, 7, '{"cause": "real"}');
INSERT INTO incident_step VALUES (6, 7, 'open', 1772672400000, 3, '{"family": "security", "sign": "violence"}');
INSERT INTO incident_step VALUES (7, 7, 'alert', 1772672400000, NULL, '{"count": 1, "rung": "duty"}');
INSERT INTO incident_step VALUES (8, 7, 'hold', 1772672400000, 7, '{}');
INSERT INTO incident_alerted VALUES (5, 7, 'duty', 1772672400000);
INSERT INTO incident_alerted VALUES (7, 7, 'duty', 1772672400000);
INSERT INTO reading VALUES (1, 11, 4, 2, 'case', 1772413800000);
INSERT INTO reading VALUES (2, 11, 2, 4, 'case', 1772586000000);
INSERT INTO reading VALUES (3, 11, 2, 4, 'case', 1772586000000);
INSERT INTO reading VALUES (4, 11, 2, 4, 'case', 1772586000000);
INSERT INTO reading VALUES (5, 11, 3, 6, 'case', 1772672400000);
INSERT INTO case_file VALUES (1, NULL, 12, NULL, '', '');
INSERT INTO case_file VALUES (2, 11, NULL, NULL, '', '');
INSERT INTO case_file VALUES (3, NULL, NULL, NULL, '', '');
INSERT INTO case_file VALUES (4, 11, NULL, NULL, '', '');
INSERT INTO case_file VALUES (6, 11, NULL, NULL, '', '');
INSERT INTO case_side VALUES (1, 'a', 3, '{"building": "7", "unit": "1"}', 'no', '');
INSERT INTO case_side VALUES (1, 'b', NULL, NULL, '', '');
INSERT INTO case_side VALUES (2, 'a', 4, '{"building": "7", "unit": "1"}', 'no', '');
INSERT INTO case_side VALUES (2, 'b', NULL, NULL, '', '');
INSERT INTO case_side VALUES (3, 'a', 1, '{"building": "3", "unit": "2"}', 'no', '');
INSERT INTO case_side VALUES (3, 'b', NULL, NULL, '', '');
INSERT INTO case_side VALUES (4, 'a', 2, '{"building": "9", "unit": "1"}', 'yes', '');
INSERT INTO case_side VALUES (4, 'b', NULL, '{"building": "9", "unit": "1"}', 'no', '');
INSERT INTO case_side VALUES (6, 'a', 3, '{"building": "7", "unit": "1"}', 'yes', '');
INSERT INTO case_side VALUES (6, 'b', NULL, '{"building": "7", "unit": "1"}', '', '');
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
INSERT INTO case_word VALUES (13, 6, 'party', 3, '楼上的老马', 1772672400000);
INSERT INTO case_word VALUES (14, 6, 'topic', 3, '他家空调水老滴到我家窗台上', 1772672400000);
INSERT INTO case_word VALUES (15, 6, 'wish', 3, '接根管子就行', 1772672400000);
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
INSERT INTO case_step VALUES (15, 4, 'refer', '', 2, 1772586000000);
INSERT INTO case_step VALUES (16, 6, 'file', 'a', 3, 1772672400000);
INSERT INTO case_step VALUES (17, 6, 'take', '', 11, 1772672400000);
INSERT INTO case_step VALUES (18, 6, 'halt', '', 11, 1772672400000);
