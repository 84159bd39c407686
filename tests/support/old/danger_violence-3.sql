-- danger_violence.chat line 3
-- at 2026-03-02T12:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'desk', 'task', 'open', 'quiet', 'P0', 'desk', NULL, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '', '老头子又动手打我', '{}', '稻香', 1772452800000, 1772498100000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772452800000, 1, 'talk:3-1', '{"category": "quiet", "urgency": "P0", "queue": "desk", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "", "words": "老头子又动手打我", "slots": "{}", "code": "稻香", "opened_at": 1772452800000, "promised_at": 1772498100000}');
INSERT INTO question VALUES (1, 1, 1, 'discreet', 1, '{}', 1772452800000);
INSERT INTO outbox VALUES (1, 14, 'desk:1', 'emergency', 0, 1, '{"text": "急 #1\n3号楼 · 急事\n有急事。先看私信，别直接打电话。", "buttons": [[{"label": "我来管", "data": "take:1:0"}]]}', 1, 'pending', 0, NULL, 1772452800000);
INSERT INTO outbox VALUES (2, 1, NULL, 'emergency', 0, 1, '{"text": "您问的事收到了。\n方便说话回「1」，不方便回「2」。"}', 1, 'pending', 0, NULL, 1772452800000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:1', 1772498100000, 'ticket.watch', 1, NULL, 1, '{"step": "promise"}', 0);
INSERT INTO agenda VALUES ('incident:1', 1772452860000, 'incident.step', NULL, NULL, 1, '{}', 0);
INSERT INTO incident VALUES (1, '8aca4e6fab76', 'danger', 'security', 'violence', '["security", "quiet"]', 'open', 1, NULL, 1, 1772452860000, NULL, 1772452800000, 1772452800000, NULL, NULL, NULL, 1772452800000, 1772452800000);
INSERT INTO incident_mark VALUES ('8aca4e6fab76', 1);
INSERT INTO incident_step VALUES (1, 1, 'open', 1772452800000, 1, '{"family": "security", "sign": "violence"}');
INSERT INTO incident_step VALUES (2, 1, 'alert', 1772452800000, NULL, '{"count": 1, "rung": "direct"}');
INSERT INTO incident_alerted VALUES (1, 7, 'direct', 1772452800000);
