"""Figures of a stretch of time, computed inside the database on a reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Row, Transaction, millis

MINUTE = 60_000
PRIVATE = 5
"""Cells with fewer persons are not shown by themselves."""
_RANGE = "FROM ticket WHERE opened_at >= ? AND opened_at < ? AND flow <> 'desk'"


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
    """``""`` holds what is too few to be shown by building."""


def figures(tx: Transaction, start: datetime, end: datetime, now: datetime) -> Figures:
    """The figures of the tickets opened within [start, end)."""
    span = (millis(start), millis(end))
    cells = tx.all(_CELLS, millis(now), *span)
    total = {name: sum(row[name] for row in cells) for name in _COUNTED}
    return Figures(
        **total, ratings=_by(cells, "rating", lambda row: row["rating"] is not None),
        response=_spread(tx, "responded_at", span), completion=_spread(tx, "done_at", span), flows=_by(cells, "flow"),
        categories=_by(cells, "category"), buildings=_buildings(tx, _by(cells, "building"), span),
    )  # fmt: skip


_COUNTED = ("opened", "responded", "within", "promised", "done", "confirmed", "reopened", "cancelled")
_CELLS = (
    "SELECT flow, category, coalesce(building, '') AS building, rating, count(*) AS opened,"
    " count(responded_at) AS responded, count(*) FILTER (WHERE responded_at <= promised_at) AS \"within\","
    " count(*) FILTER (WHERE responded_at IS NOT NULL OR promised_at <= ?) AS promised,"
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


def _buildings(tx: Transaction, counts: Mapping[str, int], span: tuple[int, int]) -> dict[str, int]:
    """By building where five or more persons reported; the rest together."""
    shown = {cell: number for cell, number in counts.items() if cell and number >= PRIVATE and _many(tx, cell, span)}
    rest = sum(counts.values()) - sum(shown.values())
    return shown | ({"": rest} if rest else {})


def _many(tx: Transaction, building: str, span: tuple[int, int]) -> bool:
    """Whether enough different persons reported from a building."""
    row = tx.one(
        f"SELECT count(*) AS persons FROM (SELECT DISTINCT reporter {_RANGE} AND building = ? LIMIT {PRIVATE})", *span, building
    )
    return bool(row and row["persons"] >= PRIVATE)


def _spread(tx: Transaction, column: str, span: tuple[int, int]) -> Spread:
    """Median and 90th percentile (nearest rank) of the time since opening, in whole minutes."""
    rows = tx.all(
        f"SELECT ({column} - opened_at) / {MINUTE} AS minute, count(*) AS number {_RANGE} AND {column} IS NOT NULL"
        " GROUP BY minute ORDER BY minute",
        *span,
    )
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
