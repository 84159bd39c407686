-- danger_door.chat line 94
-- at 2026-03-02T01:05:00+00:00
-- button ["liujie", "liujie", "cause:2:real", "真的", "live"]
-- button ["liujie", "liujie", "over:2:0", "结束", "live"]
-- button ["liujie", "liujie", "there:2:0", "到了", "stale"]
-- button ["wang", "wang", "athome:2:0", "我在家，没事", "stale"]
-- button ["xiaoli", "xiaoli", "arrive:1:0", "到了", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'issue', 'task', 'enroute', 'leak', 'P1', 'volunteers', 5, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '水管', '厨房水管漏水了', '{}', '稻香', 1772413200000, 1772420400000, 1772413200000, 1772413200000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'desk', 'task', 'done', 'welfare', 'P0', 'desk', 7, 5, 5, '3', '{"building": "3", "unit": "2", "room": "501"}', '', '敲了五分钟没人开,电话也不接 / 我在家，没事 / 开门了,人没事', '{}', '石榴', 1772413200000, 1772413500000, 1772413500000, 1772413500000, 1772413500000, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:5-2', '{"category": "leak", "urgency": "P1", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "水管", "words": "厨房水管漏水了", "slots": "{}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'accept', 1772413200000, 5, 'talk:10-3', '{"owner": 5, "accepted_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'start', 1772413200000, 5, 'talk:20-4', '{}');
INSERT INTO ticket_event VALUES (4, 1, 'append', 1772413200000, 5, 'talk:26-5', '{}');
INSERT INTO ticket_event VALUES (5, 2, 'open', 1772413200000, 5, 'talk:26-5', '{"category": "welfare", "urgency": "P0", "queue": "desk", "reporter": 5, "chat": 5, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "", "words": "敲了五分钟没人开,电话也不接", "slots": "{}", "code": "石榴", "opened_at": 1772413200000, "promised_at": 1772413500000}');
INSERT INTO ticket_event VALUES (6, 2, 'append', 1772413500000, 1, 'talk:75-6', '{"words": "敲了五分钟没人开,电话也不接 / 我在家，没事"}');
INSERT INTO ticket_event VALUES (7, 2, 'accept', 1772413500000, 7, 'talk:80-7', '{"owner": 7, "accepted_at": 1772413500000, "responded_at": 1772413500000}');
INSERT INTO ticket_event VALUES (8, 2, 'append', 1772413500000, 5, 'talk:92-8', '{"words": "敲了五分钟没人开,电话也不接 / 我在家，没事 / 开门了,人没事"}');
INSERT INTO ticket_event VALUES (9, 2, 'finish', 1772413500000, 7, 'talk:94-9', '{"done_at": 1772413500000}');
INSERT INTO claim VALUES (1, 1, 5, 1772413200000, NULL, 1);
INSERT INTO claim VALUES (2, 2, 7, 1772413500000, 1772413500000, 1);
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 3, 'sent', 0, '2', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (3, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (5, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '6', 1772413200000);
INSERT INTO outbox VALUES (6, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (7, 5, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '8', 1772413200000);
INSERT INTO outbox VALUES (8, 14, 'desk:2', 'answer', 1, 2, '{"text": "#2 要人管\n3号楼 · 敲门没人开\n办好了 ✓"}', 4, 'pending', 0, '9', 1772413200000);
INSERT INTO outbox VALUES (9, 7, 'alert:2', 'emergency', 0, 2, NULL, 6, 'sent', 0, '22', 1772413200000);
INSERT INTO outbox VALUES (10, 1, NULL, 'emergency', 0, 2, NULL, 1, 'sent', 0, '11', 1772413200000);
INSERT INTO outbox VALUES (11, 8, 'alert:2', 'emergency', 0, 2, NULL, 2, 'sent', 0, '23', 1772413500000);
INSERT INTO outbox VALUES (12, 14, NULL, 'emergency', 0, 2, NULL, 1, 'sent', 0, '17', 1772413500000);
INSERT INTO outbox VALUES (13, 7, NULL, 'emergency', 0, 2, NULL, 1, 'sent', 0, '18', 1772413500000);
INSERT INTO outbox VALUES (14, 8, NULL, 'emergency', 0, 2, NULL, 1, 'sent', 0, '19', 1772413500000);
INSERT INTO outbox VALUES (15, 5, NULL, 'emergency', 0, 2, NULL, 1, 'sent', 0, '20', 1772413500000);
INSERT INTO outbox VALUES (16, 1, NULL, 'emergency', 0, 2, NULL, 1, 'sent', 0, '21', 1772413500000);
INSERT INTO outbox VALUES (17, 5, NULL, 'emergency', 0, 2, NULL, 1, 'sent', 0, '24', 1772413500000);
INSERT INTO outbox VALUES (18, 7, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '25', 1772413500000);
INSERT INTO outbox VALUES (19, 5, NULL, 'answer', 1, NULL, '{"text": "刘姐先说到这里。有事您还叫我。"}', 1, 'pending', 0, NULL, 1772413500000);
INSERT INTO outbox VALUES (20, 7, NULL, 'answer', 1, NULL, '{"text": "2 号结束了。"}', 1, 'pending', 0, NULL, 1772413500000);
INSERT INTO outbox VALUES (21, 7, NULL, 'answer', 1, 2, '{"text": "2 号是真有事，还是误报？", "buttons": [[{"label": "真的", "data": "cause:2:real"}, {"label": "误报", "data": "cause:2:false"}, {"label": "演练", "data": "cause:2:drill"}]]}', 1, 'pending', 0, NULL, 1772413500000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:1', 1772427600000, 'ticket.watch', 1, NULL, 1, '{"step": "finish"}', 0);
INSERT INTO agenda VALUES ('incident:2', 1772499900000, 'incident.step', NULL, NULL, 2, '{}', 0);
INSERT INTO incident VALUES (2, 'f52165781efb', 'welfare', 'unknown', 'welfare', '["unknown", "welfare"]', 'solved', 1, 7, 6, 1772499900000, NULL, 1772413200000, 1772413200000, 1772413500000, NULL, NULL, 1772413500000, 1772413500000);
INSERT INTO incident_mark VALUES ('f52165781efb', 2);
INSERT INTO incident_step VALUES (1, 2, 'open', 1772413200000, 5, '{"family": "unknown", "sign": "welfare"}');
INSERT INTO incident_step VALUES (2, 2, 'alert', 1772413200000, NULL, '{"count": 1, "rung": "duty"}');
INSERT INTO incident_step VALUES (3, 2, 'alert', 1772413260000, NULL, '{"count": 2, "rung": "duty"}');
INSERT INTO incident_step VALUES (4, 2, 'alert', 1772413320000, NULL, '{"count": 3, "rung": "duty"}');
INSERT INTO incident_step VALUES (5, 2, 'alert', 1772413380000, NULL, '{"count": 4, "rung": "duty"}');
INSERT INTO incident_step VALUES (6, 2, 'alert', 1772413440000, NULL, '{"count": 5, "rung": "duty"}');
INSERT INTO incident_step VALUES (7, 2, 'alert', 1772413500000, NULL, '{"count": 6, "rung": "manager"}');
INSERT INTO incident_step VALUES (8, 2, 'calm', 1772413500000, 1, '{}');
INSERT INTO incident_step VALUES (9, 2, 'hold', 1772413500000, 7, '{}');
INSERT INTO incident_step VALUES (10, 2, 'solve', 1772413500000, 7, '{}');
INSERT INTO incident_alerted VALUES (2, 7, 'duty', 1772413200000);
INSERT INTO incident_alerted VALUES (2, 8, 'manager', 1772413500000);
INSERT INTO reading VALUES (1, 5, 1, 1, 'claim', 1772413200000);
