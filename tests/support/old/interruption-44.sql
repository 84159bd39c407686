-- interruption.chat line 44
-- at 2026-03-02T01:00:00+00:00
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO ticket VALUES (1, 1, 'issue', 'task', 'open', 'light', 'P2', 'volunteers', NULL, 2, 2, '6', '{"text": "六号楼", "building": "6", "spot": "楼道"}', '楼道灯', '楼道灯不亮 六号楼', '{"risk": "no"}', '稻香', 1772413200000, 1772420400000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket VALUES (2, 1, 'issue', 'task', 'open', 'leak', 'P1', 'volunteers', NULL, 1, 1, '3', '{"building": "3", "unit": "2", "room": "501"}', '水管', '厨房水管漏水了', '{}', '石榴', 1772413200000, 1772420400000, NULL, NULL, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, 2, 'talk:22-9', '{"category": "light", "urgency": "P2", "queue": "volunteers", "reporter": 2, "chat": 2, "place": "{\"text\": \"六号楼\", \"building\": \"6\", \"spot\": \"楼道\"}", "object": "楼道灯", "words": "楼道灯不亮 六号楼", "slots": "{\"risk\": \"no\"}", "code": "稻香", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 2, 'open', 1772413200000, 1, 'talk:33-12', '{"category": "leak", "urgency": "P1", "queue": "volunteers", "reporter": 1, "chat": 1, "place": "{\"building\": \"3\", \"unit\": \"2\", \"room\": \"501\"}", "object": "水管", "words": "厨房水管漏水了", "slots": "{}", "code": "石榴", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO dialogue VALUES (4, 4, 1772413200000, '{"chat": 4, "person": 4, "flow": "booking", "slots": {"urgency": "P2", "service": "haircut", "time": "明天下午2点", "when": "{\"text\": \"明天下午两点\", \"grain\": \"hour\", \"start\": \"2026-03-03T14:00:00+08:00\"}", "at": "2026-03-03T14:00:00+08:00"}, "words": "约明天下午两点理发", "asking": "confirm", "misses": 0, "turn": 2, "waiting": ["{\"intent\": \"issue.report\", \"slots\": {\"object\": \"楼道灯\", \"place\": \"楼道\", \"category\": \"light\"}, \"text\": \"楼道灯坏了\", \"places\": [\"{\\\"text\\\": \\\"楼道\\\", \\\"spot\\\": \\\"楼道\\\"}\"], \"times\": []}"]}');
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 1, 'sent', 0, '9', 1772413200000);
INSERT INTO outbox VALUES (2, 2, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '10', 1772413200000);
INSERT INTO outbox VALUES (3, 13, 'ticket:2', 'answer', 1, 2, NULL, 1, 'sent', 0, '13', 1772413200000);
INSERT INTO outbox VALUES (4, 1, NULL, 'answer', 1, 2, NULL, 1, 'sent', 0, '14', 1772413200000);
INSERT INTO outbox VALUES (5, 4, NULL, 'answer', 1, NULL, '{"text": "这件我也记着，等会儿说。先说完这一件。\n明天下午2点理发，10 元。对就说「对」，不对就说「不对」。", "buttons": [[{"label": "对", "data": "answer:yes:2"}, {"label": "不对", "data": "answer:no:2"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('watch:1', 1772416800000, 'ticket.watch', 2, NULL, 1, '{"step": "half"}', 0);
INSERT INTO agenda VALUES ('watch:2', 1772416800000, 'ticket.watch', 1, NULL, 2, '{"step": "half"}', 0);
INSERT INTO agenda VALUES ('form:4', 1772416800000, 'form.quiet', 4, 4, NULL, '{"step": "nudge"}', 0);
