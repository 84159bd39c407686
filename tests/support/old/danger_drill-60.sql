-- danger_drill.chat line 60
-- at 2026-03-02T02:05:00+00:00
-- button ["liujie", "liujie", "cause:2:real", "真的", "stale"]
-- button ["liujie", "liujie", "there:2:0", "到了", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'desk', 'task', 'done', 'drill', 'P3', 'desk', NULL, 8, 8, NULL, '{}', '', '', '{}', '', 1772416800000, 1772503200000, NULL, NULL, 1772416980000, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'desk', 'task', 'done', 'danger', 'P0', 'desk', 7, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '', '救命', '{}', '稻香', 1772416800000, 1772417100000, 1772416800000, 1772416800000, 1772416800000, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772416800000, 8, 'talk:5-2', '{"category": "drill", "urgency": "P3", "queue": "desk", "reporter": 8, "chat": 8, "opened_at": 1772416800000, "promised_at": 1772503200000}');
INSERT INTO ticket_event VALUES (2, 2, 'open', 1772416800000, 1, 'talk:17-5', '{"category": "danger", "urgency": "P0", "queue": "desk", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "", "words": "救命", "slots": "{}", "code": "稻香", "opened_at": 1772416800000, "promised_at": 1772417100000}');
INSERT INTO ticket_event VALUES (3, 2, 'accept', 1772416800000, 7, 'talk:32-6', '{"owner": 7, "accepted_at": 1772416800000, "responded_at": 1772416800000}');
INSERT INTO ticket_event VALUES (4, 2, 'finish', 1772416800000, 7, 'talk:43-7', '{"done_at": 1772416800000, "responded_at": 1772416800000}');
INSERT INTO ticket_event VALUES (5, 1, 'finish', 1772416980000, NULL, 'incident:1', '{"done_at": 1772416980000}');
INSERT INTO claim VALUES (1, 2, 7, 1772416800000, 1772416800000, 1);
INSERT INTO outbox VALUES (1, 7, 'alert:1', 'emergency', 0, 1, NULL, 1, 'sent', 0, '2', 1772416800000);
INSERT INTO outbox VALUES (3, 5, 'alert:1', 'emergency', 0, 1, NULL, 2, 'sent', 0, '15', 1772416800000);
INSERT INTO outbox VALUES (4, 14, 'desk:2', 'answer', 1, 2, NULL, 3, 'sent', 0, '8', 1772416800000);
INSERT INTO outbox VALUES (5, 1, NULL, 'emergency', 0, 2, NULL, 1, 'sent', 0, '9', 1772416800000);
INSERT INTO outbox VALUES (6, 7, 'alert:2', 'emergency', 0, 2, NULL, 1, 'sent', 0, '10', 1772416800000);
INSERT INTO outbox VALUES (7, 1, NULL, 'emergency', 0, 2, NULL, 1, 'sent', 0, '11', 1772416800000);
INSERT INTO outbox VALUES (8, 1, NULL, 'emergency', 0, 2, NULL, 1, 'sent', 0, '12', 1772416800000);
INSERT INTO outbox VALUES (9, 7, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '13', 1772416800000);
INSERT INTO outbox VALUES (10, 7, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '14', 1772416800000);
INSERT INTO outbox VALUES (12, 8, 'alert:1', 'emergency', 0, 1, '{"text": "【演练】第6次\n不是真事，试试大家多久能看到。\n看到就点「收到」。", "buttons": [[{"label": "收到", "data": "hold:1:0"}]], "anew": true}', 2, 'pending', 0, '16', 1772416860000);
INSERT INTO outbox VALUES (13, 8, NULL, 'answer', 1, 1, '{"text": "【演练】报告 03-02 10:03\n值班：刘姐 0秒\n志愿者：小李 60秒\n管理员：2分钟没人应（张主任）"}', 1, 'pending', 0, NULL, 1772416980000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO incident VALUES (1, '3ae149a140da', 'drill', 'drill', 'drill', '[]', 'closed', NULL, NULL, 6, 1772416980000, 'drill', 1772416800000, 1772416800000, NULL, NULL, 1772416980000, 1772416800000, NULL);
INSERT INTO incident VALUES (2, '39a9113fed98', 'danger', 'unknown', 'cry', '["unknown"]', 'closed', 1, 7, 1, NULL, 'real', 1772416800000, 1772416800000, 1772416800000, NULL, 1772416800000, 1772416800000, 1772416800000);
INSERT INTO incident_mark VALUES ('3ae149a140da', 1);
INSERT INTO incident_mark VALUES ('39a9113fed98', 2);
INSERT INTO incident_step VALUES (1, 1, 'open', 1772416800000, 8, '{}');
INSERT INTO incident_step VALUES (2, 1, 'alert', 1772416800000, NULL, '{"count": 1, "rung": "duty"}');
INSERT INTO incident_step VALUES (3, 1, 'answer', 1772416800000, 7, '{"rung": "duty", "seconds": 0}');
INSERT INTO incident_step VALUES (4, 1, 'alert', 1772416800000, NULL, '{"count": 3, "rung": "vetted"}');
INSERT INTO incident_step VALUES (5, 2, 'open', 1772416800000, 1, '{"family": "unknown", "sign": "cry"}');
INSERT INTO incident_step VALUES (6, 2, 'alert', 1772416800000, NULL, '{"count": 1, "rung": "direct"}');
INSERT INTO incident_step VALUES (7, 2, 'hold', 1772416800000, 7, '{}');
INSERT INTO incident_step VALUES (8, 2, 'solve', 1772416800000, 7, '{}');
INSERT INTO incident_step VALUES (9, 2, 'close', 1772416800000, 7, '{"cause": "real"}');
INSERT INTO incident_step VALUES (10, 1, 'alert', 1772416860000, NULL, '{"count": 4, "rung": "vetted"}');
INSERT INTO incident_step VALUES (11, 1, 'answer', 1772416860000, 5, '{"rung": "vetted", "seconds": 60}');
INSERT INTO incident_step VALUES (12, 1, 'alert', 1772416860000, NULL, '{"count": 5, "rung": "manager"}');
INSERT INTO incident_step VALUES (13, 1, 'alert', 1772416920000, NULL, '{"count": 6, "rung": "manager"}');
INSERT INTO incident_step VALUES (14, 1, 'close', 1772416980000, NULL, '{"cause": "drill"}');
INSERT INTO incident_alerted VALUES (1, 7, 'duty', 1772416800000);
INSERT INTO incident_alerted VALUES (1, 5, 'vetted', 1772416800000);
INSERT INTO incident_alerted VALUES (2, 7, 'direct', 1772416800000);
INSERT INTO incident_alerted VALUES (1, 8, 'manager', 1772416860000);
