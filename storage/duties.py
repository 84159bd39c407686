"""Who is on duty for a queue, and the last changes of managers, so that they can be taken back."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from storage.database import Transaction, millis


def on_duty(tx: Transaction, queue: str) -> int | None:
    """The person who answers for a queue now."""
    row = tx.one("SELECT person FROM duty WHERE queue = ?", queue)
    return row["person"] if row else None


def of(tx: Transaction, person: int) -> list[str]:
    """The queues somebody is on duty for."""
    return [row["queue"] for row in tx.all("SELECT queue FROM duty WHERE person = ? ORDER BY queue", person)]


def set_duty(tx: Transaction, queue: str, person: int | None, now: datetime) -> None:
    """Put somebody on duty, or nobody."""
    tx.run("DELETE FROM duty WHERE queue = ?", queue)
    if person is not None:
        tx.run("INSERT INTO duty (queue, person, at) VALUES (?, ?, ?)", queue, person, millis(now))


def note_change(tx: Transaction, actor: int, kind: str, now: datetime, **data: Any) -> None:
    """Remember a manager's change."""
    text = json.dumps(data, ensure_ascii=False)
    tx.run("INSERT INTO change (actor, kind, at, data) VALUES (?, ?, ?, ?)", actor, kind, millis(now), text)


def take_change(tx: Transaction, actor: int) -> tuple[str, dict[str, Any]] | None:
    """The last change of somebody, forgotten with this call."""
    row = tx.one(
        "DELETE FROM change WHERE id = (SELECT max(id) FROM change WHERE actor = ?) RETURNING kind, data", actor
    )
    return (row["kind"], json.loads(row["data"])) if row else None
