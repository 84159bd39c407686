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
COUNTED_TICKETS = "FROM ticket WHERE opened_at >= ? AND opened_at < ? AND flow <> 'desk' AND life <> 'case'"


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
        cases=cases(tx, start, end),
    )


_COUNTED = ("opened", "responded", "within", "promised", "done", "confirmed", "reopened", "cancelled")
_CELLS = (
    "SELECT flow, category, coalesce(building, '') AS building, rating, count(*) AS opened,"
    ' count(responded_at) AS responded, count(*) FILTER (WHERE responded_at <= promised_at) AS "within",'
    " count(*) FILTER (WHERE promised_at <= ? OR (promised_at IS NOT NULL AND responded_at IS NOT NULL)) AS promised,"
    " count(done_at) AS done, count(confirmed_at) AS confirmed, count(*) FILTER (WHERE reopened > 0) AS reopened,"
    f" count(*) FILTER (WHERE status = 'cancelled') AS cancelled {COUNTED_TICKETS} GROUP BY 1, 2, 3, 4"
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
        f"SELECT coalesce(building, '') AS building, reporter, count(*) AS number {COUNTED_TICKETS} GROUP BY 1, 2",
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
        f"SELECT ({column} - opened_at) / {MINUTE} AS minute, count(*) AS number {COUNTED_TICKETS} AND {column} IS NOT NULL"
        " GROUP BY minute ORDER BY minute",
        *span,
    )
    return spread_of(rows)


def spread_of(rows: Sequence[Row]) -> Spread:
    """Of rows with a ``minute`` and the ``number`` that took so long, in order of minutes."""
    count = sum(row["number"] for row in rows)
    return Spread(count, _rank(rows, (count + 1) // 2), _rank(rows, (count * 9 + 9) // 10))


def _rank(rows: Sequence[Row], place: int) -> int | None:
    """The minutes of the one who stands at this place."""
    passed = 0
    for row in rows:
        passed += row["number"]
        if passed >= place:
            return int(row["minute"])
    return None


def cases(tx: Transaction, start: datetime, end: datetime) -> int:
    """How many mediations, told only where nobody could be made out."""
    row = tx.one(
        "SELECT count(*) AS number FROM ticket WHERE opened_at >= ? AND opened_at < ? AND life = 'case'",
        millis(start),
        millis(end),
    )
    return told(row["number"]) if row else 0


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
