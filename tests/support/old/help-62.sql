-- help.chat line 62
-- at 2026-03-03T01:00:00+00:00
-- button ["volunteers", "xiaoli", "claim:2:0", "我去", "live"]
-- button ["wang", "wang", "rate_good:1:1", "满意", "stale"]
-- button ["wang", "wang", "rate_fair:1:1", "一般", "stale"]
-- button ["wang", "wang", "rate_bad:1:1", "不满意", "stale"]
-- button ["wang", "wang", "fixed_yes:1:1", "办好了", "stale"]
-- button ["wang", "wang", "fixed_no:1:1", "没办好", "stale"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'help', 'task', 'rated', 'carry', 'P2', 'volunteers', 5, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '一袋米', '帮我搬一袋米上楼', '{}', '稻香', 1772413200000, 1772420400000, 1772413200000, 1772413200000, 1772413200000, 1772418600000, 'good', 1772418600000, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'help', 'task', 'open', 'other', 'P2', 'desk', NULL, 2, 2, '5', '{"text": "一单元201", "building": "5", "unit": "1", "room": "201"}', '', '我家水龙头拧不紧,帮我修一下 五号楼 一单元201', '{}', '石榴', 1772418600000, 1772425800000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 1, 'talk:5-2', '{"category": "carry", "urgency": "P2", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "一袋米", "words": "帮我搬一袋米上楼", "slots": "{}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'accept', 1772413200000, 5, 'talk:10-3', '{"owner": 5, "accepted_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'finish', 1772413200000, 5, 'talk:20-4', '{"done_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (4, 1, 'confirm', 1772418600000, 1, 'talk:28-5', '{"confirmed_at": 1772418600000}');
INSERT INTO ticket_event VALUES (5, 1, 'rate', 1772418600000, 1, 'talk:30-6', '{"rating": "good", "rated_at": 1772418600000, "confirmed_at": 1772418600000}');
INSERT INTO ticket_event VALUES (6, 2, 'open', 1772418600000, 2, 'talk:42-11', '{"category": "other", "urgency": "P2", "queue": "volunteers", "reporter": 2, "chat": 2, "place": "{\"text\": \"一单元201\", \"building\": \"5\", \"unit\": \"1\", \"room\": \"201\"}", "object": "", "words": "我家水龙头拧不紧,帮我修一下 五号楼 一单元201", "slots": "{}", "code": "石榴", "opened_at": 1772418600000, "pictures": "[]", "promised_at": 1772425800000}');
INSERT INTO ticket_event VALUES (7, 2, 'hand', 1772425800000, NULL, 'watch:2', '{"queue": "desk"}');
INSERT INTO claim VALUES (1, 1, 5, 1772413200000, 1772413200000, 1);
INSERT INTO dialogue VALUES (3, 3, 1772499600000, '{"chat": 3, "person": 3, "flow": "help", "slots": {"urgency": "P2", "category": "accompany", "place": "{\"building\": \"7\", \"unit\": \"1\", \"room\": \"302\"}", "time": "明天下午", "when": "{\"text\": \"明天下午\", \"grain\": \"part\", \"start\": \"2026-03-04T13:00:00+08:00\"}"}, "words": "明天下午想请人陪我去银行", "asking": "confirm", "misses": 0, "turn": 2, "waiting": []}');
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 3, 'sent', 0, '2', 1772413200000);
INSERT INTO outbox VALUES (2, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '3', 1772413200000);
INSERT INTO outbox VALUES (3, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '5', 1772413200000);
INSERT INTO outbox VALUES (5, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '6', 1772413200000);
INSERT INTO outbox VALUES (6, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '7', 1772413200000);
INSERT INTO outbox VALUES (7, 1, NULL, 'survey', 3, 1, NULL, 1, 'sent', 0, '8', 1772415000000);
INSERT INTO outbox VALUES (8, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '9', 1772418600000);
INSERT INTO outbox VALUES (9, 1, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '10', 1772418600000);
INSERT INTO outbox VALUES (10, 13, 'ticket:2', 'answer', 1, 2, NULL, 1, 'sent', 0, '16', 1772418600000);
INSERT INTO outbox VALUES (11, 2, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '17', 1772418600000);
INSERT INTO outbox VALUES (12, 13, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '19', 1772422200000);
INSERT INTO outbox VALUES (13, 14, 'desk:2', 'answer', 1, 2, NULL, 3, 'sent', 0, '18', 1772422200000);
INSERT INTO outbox VALUES (14, 2, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '20', 1772425800000);
INSERT INTO outbox VALUES (15, 14, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '21', 1772425800000);
INSERT INTO outbox VALUES (16, 14, NULL, 'reminder', 2, 2, NULL, 1, 'sent', 0, '22', 1772497800000);
INSERT INTO outbox VALUES (17, 3, NULL, 'answer', 1, NULL, '{"text": "我记的是：7号楼1单元302，陪同，明天下午。对吗？", "buttons": [[{"label": "对", "data": "answer:yes:2"}, {"label": "不对", "data": "answer:no:2"}]]}', 1, 'pending', 0, NULL, 1772499600000);
INSERT INTO agenda VALUES ('keep.nightly', 1772564400000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:2', 1772584200000, 'ticket.watch', 2, NULL, 2, '{"step": "daily"}', 0);
INSERT INTO agenda VALUES ('form:3', 1772503200000, 'form.quiet', 3, 3, NULL, '{"step": "nudge"}', 0);
INSERT INTO reading VALUES (1, 5, 1, 1, 'claim', 1772413200000);
