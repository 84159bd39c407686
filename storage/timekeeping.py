"""When the machine's clock was set: what was to happen within minutes still happens within minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.database import Transaction, millis, moment


def newest(tx: Transaction) -> datetime | None:
    """The latest moment that was written down as the present."""
    row = tx.one("SELECT max(at) AS at FROM ticket_event")
    return moment(row["at"]) if row and row["at"] is not None else None


def shift(tx: Transaction, by: timedelta) -> int:
    """Move the clocks of dangers by so much; what has a date of its own stays, and so does what waits for the morning.

    Returns how many were moved.
    """
    moved = round(by.total_seconds() * 1000)
    rows = tx.run(
        "UPDATE agenda SET at = at + ? WHERE kind LIKE 'incident.%' AND json_extract(data, '$.danger')", moved
    )
    tx.run("UPDATE pulse SET at = at + ?", moved)
    tx.run(
        "UPDATE incident SET next_at = next_at + ? WHERE next_at IS NOT NULL AND status IN ('open', 'doubted', 'held')",
        moved,
    )
    return rows


def pulse(tx: Transaction, now: datetime) -> datetime | None:
    """Write down that everything that was said until now was fetched; returns when that was so before."""
    row = tx.one("SELECT at FROM pulse")
    tx.run("INSERT INTO pulse (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at", millis(now))
    return moment(row["at"]) if row else None
