"""After an older database was put back: what it was about to say is not said."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.database import Transaction, millis

FRESH = timedelta(days=1)
"""What fell due within this is handled once; what is older is past."""


def hush(tx: Transaction, now: datetime) -> int:
    """Drop unsent messages, events that were answered long ago, and work that is past; returns messages dropped."""
    dropped = tx.run("UPDATE outbox SET content = NULL, state = 'failed' WHERE state = 'pending'")
    tx.run("UPDATE inbox SET payload = NULL, state = 'done' WHERE state IN ('new', 'heard')")
    past = millis(now - FRESH)
    tx.run(
        "UPDATE incident SET status = 'closed', closed_at = ?, next_at = NULL WHERE status <> 'closed' AND opened_at < ?",
        millis(now),
        past,
    )
    tx.run(
        "UPDATE agenda SET at = ? WHERE at < ? AND kind = 'ticket.watch'"
        " AND ticket IN (SELECT id FROM ticket WHERE status IN ('open', 'accepted', 'enroute', 'onhold'))",
        millis(now),
        past,
    )
    tx.run("UPDATE agenda SET at = ? WHERE at < ? AND kind = 'case.look'", millis(now), past)
    tx.run("DELETE FROM agenda WHERE at < ? AND kind <> 'drill.weekly' AND kind <> 'keep.nightly'", past)
    return dropped
