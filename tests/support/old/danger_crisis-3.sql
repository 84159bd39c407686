-- danger_crisis.chat line 3
-- at 2026-03-02T13:30:00+00:00
-- button ["li", "li", "doubt_yes:0:1", "是的", "live"]
-- button ["li", "li", "doubt_no:0:1", "不是", "live"]
INSERT INTO person VALUES (1, 1, '王奶奶', '5550 0101', '{"building": "3", "unit": "2", "room": "501"}', 1772413200000, 'seed', 1, 1772413200000, NULL, NULL);
INSERT INTO account VALUES ('talk', 'wang', 1);
INSERT INTO chat VALUES (1, 'talk', 'wang', 'private', NULL, 1, 0);
INSERT INTO question VALUES (1, 2, 2, 'danger', NULL, '{"family": "crisis", "sign": "despair", "words": "活着没意思", "others": ["{\"intent\": \"checkin.ok\", \"score\": 0.954, \"slots\": {}, \"ask\": false, \"text\": \"活着没意思\", \"urgency\": \"P3\"}"], "first": "2026-03-02T13:30:00+00:00"}', 1772458200000);
INSERT INTO outbox VALUES (1, 2, NULL, 'emergency', 0, NULL, '{"text": "您是说不想活了吗？", "buttons": [[{"label": "是的", "data": "doubt_yes:0:1"}, {"label": "不是", "data": "doubt_no:0:1"}]]}', 1, 'pending', 0, NULL, 1772458200000);
INSERT INTO agenda VALUES ('keep.nightly', 1772478000000, 'keep.nightly', NULL, NULL, NULL, '{}', 0);
INSERT INTO agenda VALUES ('doubt:1', 1772458260000, 'incident.doubt', 2, 2, NULL, '{"question": 1, "step": "again"}', 0);
