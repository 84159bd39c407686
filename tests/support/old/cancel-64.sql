-- cancel.chat line 64
-- at 2026-03-02T01:30:00+00:00
-- button ["wang", "wang", "cancel_yes:2:1", "对", "stale"]
-- button ["wang", "wang", "cancel_no:2:1", "还要", "stale"]
-- button ["xiaoli", "xiaoli", "defer:2:0", "晚点去", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'issue', 'task', 'cancelled', 'light', 'P2', 'volunteers', NULL, 1, 1, '3', '{"building": "3", "unit": "2", "spot": "楼道"}', '楼道灯', '楼道灯不亮', '{"risk": "no"}', '稻香', 1772413200000, 1772420400000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'issue', 'task', 'cancelled', 'leak', 'P1', 'volunteers', NULL, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '水管', '厨房水管漏水了', '{}', '石榴', 1772413200000, 1772420400000, 1772413200000, 1772413200000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (3, 1, 'issue', 'task', 'open', 'light', 'P2', 'volunteers', NULL, 3, 3, '8', '{"text": "8号楼", "building": "8", "unit": "1", "spot": "楼道"}', '楼道灯', '楼道灯不亮 / 刚才说错了，是8号楼', '{"risk": "no"}', '青菜', 1772415000000, 1772422200000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:7-3', '{"category": "light", "urgency": "P2", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"spot\": \"楼道\"}", "object": "楼道灯", "words": "楼道灯不亮", "slots": "{\"risk\": \"no\"}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'cancel', 1772413200000, 1, 'talk:12-4', '{"owner": null}');
INSERT INTO ticket_event VALUES (3, 2, 'open', 1772413200000, 1, 'talk:23-8', '{"category": "leak", "urgency": "P1", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "水管", "words": "厨房水管漏水了", "slots": "{}", "code": "石榴", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (4, 2, 'accept', 1772413200000, 5, 'talk:28-9', '{"owner": 5, "accepted_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (5, 2, 'cancel', 1772415000000, 1, 'talk:46-13', '{"owner": null}');
INSERT INTO ticket_event VALUES (6, 3, 'open', 1772415000000, 3, 'talk:59-17', '{"category": "light", "urgency": "P2", "queue": "volunteers", "reporter": 3, "chat": 3, "place": "{\"building\": \"7\", \"unit\": \"1\", \"spot\": \"楼道\"}", "object": "楼道灯", "words": "楼道灯不亮", "slots": "{\"risk\": \"no\"}", "code": "青菜", "opened_at": 1772415000000, "pictures": "[]", "promised_at": 1772422200000}');
INSERT INTO ticket_event VALUES (7, 3, 'append', 1772415000000, 3, 'talk:64-18', '{"words": "楼道灯不亮 / 刚才说错了，是8号楼", "place": "{\"text\": \"8号楼\", \"building\": \"8\", \"unit\": \"1\", \"spot\": \"楼道\"}"}');
INSERT INTO claim VALUES (1, 2, 5, 1772413200000, 1772415000000, 1);
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 2, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (3, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (4, 13, 'ticket:2', 'answer', 1, 2, NULL, 3, 'sent', 0, '9', 1772413200000);
INSERT INTO outbox VALUES (5, 1, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '10', 1772413200000);
INSERT INTO outbox VALUES (6, 5, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '11', 1772413200000);
INSERT INTO outbox VALUES (7, 1, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '12', 1772413200000);
INSERT INTO outbox VALUES (8, 5, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '13', 1772415000000);
INSERT INTO outbox VALUES (9, 1, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '14', 1772415000000);
INSERT INTO outbox VALUES (10, 1, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '15', 1772415000000);
INSERT INTO outbox VALUES (11, 1, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '16', 1772415000000);
INSERT INTO outbox VALUES (13, 1, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '18', 1772415000000);
INSERT INTO outbox VALUES (14, 13, 'ticket:3', 'answer', 1, 3, '{"text": "#3\n8号楼 · 灯不亮\n今天上午11点半前要有人应。回复这条「接」也行。", "buttons": [[{"label": "我去", "data": "claim:3:0"}]]}', 2, 'pending', 0, '22', 1772415000000);
INSERT INTO outbox VALUES (15, 3, NULL, 'answer', 1, 3, NULL, 1, 'sent', 0, '23', 1772415000000);
INSERT INTO outbox VALUES (16, 3, NULL, 'answer', 1, 3, '{"text": "好，3 号改成了：8号楼1单元楼道。"}', 1, 'pending', 0, NULL, 1772415000000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:3', 1772418600000, 'ticket.watch', 3, NULL, 3, '{"step": "half"}', 0);
INSERT INTO reading VALUES (1, 5, 1, 2, 'claim', 1772413200000);
