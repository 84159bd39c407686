"""What waits: events not done, messages not sent, work that is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction, millis


@dataclass(frozen=True)
class Backlog:
    """Counts, and how long the oldest due row has been waiting, in seconds."""

    inbox: int
    outbox: int
    aside: int
    due: int
    late: float


def backlog(tx: Transaction, now: datetime) -> Backlog:
    """What waits at this moment."""
    row = tx.one(
        "SELECT (SELECT count(*) FROM inbox WHERE state IN ('new', 'heard')) AS inbox,"
        " (SELECT count(*) FROM outbox WHERE state = 'pending') AS outbox,"
        " (SELECT count(*) FROM inbox WHERE state = 'aside') AS aside,"
        " (SELECT count(*) FROM agenda WHERE at <= ?) AS due, (SELECT min(at) FROM agenda WHERE at <= ?) AS oldest",
        millis(now),
        millis(now),
    )
    assert row is not None
    late = (millis(now) - row["oldest"]) / 1000 if row["oldest"] is not None else 0.0
    return Backlog(row["inbox"], row["outbox"], row["aside"], row["due"], late)
