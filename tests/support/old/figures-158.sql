-- figures.chat line 158
-- at 2026-03-03T02:00:00+00:00
-- button ["wang", "wang", "door:issue:0", "报修", "live"]
-- button ["wang", "wang", "human:0:0", "找人", "live"]
-- button ["zhuren", "zhuren", "figures:queues.20260301.20260331:0", "按队看", "live"]
-- button ["property", "laozhao", "claim:2:0", "我去", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'issue', 'task', 'rated', 'leak', 'P1', 'volunteers', 5, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '水管', '厨房水管漏水了', '{}', '稻香', 1772413200000, 1772420400000, 1772413200000, 1772413200000, 1772413200000, 1772415600000, 'good', 1772415600000, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'issue', 'task', 'open', 'lift', 'P1', 'desk', NULL, 3, 3, '3', '{"text": "三号楼电梯", "building": "3", "spot": "电梯"}', '电梯', '三号楼电梯坏了', '{}', '石榴', 1772415600000, 1772422800000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:5-2', '{"category": "leak", "urgency": "P1", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "水管", "words": "厨房水管漏水了", "slots": "{}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'accept', 1772413200000, 5, 'talk:10-3', '{"owner": 5, "accepted_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'finish', 1772413200000, 5, 'talk:20-4', '{"done_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (4, 1, 'confirm', 1772415600000, 1, 'talk:28-5', '{"confirmed_at": 1772415600000}');
INSERT INTO ticket_event VALUES (5, 1, 'rate', 1772415600000, 1, 'talk:30-6', '{"rating": "good", "rated_at": 1772415600000, "confirmed_at": 1772415600000}');
INSERT INTO ticket_event VALUES (6, 2, 'open', 1772415600000, 3, 'talk:35-8', '{"category": "lift", "urgency": "P1", "queue": "property", "reporter": 3, "chat": 3, "place": "{\"text\": \"三号楼电梯\", \"building\": \"3\", \"spot\": \"电梯\"}", "object": "电梯", "words": "三号楼电梯坏了", "slots": "{}", "code": "石榴", "opened_at": 1772415600000, "pictures": "[]", "promised_at": 1772422800000}');
INSERT INTO ticket_event VALUES (7, 2, 'hand', 1772422800000, NULL, 'watch:2', '{"queue": "desk"}');
INSERT INTO claim VALUES (1, 1, 5, 1772413200000, 1772413200000, 1);
INSERT INTO question VALUES (1, 1, 1, 'unclear', NULL, '{}', 1772503200000);
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 3, 'sent', 0, '2', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (3, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (5, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '6', 1772413200000);
INSERT INTO outbox VALUES (6, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (7, 1, NULL, 'survey', 3, 1, NULL, 1, 'sent', 0, '8', 1772415000000);
INSERT INTO outbox VALUES (8, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '9', 1772415600000);
INSERT INTO outbox VALUES (9, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '10', 1772415600000);
INSERT INTO outbox VALUES (10, 15, 'ticket:2', 'answer', 1, 2, NULL, 1, 'sent', 0, '13', 1772415600000);
INSERT INTO outbox VALUES (11, 3, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '14', 1772415600000);
INSERT INTO outbox VALUES (12, 15, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '16', 1772419200000);
INSERT INTO outbox VALUES (13, 14, 'desk:2', 'answer', 1, 2, NULL, 3, 'sent', 0, '15', 1772419200000);
INSERT INTO outbox VALUES (14, 3, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '17', 1772422800000);
INSERT INTO outbox VALUES (15, 14, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '18', 1772422800000);
INSERT INTO outbox VALUES (16, 14, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '19', 1772497800000);
INSERT INTO outbox VALUES (17, 1, NULL, 'answer', 1, NULL, '{"text": "我没听明白。是东西坏了，还是想找人说？", "buttons": [[{"label": "报修", "data": "door:issue:0"}, {"label": "找帮手", "data": "door:help:0"}], [{"label": "约服务", "data": "door:booking:0"}, {"label": "评评理", "data": "door:mediation:0"}], [{"label": "找人", "data": "human:0:0"}]]}', 1, 'pending', 0, NULL, 1772503200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772564400000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:2', 1772584200000, 'ticket.watch', 3, NULL, 2, '{"step": "daily"}', 0);
INSERT INTO reading VALUES (1, 5, 1, 1, 'claim', 1772413200000);
