-- privacy.chat line 63
-- at 2026-03-02T01:00:00+00:00
-- button ["xiaoli", "xiaoli", "erase_yes:0:1", "都删掉", "live"]
-- button ["xiaoli", "xiaoli", "erase_no:0:1", "还要", "live"]
-- button ["zhuren", "zhuren", "figures:queues.20260302.20260302:0", "按队看", "live"]
-- button ["wang", "wang", "mine:0:0", "我的资料", "live"]
-- button ["wang", "wang", "erase:0:0", "都删了", "live"]
-- button ["xiaoli", "xiaoli", "start:1:0", "出发了", "stale"]
-- button ["xiaoli", "xiaoli", "finish:1:0", "弄完了", "stale"]
-- button ["xiaoli", "xiaoli", "release:1:0", "去不了", "stale"]
-- button ["wang", "wang", "answer:yes:1", "对", "live"]
INSERT INTO person VALUES (1, 1, '', '', NULL, NULL, NULL, 0, 0, 1772413200000, NULL);
INSERT INTO person VALUES (13, 1, '王奶奶', '', NULL, 1772413200000, '2026-11', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 13);
INSERT INTO chat VALUES (16, 'talk', 'wang', 'private', NULL, 13, 0);
INSERT INTO ticket VALUES (1, 1, 'issue', 'task', 'cancelled', 'leak', 'P1', 'volunteers', NULL, NULL, NULL, '3', '{"building": "3"}', '', '', '{}', '', 1772413200000, 1772420400000, 1772413200000, 1772413200000, NULL, NULL, NULL, NULL, 0, '[]', '[]');
INSERT INTO ticket_event VALUES (1, 1, 'open', 1772413200000, NULL, 'talk:5-2', '{"category": "leak", "urgency": "P1", "queue": "volunteers", "reporter": null, "chat": null, "place": "{\"building\": \"3\"}", "object": "", "words": "", "slots": "{}", "code": "", "opened_at": 1772413200000, "pictures": "[]", "promised_at": 1772420400000}');
INSERT INTO ticket_event VALUES (2, 1, 'accept', 1772413200000, 5, 'talk:10-3', '{"owner": 5, "accepted_at": 1772413200000, "responded_at": 1772413200000}');
INSERT INTO ticket_event VALUES (3, 1, 'cancel', 1772413200000, NULL, 'talk:30-9', '{"owner": null}');
INSERT INTO claim VALUES (1, 1, 5, 1772413200000, 1772413200000, 1);
INSERT INTO dialogue VALUES (16, 13, 1772413200000, '{"chat": 16, "person": 13, "flow": "issue", "slots": {"urgency": "P2", "category": "light", "object": "楼道灯", "place": "{\"text\": \"楼道\", \"spot\": \"楼道\"}"}, "words": "楼道灯不亮", "asking": "place", "misses": 0, "turn": 1, "waiting": []}');
INSERT INTO question VALUES (1, 5, 5, 'erase', NULL, '{}', 1772413200000);
INSERT INTO outbox VALUES (1, 13, 'ticket:1', 'answer', 1, 1, NULL, 3, 'sent', 0, '2', 1772413200000);
INSERT INTO outbox VALUES (3, 5, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '4', 1772413200000);
INSERT INTO outbox VALUES (4, 8, NULL, 'answer', 1, 1, NULL, 1, 'sent', 0, '13', 1772413200000);
INSERT INTO outbox VALUES (5, 5, NULL, 'answer', 1, NULL, '{"text": "真的都删掉吗？没办完的事也一起撤了，删了找不回来。", "buttons": [[{"label": "都删掉", "data": "erase_yes:0:1"}, {"label": "还要", "data": "erase_no:0:1"}]]}', 1, 'pending', 0, NULL, 1772413200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('form:16', 1772416800000, 'form.quiet', 16, 13, NULL, '{"step": "nudge"}', 0);
INSERT INTO reading VALUES (1, 5, NULL, 1, 'claim', 1772413200000);
INSERT INTO reading VALUES (2, 8, NULL, 1, 'ticket', 1772413200000);
