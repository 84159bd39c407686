-- danger_cry.chat line 46
-- at 2026-03-02T01:00:00+00:00
-- button ["liujie", "liujie", "hold:2:0", "我来管", "live"]
-- button ["liujie", "liujie", "cause:1:real", "真的", "stale"]
-- button ["liujie", "liujie", "enroute:1:0", "出发了", "live"]
-- button ["liujie", "liujie", "there:1:0", "到了", "stale"]
-- button ["liujie", "liujie", "solved:1:0", "解决了", "stale"]
-- button ["liujie", "liujie", "pass:1:0", "转给别人", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'desk', 'task', 'done', 'danger', 'P0', 'desk', 7, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '', '急 / 救命 / 按错了 / /急', '{}', '稻香', 1772413200000, 1772413500000, 1772413200000, 1772413200000, 1772413200000, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'desk', 'task', 'open', 'danger', 'P0', 'desk', NULL, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '', '急', '{}', '石榴', 1772413200000, 1772413500000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:5-2', '{"category": "danger", "urgency": "P0", "queue": "desk", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "", "words": "急", "slots": "{}", "code": "稻香", "opened_at": 1772413200000, "promised_at": 1772413500000}');
INSERT INTO ticket_event VALUES (2, 1, 'append', 1772413200000, 1, 'talk:20-3', '{"words": "急 / 救命"}');
INSERT INTO ticket_event VALUES (3, 1, 'append', 1772413200000, 1, 'talk:21-4', '{"words": "急 / 救命 / 按错了"}');
INSERT INTO ticket_event VALUES (4, 1, 'append', 1772413200000, 1, 'talk:24-5', '{"words": "急 / 救命 / 按错了 / /急"}');
INSERT INTO ticket_event VALUES (5, 1, 'accept', 1772413200000, 7, 'talk:25-6', '{"owner": 7, "accepted_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (6, 1, 'finish', 1772413200000, 7, 'talk:36-7', '{"done_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (7, 2, 'open', 1772413200000, 1, 'talk:46-10', '{"category": "danger", "urgency": "P0", "queue": "desk", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "", "words": "急", "slots": "{}", "code": "石榴", "opened_at": 1772413200000, "promised_at": 1772413500000}');
INSERT INTO claim VALUES (1, 1, 7, 1772413200000, 1772413200000, 1);
INSERT INTO dialogue VALUES (1, 1, 1772413200000, '{"chat": 1, "person": 1, "flow": "issue", "slots": {"urgency": "P1", "category": "leak", "object": "水管", "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}"}, "words": "厨房水管漏水了", "asking": "confirm", "misses": 0, "turn": 1, "waiting": []}');
INSERT INTO outbox VALUES (1, 14, 'desk:1', 'answer', 1, 1, NULL, 3, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (3, 7, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '6', 1772413200000);
INSERT INTO outbox VALUES (5, 7, 'alert:1', 'emergency', 0, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (6, 1, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '8', 1772413200000);
INSERT INTO outbox VALUES (7, 1, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '9', 1772413200000);
INSERT INTO outbox VALUES (8, 7, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '10', 1772413200000);
INSERT INTO outbox VALUES (9, 7, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '11', 1772413200000);
INSERT INTO outbox VALUES (10, 14, 'desk:2', 'emergency', 0, 2, '{"text": "急 #2\n3号楼 · 危险\n居民说到危险，请马上打电话过去。", "buttons": [[{"label": "我来管", "data": "take:2:0"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO outbox VALUES (11, 7, 'alert:2', 'emergency', 0, 2, '{"text": "急 #2 第1次\n王奶奶，3号楼2单元501\n电话：5550 0101\n说的是：急\n以前误报过，先打电话核实。\n请马上打电话。\n看到就点「我来管」。", "buttons": [[{"label": "我来管", "data": "hold:2:0"}]], "anew": true}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO outbox VALUES (12, 1, NULL, 'emergency', 0, 2, '{"text": "人不舒服打 120。\n着火、困住了打 119。\n有坏人打 110。\n能说话，就说一句出了什么事。\n我在找社区的人，有人应了马上告诉您。"}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('form:1', 1772416800000, 'form.quiet', 1, 1, NULL, '{"step": "nudge"}', 0);
INSERT INTO agenda VALUES ('watch:2', 1772413500000, 'ticket.watch', 1, NULL, 2, '{"step": "promise"}', 0);
INSERT INTO agenda VALUES ('incident:2', 1772413260000, 'incident.step', NULL, NULL, 2, '{}', 0);
INSERT INTO incident VALUES (1, '170351372058', 'danger', 'unknown', 'cry', '["unknown"]', 'closed', 1, 7, 1, NULL, 'false', 1772413200000, 1772413200000, 1772413200000, NULL, 1772413200000, 1772413200000, 1772413200000);
INSERT INTO incident VALUES (2, '6c0bcf1eea8f', 'danger', 'unknown', 'cry', '["unknown"]', 'open', 1, NULL, 1, 1772413260000, NULL, 1772413200000, 1772413200000, NULL, NULL, NULL, 1772413200000, 1772413200000);
INSERT INTO incident_mark VALUES ('170351372058', 1);
INSERT INTO incident_mark VALUES ('e66f032fe249', 1);
INSERT INTO incident_mark VALUES ('da0997700734', 1);
INSERT INTO incident_mark VALUES ('6c0bcf1eea8f', 2);
INSERT INTO incident_step VALUES (1, 1, 'open', 1772413200000, 1, '{"family": "unknown", "sign": "cry"}');
INSERT INTO incident_step VALUES (2, 1, 'alert', 1772413200000, NULL, '{"count": 1, "rung": "direct"}');
INSERT INTO incident_step VALUES (3, 1, 'again', 1772413200000, 1, '{"family": "unknown", "sign": "cry"}');
INSERT INTO incident_step VALUES (4, 1, 'calm', 1772413200000, 1, '{}');
INSERT INTO incident_step VALUES (5, 1, 'again', 1772413200000, 1, '{"family": "unknown", "sign": "cry"}');
INSERT INTO incident_step VALUES (6, 1, 'hold', 1772413200000, 7, '{}');
INSERT INTO incident_step VALUES (7, 1, 'solve', 1772413200000, 7, '{}');
INSERT INTO incident_step VALUES (8, 1, 'close', 1772413200000, 7, '{"cause": "false"}');
INSERT INTO incident_step VALUES (9, 2, 'open', 1772413200000, 1, '{"family": "unknown", "sign": "cry"}');
INSERT INTO incident_step VALUES (10, 2, 'alert', 1772413200000, NULL, '{"count": 1, "rung": "duty"}');
INSERT INTO incident_alerted VALUES (1, 7, 'direct', 1772413200000);
INSERT INTO incident_alerted VALUES (2, 7, 'duty', 1772413200000);
INSERT INTO caution VALUES (1, 8, 1772413200000);
