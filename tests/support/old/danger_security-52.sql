-- danger_security.chat line 52
-- at 2026-03-02T06:02:00+00:00
-- button ["xiaoli", "xiaoli", "solved:1:0", "解决了", "live"]
-- button ["xiaoli", "xiaoli", "pass:1:0", "转给别人", "live"]
-- button ["liujie", "liujie", "takeover:1:0", "接过来", "live"]
-- button ["xiaoli", "xiaoli", "there:1:0", "到了", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'desk', 'task', 'accepted', 'danger', 'P0', 'desk', 5, 3, 3, '7', '{"text": "我家", "building": "7", "unit": "1", "room": "302"}', '', '有人撬我家门 / 他还在撬 / 小孙子趴在窗台外面 / 走廊里没声音了', '{}', '稻香', 1772431200000, 1772431500000, 1772431320000, 1772431320000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772431200000, 3, 'talk:3-1', '{"category": "danger", "urgency": "P0", "queue": "desk", "reporter": 3, "chat": 3, "place": "{\"text\": \"我家\", \"building\": \"7\", \"unit\": \"1\", \"room\": \"302\"}", "object": "", "words": "有人撬我家门", "slots": "{}", "code": "稻香", "opened_at": 1772431200000, "promised_at": 1772431500000}');
INSERT INTO ticket_event VALUES (2, 1, 'append', 1772431200000, 3, 'talk:17-2', '{"words": "有人撬我家门 / 他还在撬"}');
INSERT INTO ticket_event VALUES (3, 1, 'append', 1772431200000, 3, 'talk:18-3', '{"words": "有人撬我家门 / 他还在撬 / 小孙子趴在窗台外面"}');
INSERT INTO ticket_event VALUES (4, 1, 'accept', 1772431320000, 5, 'talk:37-4', '{"owner": 5, "accepted_at": 1772431320000, "responded_at": 1772431320000}');
INSERT INTO ticket_event VALUES (5, 1, 'append', 1772431320000, 3, 'talk:50-6', '{"words": "有人撬我家门 / 他还在撬 / 小孙子趴在窗台外面 / 走廊里没声音了"}');
INSERT INTO claim VALUES (1, 1, 5, 1772431320000, NULL, 1);
INSERT INTO outbox VALUES (1, 14, 'desk:1', 'answer', 1, 1, NULL, 2, 'sent', 0, '2', 1772431200000);
INSERT INTO outbox VALUES (2, 3, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '3', 1772431200000);
INSERT INTO outbox VALUES (3, 7, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '4', 1772431200000);
INSERT INTO outbox VALUES (4, 3, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '5', 1772431200000);
INSERT INTO outbox VALUES (5, 7, 'alert:1', 'emergency', 0, 1, NULL, 2, 'sent', 0, '8', 1772431260000);
INSERT INTO outbox VALUES (6, 5, 'alert:1', 'emergency', 0, 1, NULL, 2, 'sent', 0, '9', 1772431320000);
INSERT INTO outbox VALUES (7, 3, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '10', 1772431320000);
INSERT INTO outbox VALUES (8, 7, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '11', 1772431320000);
INSERT INTO outbox VALUES (9, 5, NULL, 'emergency', 0, 1, NULL, 1, 'sent', 0, '12', 1772431320000);
INSERT INTO outbox VALUES (10, 5, NULL, 'emergency', 0, 1, '{"text": "好。弄完了点「解决了」。", "buttons": [[{"label": "解决了", "data": "solved:1:0"}, {"label": "转给别人", "data": "pass:1:0"}]]}', 1, 'pending', 0, NULL, 1772431320000);
INSERT INTO outbox VALUES (11, 3, NULL, 'emergency', 0, 1, '{"text": "小李说到了。先问清是谁，再开门。"}', 1, 'pending', 0, NULL, 1772431320000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:1', 1772497800000, 'ticket.watch', 3, NULL, 1, '{"step": "daily"}', 0);
INSERT INTO agenda VALUES ('incident:1', 1772434920000, 'incident.step', NULL, NULL, 1, '{}', 0);
INSERT INTO agenda VALUES ('incident.more:1', 1772431340000, 'incident.more', NULL, NULL, 1, '{"size": 35}', 0);
INSERT INTO incident VALUES (1, '9eba4f84fcf8', 'danger', 'security', 'break_in', '["security", "child_height"]', 'there', 3, 5, 3, 1772434920000, NULL, 1772431200000, 1772431200000, 1772431320000, 1772431320000, NULL, 1772431320000, 1772431320000);
INSERT INTO incident_mark VALUES ('9eba4f84fcf8', 1);
INSERT INTO incident_mark VALUES ('639743ba05c0', 1);
INSERT INTO incident_step VALUES (1, 1, 'open', 1772431200000, 3, '{"family": "security", "sign": "break_in"}');
INSERT INTO incident_step VALUES (2, 1, 'alert', 1772431200000, NULL, '{"count": 1, "rung": "direct"}');
INSERT INTO incident_step VALUES (3, 1, 'again', 1772431200000, 3, '{}');
INSERT INTO incident_step VALUES (4, 1, 'again', 1772431200000, 3, '{"family": "security", "sign": "child_height"}');
INSERT INTO incident_step VALUES (5, 1, 'alert', 1772431260000, NULL, '{"count": 2, "rung": "duty"}');
INSERT INTO incident_step VALUES (6, 1, 'alert', 1772431320000, NULL, '{"count": 3, "rung": "vetted"}');
INSERT INTO incident_step VALUES (7, 1, 'hold', 1772431320000, 5, '{}');
INSERT INTO incident_step VALUES (8, 1, 'again', 1772431320000, 3, '{}');
INSERT INTO incident_step VALUES (9, 1, 'there', 1772431320000, 5, '{}');
INSERT INTO incident_alerted VALUES (1, 7, 'direct', 1772431200000);
INSERT INTO incident_alerted VALUES (1, 5, 'vetted', 1772431320000);
