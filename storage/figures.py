"""Figures of a stretch of time, computed inside the database on a reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database import Row, Transaction, millis, moment

MINUTE = 60_000
PRIVATE = 5
"""Cells with fewer persons are not shown by themselves."""
_RANGE = "FROM ticket WHERE opened_at >= ? AND opened_at < ? AND flow <> 'desk' AND life <> 'case'"


@dataclass(frozen=True)
class Spread:
    """How long something took, over those for which it happened; whole minutes."""

    count: int
    median: int | None
    ninetieth: int | None


@dataclass(frozen=True)
class Figures:
    """Everything ``/stats`` says; counts with their denominators."""

    opened: int
    responded: int
    within: int
    """First response not later than promised."""
    promised: int
    """Tickets whose promise has been kept or has passed."""
    done: int
    confirmed: int
    reopened: int
    cancelled: int
    ratings: Mapping[str, int]
    response: Spread
    completion: Spread
    flows: Mapping[str, int]
    categories: Mapping[str, int]
    buildings: Mapping[str, int]
    """Of whole months; ``""`` holds what is too few to be shown by building, and all other days."""
    cases: int = 0
    """Mediations, by fives; zero where there were fewer."""


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


def figures(tx: Transaction, start: datetime, end: datetime, now: datetime) -> Figures:
    """The figures of the tickets opened within [start, end)."""
    span = (millis(start), millis(end))
    cells = tx.all(_CELLS, millis(now), *span)
    total = {name: sum(row[name] for row in cells) for name in _COUNTED}
    return Figures(
        **total,
        ratings=_by(cells, "rating", lambda row: row["rating"] is not None),
        response=_spread(tx, "responded_at", span),
        completion=_spread(tx, "done_at", span),
        flows=_by(cells, "flow"),
        categories=_by(cells, "category"),
        buildings=_buildings(tx, _by(cells, "building"), (start, min(end, now))),
        cases=_cases(tx, span),
    )


_COUNTED = ("opened", "responded", "within", "promised", "done", "confirmed", "reopened", "cancelled")
_CELLS = (
    "SELECT flow, category, coalesce(building, '') AS building, rating, count(*) AS opened,"
    ' count(responded_at) AS responded, count(*) FILTER (WHERE responded_at <= promised_at) AS "within",'
    " count(*) FILTER (WHERE promised_at <= ? OR (promised_at IS NOT NULL AND responded_at IS NOT NULL)) AS promised,"
    " count(done_at) AS done, count(confirmed_at) AS confirmed, count(*) FILTER (WHERE reopened > 0) AS reopened,"
    f" count(*) FILTER (WHERE status = 'cancelled') AS cancelled {_RANGE} GROUP BY 1, 2, 3, 4"
)
"""One pass over the range; everything but the percentiles is a sum of these cells."""


def _by(cells: Sequence[Row], column: str, test: Callable[[Row], bool] = bool) -> dict[str, int]:
    """Tickets by one column, the most first."""
    counts: Counter[str] = Counter()
    for row in filter(test, cells):
        counts[row[column]] += row["opened"]
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _buildings(tx: Transaction, counts: Mapping[str, int], span: tuple[datetime, datetime]) -> dict[str, int]:
    """By building, month by month; ``""`` holds the rest.

    Only whole months that are over are counted by building, and each always alike: whatever stretches are asked for, their
    differences are sums of those same cells, each of five persons or more.
    """
    shown: Counter[str] = Counter()
    for first, last in _months(*span):
        shown.update(_of_month(tx, first, last))
    rest = sum(counts.values()) - shown.total()
    return dict(sorted(shown.items(), key=lambda item: (-item[1], item[0]))) | ({"": rest} if rest else {})


def _months(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The calendar months that lie whole between two moments."""
    first = start.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while first < end:
        following = (first + timedelta(days=32)).replace(day=1)
        if start <= first and following <= end:
            yield first, following
        first = following


def _of_month(tx: Transaction, first: datetime, last: datetime) -> dict[str, int]:
    """The buildings of a month from which five or more persons reported, as long as what is left is of five or more too."""
    persons: dict[str, set[int]] = {}
    tickets: Counter[str] = Counter()
    for row in tx.all(
        f"SELECT coalesce(building, '') AS building, reporter, count(*) AS number {_RANGE} GROUP BY 1, 2",
        millis(first),
        millis(last),
    ):
        persons.setdefault(row["building"], set()).update({row["reporter"]} - {None})
        tickets[row["building"]] += row["number"]
    shown = [cell for cell, _ in tickets.most_common() if cell and len(persons[cell]) >= PRIVATE]
    hidden = [cell for cell in tickets if cell not in shown]
    while hidden and shown and len(set().union(*(persons[cell] for cell in hidden))) < PRIVATE:
        hidden.append(shown.pop())
    return {cell: tickets[cell] for cell in shown}


def told(count: int) -> int:
    """A number of mediations as it is told: by fives, so that one more or less is not seen; zero where nothing is told."""
    return count - count % PRIVATE


def _spread(tx: Transaction, column: str, span: tuple[int, int]) -> Spread:
    """Median and 90th percentile (nearest rank) of the time since opening, in whole minutes."""
    rows = tx.all(
        f"SELECT ({column} - opened_at) / {MINUTE} AS minute, count(*) AS number {_RANGE} AND {column} IS NOT NULL"
        " GROUP BY minute ORDER BY minute",
        *span,
    )
    return _spread_of(rows)


def _rank(rows: Sequence[Row], place: int) -> int | None:
    """The minutes of the one who stands at this place."""
    passed = 0
    for row in rows:
        passed += row["number"]
        if passed >= place:
            return int(row["minute"])
    return None


def _cases(tx: Transaction, span: tuple[int, int]) -> int:
    """How many mediations, told only where nobody could be made out."""
    row = tx.one(
        "SELECT count(*) AS number FROM ticket WHERE opened_at >= ? AND opened_at < ? AND life = 'case'", *span
    )
    return told(row["number"]) if row else 0


# ---------------------------------------------------------------- by queue, by person, by day

_FIRST = (
    "SELECT opened_at, promised_at, responded_at, done_at, CASE WHEN queue <> 'desk' THEN queue ELSE coalesce("
    " (SELECT json_extract(e.changes, '$.queue') FROM ticket_event e WHERE e.ticket = ticket.id ORDER BY e.id LIMIT 1),"
    f" queue) END AS first_queue {_RANGE}"
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
    took = {row["name"]: _spread_of([time for time in times if time["name"] == row["name"]]) for row in rows}
    return [
        Part(row["name"], row["opened"], row["within"], row["promised"], row["done"], took[row["name"]]) for row in rows
    ]


def _spread_of(rows: Sequence[Row]) -> Spread:
    count = sum(row["number"] for row in rows)
    return Spread(count, _rank(rows, (count + 1) // 2), _rank(rows, (count * 9 + 9) // 10))


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


QUARTER = 15 * MINUTE
"""Every zone's midnight lies on a quarter of an hour."""


def quarters(tx: Transaction, start: datetime, end: datetime) -> tuple[dict[datetime, int], dict[datetime, int]]:
    """How many tickets were opened, and how many done, in each quarter of an hour within [start, end)."""
    span = (millis(start), millis(end))
    found = []
    for column in ("opened_at", "done_at"):
        rows = tx.all(
            f"SELECT {column} / {QUARTER} AS quarter, count(*) AS number FROM ticket WHERE {column} >= ? AND {column} < ?"
            " AND flow <> 'desk' AND life <> 'case' GROUP BY quarter",
            *span,
        )
        found.append({moment(row["quarter"] * QUARTER): row["number"] for row in rows})
    return found[0], found[1]
