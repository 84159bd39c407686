"""Questions that were asked of a person unasked, counted by day."""

from __future__ import annotations

from datetime import date

from storage.database import Transaction


def spent(tx: Transaction, person: int, day: date) -> int:
    """How many questions of this day were asked already."""
    row = tx.one("SELECT count FROM unasked WHERE person = ? AND day = ?", person, day.isoformat())
    return int(row["count"]) if row else 0


def spend(tx: Transaction, person: int, day: date, budget: int) -> bool:
    """Count one more question of this day; False when the day's budget is spent."""
    count = spent(tx, person, day)
    if count >= budget:
        return False
    tx.run(
        "INSERT INTO unasked (person, day, count) VALUES (?, ?, ?)"
        " ON CONFLICT (person) DO UPDATE SET day = excluded.day, count = excluded.count",
        person,
        day.isoformat(),
        count + 1,
    )
    return True
