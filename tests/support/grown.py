"""A database that has grown for years: many tickets with long words, and what belongs to them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.migrate import migrate

PEOPLE = 500
STEPS = (
    ("open", {"status": "open", "words": "{words}", "slots": '{"filer": "7"}'}),
    ("claim", {"owner": 9, "status": "accepted"}),
    ("finish", {"status": "done"}),
    ("confirm", {"status": "closed"}),
)


def grow(path: Path, tickets: int, letters: int) -> None:
    """Write so many closed tickets, each with so many characters of words, of the year 1970."""
    migrate(path)
    words, numbers = "厨房水管漏水了" * (letters // 7), range(1, tickets + 1)
    with closing(sqlite3.connect(path)) as database, database:
        people = [(number, f"p{number}") for number in range(1, PEOPLE + 1)]
        database.executemany("INSERT INTO person (id, name, created_at) VALUES (?, ?, 0)", people)
        database.executemany(
            "INSERT INTO chat (id, channel, address, kind, person) VALUES (?, 'x', ?, 'private', ?)",
            [(number, name, number) for number, name in people],
        )
        database.executemany(
            "INSERT INTO ticket (id, flow, life, status, category, urgency, queue, reporter, chat, words, opened_at)"
            f" VALUES (?, 'issue', 'task', 'confirmed', 'water', 'P2', 'volunteers', ?, ?, '{words}', 0)",
            [(number, number % PEOPLE + 1, number % PEOPLE + 1) for number in numbers],
        )
        for action, changes in STEPS:
            said = json.dumps(changes, ensure_ascii=False).replace("{words}", words)
            database.executemany(
                "INSERT INTO ticket_event (ticket, action, at, actor, cause, changes) VALUES (?, ?, 0, ?, 'x', ?)",
                [(number, action, number % PEOPLE + 1, said) for number in numbers],
            )
