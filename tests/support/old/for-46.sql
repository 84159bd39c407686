-- for.chat line 46
-- at 2026-03-02T02:30:00+00:00
-- button ["xiaoli", "xiaoli", "rate_good:1:1", "满意", "stale"]
-- button ["xiaoli", "xiaoli", "rate_fair:1:1", "一般", "stale"]
-- button ["xiaoli", "xiaoli", "rate_bad:1:1", "不满意", "stale"]
-- button ["xiaoli", "xiaoli", "fixed_yes:1:1", "修好了", "stale"]
-- button ["xiaoli", "xiaoli", "fixed_no:1:1", "没修好", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'issue', 'task', 'rated', 'light', 'P2', 'volunteers', 6, 5, 5, '3', '{"text": "3号楼1单元201", "building": "3", "unit": "1", "room": "201"}', '灯', '3号楼1单元201 灯坏了', '{"for": "张大爷", "filer": "5", "risk": "no"}', '稻香', 1772413200000, 1772420400000, 1772413200000, 1772413200000, 1772413200000, 1772418600000, 'good', 1772418600000, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'issue', 'task', 'open', 'light', 'P2', 'volunteers', NULL, 4, 4, '3', '{"building": "3", "spot": "楼道"}', '楼道灯', '楼道灯不亮', '{"for": "孙大娘", "filer": "4", "risk": "no"}', '石榴', 1772418600000, 1772425800000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (3, 1, 'issue', 'task', 'open', 'leak', 'P1', 'volunteers', NULL, 4, 4, '7', '{"text": "7号楼1单元302", "building": "7", "unit": "1", "room": "302"}', '水管', '7号楼1单元302 厨房水管漏水了', '{"for": "陈阿婆", "filer": "4"}', '青菜', 1772418600000, 1772425800000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 5, 'talk:7-3', '{"category": "light", "urgency": "P2", "queue": "volunteers", "reporter": 5, "chat": 5, "place": "{\"text\": \"3号楼1单元201\", \"building\": \"3\", \"unit\": \"1\", \"room\": \"201\"}", "object": "灯", "words": "3号楼1单元201 灯坏了", "slots": "{\"for\": \"张大爷\", \"filer\": \"5\", \"risk\": \"no\"}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'accept', 1772413200000, 6, 'talk:12-4', '{"owner": 6, "accepted_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'finish', 1772413200000, 6, 'talk:22-5', '{"done_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (4, 1, 'confirm', 1772418600000, 5, 'talk:30-6', '{"confirmed_at": 1772418600000}');
INSERT INTO ticket_event VALUES (5, 1, 'rate', 1772418600000, 5, 'talk:32-7', '{"rating": "good", "rated_at": 1772418600000, "confirmed_at": 1772418600000}');
INSERT INTO ticket_event VALUES (6, 2, 'open', 1772418600000, 4, 'talk:39-10', '{"category": "light", "urgency": "P2", "queue": "volunteers", "reporter": 4, "chat": 4, "place": "{\"building\": \"3\", \"spot\": \"楼道\"}", "object": "楼道灯", "words": "楼道灯不亮", "slots": "{\"for\": \"孙大娘\", \"filer\": \"4\", \"risk\": \"no\"}", "code": "石榴", "opened_at": 1772418600000, "pictures": "[]", "promised_at": 1772425800000}');
INSERT INTO ticket_event VALUES (7, 3, 'open', 1772418600000, 4, 'talk:46-12', '{"category": "leak", "urgency": "P1", "queue": "volunteers", "reporter": 4, "chat": 4, "place": "{\"text\": \"7号楼1单元302\", \"building\": \"7\", \"unit\": \"1\", \"room\": \"302\"}", "object": "水管", "words": "7号楼1单元302 厨房水管漏水了", "slots": "{\"for\": \"陈阿婆\", \"filer\": \"4\"}", "code": "青菜", "opened_at": 1772418600000, "pictures": "[]", "promised_at": 1772425800000}');
INSERT INTO claim VALUES (1, 1, 6, 1772413200000, 1772413200000, 1);
INSERT INTO question VALUES (1, 3, 3, 'mine', 3, '{}', 1772418600000);
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 3, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (2, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (3, 6, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (4, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '6', 1772413200000);
INSERT INTO outbox VALUES (5, 6, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (6, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '8', 1772413200000);
INSERT INTO outbox VALUES (7, 5, NULL, 'survey', 3, 1, NULL, 1, 'sent', 0, '9', 1772415000000);
INSERT INTO outbox VALUES (8, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '10', 1772418600000);
INSERT INTO outbox VALUES (9, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '11', 1772418600000);
INSERT INTO outbox VALUES (10, 13, 'ticket:2', 'answer', 1, 2, NULL, 1, 'sent', 0, '15', 1772418600000);
INSERT INTO outbox VALUES (11, 4, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '16', 1772418600000);
INSERT INTO outbox VALUES (12, 13, 'ticket:3', 'answer', 1, 3, '{"text": "#3 要紧\n7号楼 · 漏水\n今天中午12点半前要有人应。回复这条「接」也行。", "buttons": [[{"label": "我去", "data": "claim:3:0"}]]}', 1, 'pending', 0, NULL, 1772418600000);
INSERT INTO outbox VALUES (13, 3, NULL, 'answer', 1, 3, '{"text": "赵叔替您报了一件事：7号楼水管。是您的事吗？", "buttons": [[{"label": "是我的", "data": "agree:3:1"}, {"label": "不是", "data": "refuse:3:1"}]]}', 1, 'pending', 0, NULL, 1772418600000);
INSERT INTO outbox VALUES (14, 4, NULL, 'answer', 1, 3, '{"text": "记下了，是 3 号。两小时内有人回您。"}', 1, 'pending', 0, NULL, 1772418600000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:2', 1772422200000, 'ticket.watch', 4, NULL, 2, '{"step": "half"}', 0);
INSERT INTO agenda VALUES ('watch:3', 1772422200000, 'ticket.watch', 4, NULL, 3, '{"step": "half"}', 0);
INSERT INTO reading VALUES (1, 6, 5, 1, 'claim', 1772413200000);
INSERT INTO other VALUES (5, '张大爷', '{"text": "3号楼1单元201", "building": "3", "unit": "1", "room": "201"}', NULL, 1772413200000);
INSERT INTO other VALUES (4, '孙大娘', '{"text": "三号楼", "building": "3"}', NULL, 1772418600000);
INSERT INTO other VALUES (4, '陈阿婆', '{"text": "7号楼1单元302", "building": "7", "unit": "1", "room": "302"}', NULL, 1772418600000);
