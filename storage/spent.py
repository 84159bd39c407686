"""What each person used up lately of what is limited: one row a kind, begun anew when its stretch is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.database import Transaction, millis


def spend(tx: Transaction, person: int, what: str, now: datetime, within: timedelta) -> int:
    """Use one up; returns how many were used in this stretch."""
    row = tx.one(
        "INSERT INTO spent (person, what, since, count) VALUES (?, ?, ?, 1) ON CONFLICT (person, what) DO UPDATE SET"
        " count = CASE WHEN spent.since > ? AND spent.since <= excluded.since THEN spent.count + 1 ELSE 1 END,"
        " since = CASE WHEN spent.since > ? AND spent.since <= excluded.since THEN spent.since ELSE excluded.since END"
        " RETURNING count",
        person,
        what,
        millis(now),
        millis(now - within),
        millis(now - within),
    )
    assert row is not None
    return int(row["count"])


def of_account(tx: Transaction, channel: str, account: str, what: str, now: datetime, within: timedelta) -> int:
    """How many an account used in this stretch."""
    row = tx.one(
        "SELECT s.count FROM spent s JOIN account a ON a.person = s.person"
        " WHERE a.channel = ? AND a.account = ? AND s.what = ? AND s.since > ?",
        channel,
        account,
        what,
        millis(now - within),
    )
    return int(row["count"]) if row else 0


def forget(tx: Transaction, before: datetime) -> None:
    """Stretches that are long over."""
    tx.run("DELETE FROM spent WHERE since < ?", millis(before))
