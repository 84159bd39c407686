"""Questions that were asked of a person unasked, counted by day."""

from __future__ import annotations

from datetime import date

from storage.database import Transaction


def spend(tx: Transaction, person: int, day: date, budget: int) -> bool:
    """Count one more question of this day; False when the day's budget is spent."""
    row = tx.one("SELECT day, count FROM unasked WHERE person = ?", person)
    count = row["count"] if row and row["day"] == day.isoformat() else 0
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
