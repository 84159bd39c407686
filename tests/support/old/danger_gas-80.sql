-- danger_gas.chat line 80
-- at 2026-03-02T18:06:00+00:00
-- button ["zhuren", "zhuren", "callfirst:1:0", "以后先打电话核实", "live"]
-- button ["zhuren", "zhuren", "cause:1:real", "真的", "stale"]
-- button ["zhuren", "zhuren", "there:1:0", "到了", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'desk', 'task', 'done', 'danger', 'P0', 'desk', 8, 4, 4, '7', '{"building": "7", "unit": "1", "room": "101"}', '', '屋里一股煤气味,头发晕 / 我们都下楼了', '{}', '稻香', 1772474400000, 1772498100000, 1772474760000, 1772474760000, 1772474760000, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772474400000, 4, 'talk:3-1', '{"category": "danger", "urgency": "P0", "queue": "desk", "reporter": 4, "chat": 4, "place": "{\"building\": \"7\", \"unit\": \"1\", \"room\": \"101\"}", "object": "", "words": "屋里一股煤气味,头发晕", "slots": "{}", "code": "稻香", "opened_at": 1772474400000, "promised_at": 1772498100000}');
INSERT INTO ticket_event VALUES (2, 1, 'append', 1772474760000, 4, 'talk:57-2', '{"words": "屋里一股煤气味,头发晕 / 我们都下楼了"}');
INSERT INTO ticket_event VALUES (3, 1, 'accept', 1772474760000, 8, 'talk:58-3', '{"owner": 8, "accepted_at": 1772474760000, "responded_at": 1772474760000}');
INSERT INTO ticket_event VALUES (4, 1, 'finish', 1772474760000, 8, 'talk:74-5', '{"done_at": 1772474760000, "responded_at": 1772474760000}');
INSERT INTO claim VALUES (1, 1, 8, 1772474760000, 1772474760000, 1);
INSERT INTO outbox VALUES (1, 14, 'desk:1', 'answer', 1, 1, NULL, 3, 'sent', 0, '2', 1772474400000);
INSERT INTO outbox VALUES (2, 4, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '3', 1772474400000);
INSERT INTO outbox VALUES (3, 7, 'alert:1', 'emergency', 0, 1, NULL, 3, 'sent', 0, '11', 1772474460000);
INSERT INTO outbox VALUES (4, 5, 'alert:1', 'emergency', 0, 1, NULL, 3, 'sent', 0, '12', 1772474520000);
INSERT INTO outbox VALUES (5, 8, 'alert:1', 'emergency', 0, 1, NULL, 3, 'sent', 0, '13', 1772474640000);
INSERT INTO outbox VALUES (6, 4, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '10', 1772474760000);
INSERT INTO outbox VALUES (7, 4, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '14', 1772474760000);
INSERT INTO outbox VALUES (8, 8, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '15', 1772474760000);
INSERT INTO outbox VALUES (9, 4, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '16', 1772474760000);
INSERT INTO outbox VALUES (10, 4, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '17', 1772474760000);
INSERT INTO outbox VALUES (11, 8, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '18', 1772474760000);
INSERT INTO outbox VALUES (12, 8, NULL, 'answer', 1, 1, '{"text": "1 号结束了，记作误报。辛苦了。", "buttons": [[{"label": "以后先打电话核实", "data": "callfirst:1:0"}]]}', 1, 'pending', 0, NULL, 1772474760000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO incident VALUES (1, '9cf43ec589c7', 'danger', 'gas', 'gas_smell', '["gas"]', 'closed', 4, 8, 7, NULL, 'false', 1772474400000, 1772474400000, 1772474760000, 1772474760000, 1772474760000, 1772474760000, 1772474760000);
INSERT INTO incident_mark VALUES ('9cf43ec589c7', 1);
INSERT INTO incident_step VALUES (1, 1, 'open', 1772474400000, 4, '{"family": "gas", "sign": "gas_smell"}');
INSERT INTO incident_step VALUES (2, 1, 'alert', 1772474400000, NULL, '{"count": 1, "rung": "direct"}');
INSERT INTO incident_step VALUES (3, 1, 'alert', 1772474460000, NULL, '{"count": 2, "rung": "duty"}');
INSERT INTO incident_step VALUES (4, 1, 'alert', 1772474520000, NULL, '{"count": 3, "rung": "vetted"}');
INSERT INTO incident_step VALUES (5, 1, 'alert', 1772474580000, NULL, '{"count": 4, "rung": "vetted"}');
INSERT INTO incident_step VALUES (6, 1, 'alert', 1772474640000, NULL, '{"count": 5, "rung": "manager"}');
INSERT INTO incident_step VALUES (7, 1, 'alert', 1772474700000, NULL, '{"count": 6, "rung": "manager"}');
INSERT INTO incident_step VALUES (8, 1, 'alert', 1772474760000, NULL, '{"count": 7, "rung": "list"}');
INSERT INTO incident_step VALUES (9, 1, 'again', 1772474760000, 4, '{}');
INSERT INTO incident_step VALUES (10, 1, 'hold', 1772474760000, 8, '{}');
INSERT INTO incident_step VALUES (11, 1, 'there', 1772474760000, 8, '{}');
INSERT INTO incident_step VALUES (12, 1, 'solve', 1772474760000, 8, '{}');
INSERT INTO incident_step VALUES (13, 1, 'close', 1772474760000, 8, '{"cause": "false"}');
INSERT INTO incident_alerted VALUES (1, 7, 'direct', 1772474400000);
INSERT INTO incident_alerted VALUES (1, 5, 'vetted', 1772474520000);
INSERT INTO incident_alerted VALUES (1, 8, 'manager', 1772474640000);
