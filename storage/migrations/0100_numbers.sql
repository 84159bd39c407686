-- A number that was given once is never given again: a journal or an old button may still name it.
-- The definition is changed in place, so that columns which other migrations added stay as they are.
CREATE TABLE numbering (id INTEGER PRIMARY KEY AUTOINCREMENT);   -- brings sqlite_sequence into being
DROP TABLE numbering;
PRAGMA writable_schema = ON;
UPDATE sqlite_master SET sql = replace(sql, 'id INTEGER PRIMARY KEY,', 'id INTEGER PRIMARY KEY AUTOINCREMENT,')
    WHERE type = 'table' AND name IN ('outbox', 'question', 'inbox', 'chat', 'person');
PRAGMA writable_schema = RESET;
INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox', max(id) FROM outbox HAVING max(id) IS NOT NULL;
INSERT INTO sqlite_sequence (name, seq) SELECT 'question', max(id) FROM question HAVING max(id) IS NOT NULL;
INSERT INTO sqlite_sequence (name, seq) SELECT 'inbox', max(id) FROM inbox HAVING max(id) IS NOT NULL;
INSERT INTO sqlite_sequence (name, seq) SELECT 'chat', max(id) FROM chat HAVING max(id) IS NOT NULL;
INSERT INTO sqlite_sequence (name, seq) SELECT 'person', max(id) FROM person HAVING max(id) IS NOT NULL;

-- What each person used up lately of what is limited: lines, sound, tickets of the desk.
CREATE TABLE spent (
    person INTEGER NOT NULL REFERENCES person(id),
    what TEXT NOT NULL,
    since INTEGER NOT NULL,                      -- when the stretch began
    count INTEGER NOT NULL,
    told INTEGER NOT NULL DEFAULT 0,             -- whether they heard of the limit in this stretch
    PRIMARY KEY (person, what)
);

-- Until when everything that was said is known to have been fetched.
CREATE TABLE pulse (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
);
