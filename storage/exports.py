"""Tickets as rows of a table, batch by batch; a mediation is never among them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from storage.database import Row, Transaction, millis

BATCH = 500


def batch(tx: Transaction, after: int, start: datetime | None, end: datetime | None) -> Sequence[Row]:
    """The next tickets opened within [start, end), by number; empty at the end."""
    return tx.all(
        "SELECT t.id, t.flow, t.category, t.urgency, t.status, t.queue, t.building, t.opened_at, t.promised_at, t.responded_at,"
        " t.accepted_at, t.done_at, t.confirmed_at, t.rating, t.reopened, p.name AS owner, t.words FROM ticket t"
        " LEFT JOIN person p ON p.id = t.owner WHERE t.id > ? AND t.life <> 'case'"
        " AND t.opened_at >= ? AND t.opened_at < ? ORDER BY t.id LIMIT ?",
        after,
        millis(start) if start else 0,
        millis(end) if end else 1 << 62,
        BATCH,
    )
