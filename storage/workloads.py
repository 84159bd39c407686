"""The figures of each queue and of each person in a stretch of time: what they got, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Row, Transaction, millis
from storage.figures import COUNTED_TICKETS, MINUTE, Spread, spread_of


@dataclass(frozen=True)
class Part:
    """The figures of one queue."""

    name: str
    opened: int
    within: int
    promised: int
    done: int
    response: Spread


@dataclass(frozen=True)
class Work:
    """What one person did with what they took."""

    person: int
    taken: int
    done: int
    back: int
    """Given back, taken back, or given to somebody else."""
    good: int
    rated: int
    reopened: int
    time: Spread
    """From taking to done."""


_FIRST = (
    "SELECT opened_at, promised_at, responded_at, done_at, CASE WHEN queue <> 'desk' THEN queue ELSE coalesce("
    " (SELECT json_extract(e.changes, '$.queue') FROM ticket_event e WHERE e.ticket = ticket.id ORDER BY e.id LIMIT 1),"
    f" queue) END AS first_queue {COUNTED_TICKETS}"
)
"""Tickets with the queue that got them first: what was late is not the desk's."""


def queues(tx: Transaction, start: datetime, end: datetime, now: datetime) -> list[Part]:
    """The figures of the tickets opened within [start, end) by the queue that got them, the most first."""
    span = (millis(start), millis(end))
    rows = tx.all(
        'SELECT first_queue AS name, count(*) AS opened, count(*) FILTER (WHERE responded_at <= promised_at) AS "within",'
        " count(*) FILTER (WHERE promised_at <= ? OR (promised_at IS NOT NULL AND responded_at IS NOT NULL)) AS promised,"
        " count(done_at) AS done"
        f" FROM ({_FIRST}) AS t GROUP BY first_queue ORDER BY opened DESC, name",
        millis(now),
        *span,
    )
    times = tx.all(
        f"SELECT first_queue AS name, (responded_at - opened_at) / {MINUTE} AS minute, count(*) AS number"
        f" FROM ({_FIRST}) AS t WHERE responded_at IS NOT NULL GROUP BY first_queue, minute ORDER BY minute",
        *span,
    )
    took = {row["name"]: spread_of([time for time in times if time["name"] == row["name"]]) for row in rows}
    return [
        Part(row["name"], row["opened"], row["within"], row["promised"], row["done"], took[row["name"]]) for row in rows
    ]


def people(tx: Transaction, start: datetime, end: datetime) -> list[Work]:
    """What each person took within [start, end) and what became of it, who took most first."""
    rows = tx.all(
        "SELECT c.person, max(c.at) AS at, t.done_at, t.owner, t.rating, t.reopened"
        " FROM claim c JOIN ticket t ON t.id = c.ticket WHERE c.at >= ? AND c.at < ? AND t.flow <> 'desk'"
        " AND t.life <> 'case' GROUP BY c.person, c.ticket, t.done_at, t.owner, t.rating, t.reopened",
        millis(start),
        millis(end),
    )
    theirs: dict[int, list[Row]] = {}
    for row in rows:
        theirs.setdefault(row["person"], []).append(row)
    return sorted(
        (_work(person, taken) for person, taken in theirs.items()), key=lambda work: (-work.taken, work.person)
    )


def _work(person: int, taken: Sequence[Row]) -> Work:
    done = [row for row in taken if row["done_at"] is not None and row["owner"] == person]
    back = sum(row["owner"] != person for row in taken)
    minutes = sorted(max(0, row["done_at"] - row["at"]) // MINUTE for row in done)
    count = len(minutes)
    time = (
        Spread(count, minutes[(count + 1) // 2 - 1], minutes[(count * 9 + 9) // 10 - 1])
        if count
        else Spread(0, None, None)
    )
    rated = [row for row in done if row["rating"] is not None]
    good = sum(row["rating"] == "good" for row in rated)
    return Work(person, len(taken), count, back, good, len(rated), sum(row["reopened"] > 0 for row in done), time)
