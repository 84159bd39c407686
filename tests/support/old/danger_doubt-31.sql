-- danger_doubt.chat line 31
-- at 2026-03-02T02:01:00+00:00
-- button ["wang", "wang", "doubt_yes:0:1", "是的", "live"]
-- button ["wang", "wang", "doubt_no:0:1", "不是", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO question VALUES (1, 1, 1, 'danger', NULL, '{"family": "fire", "sign": "burnt_smell", "words": "屋里有股糊味", "others": [], "first": "2026-03-02T02:00:00+00:00", "times": 2}', 1772416860000);
INSERT INTO outbox VALUES (1, 1, NULL, 'emergency', 0, NULL, '{"text": "我再问一句：您是说有烧焦的味儿、找不到哪儿来的吗？", "buttons": [[{"label": "是的", "data": "doubt_yes:0:1"}, {"label": "不是", "data": "doubt_no:0:1"}]]}', 1, 'pending', 0, NULL, 1772416860000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('doubt:1', 1772416920000, 'incident.doubt', 1, 1, NULL, '{"question": 1, "step": "tell"}', 0);
