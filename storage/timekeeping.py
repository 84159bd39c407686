"""When the machine's clock was set: what was to happen within minutes still happens within minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.database import Transaction, moment


def newest(tx: Transaction) -> datetime | None:
    """The latest moment that was written down as the present."""
    row = tx.one("SELECT max(at) AS at FROM ticket_event")
    return moment(row["at"]) if row and row["at"] is not None else None


def shift(tx: Transaction, by: timedelta) -> int:
    """Move the clocks of dangers by so much; what has a date of its own stays. Returns how many were moved."""
    millis = round(by.total_seconds() * 1000)
    moved = tx.run("UPDATE agenda SET at = at + ? WHERE kind LIKE 'incident.%'", millis)
    tx.run("UPDATE incident SET next_at = next_at + ? WHERE next_at IS NOT NULL AND status <> 'closed'", millis)
    return moved
