"""Figures of a stretch of time, computed inside the database on a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction, millis

PRIVATE = 5
"""Cells with fewer persons are not shown by themselves."""
_RANGE = "FROM ticket WHERE opened_at >= ? AND opened_at < ? AND flow <> 'desk'"


@dataclass(frozen=True)
class Spread:
    """How long something took, over those for which it happened; milliseconds."""

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
    row = tx.one(
        "SELECT count(*) AS opened, count(responded_at) AS responded,"
        " count(*) FILTER (WHERE responded_at <= promised_at) AS within_promise,"
        " count(*) FILTER (WHERE responded_at IS NOT NULL OR promised_at <= ?) AS promised,"
        " count(done_at) AS done, count(confirmed_at) AS confirmed, count(*) FILTER (WHERE reopened > 0) AS reopened,"
        f" count(*) FILTER (WHERE status = 'cancelled') AS cancelled {_RANGE}",
        millis(now), *span,
    )  # fmt: skip
    assert row is not None
    return Figures(
        row["opened"], row["responded"], row["within_promise"], row["promised"], row["done"], row["confirmed"],
        row["reopened"], row["cancelled"], _counts(tx, "rating", span, "AND rating IS NOT NULL"),
        _spread(tx, "responded_at", span), _spread(tx, "done_at", span), _counts(tx, "flow", span),
        _counts(tx, "category", span), _buildings(tx, span),
    )  # fmt: skip


def _counts(tx: Transaction, column: str, span: tuple[int, int], and_where: str = "") -> dict[str, int]:
    rows = tx.all(
        f"SELECT {column} AS cell, count(*) AS number {_RANGE} {and_where} GROUP BY {column} ORDER BY number DESC, cell",
        *span,
    )
    return {row["cell"]: row["number"] for row in rows}


def _buildings(tx: Transaction, span: tuple[int, int]) -> dict[str, int]:
    """By building where five or more persons reported; the rest together."""
    rows = tx.all(
        "SELECT coalesce(building, '') AS cell, count(*) AS number, count(DISTINCT reporter) AS persons"
        f" {_RANGE} GROUP BY building ORDER BY number DESC, cell",
        *span,
    )
    shown = {row["cell"]: row["number"] for row in rows if row["cell"] and row["persons"] >= PRIVATE}
    rest = sum(row["number"] for row in rows) - sum(shown.values())
    return shown | ({"": rest} if rest else {})


def _spread(tx: Transaction, column: str, span: tuple[int, int]) -> Spread:
    """Median and 90th percentile (nearest rank) of the time since opening."""
    rows = tx.all(
        "SELECT took, place, number FROM (SELECT took, row_number() OVER (ORDER BY took) AS place, count(*) OVER () AS number"
        f" FROM (SELECT {column} - opened_at AS took {_RANGE} AND {column} IS NOT NULL))"
        " WHERE place IN ((number + 1) / 2, (number * 9 + 9) / 10)",
        *span,
    )
    if not rows:
        return Spread(0, None, None)
    number = rows[0]["number"]
    at = {row["place"]: row["took"] for row in rows}
    return Spread(number, at[(number + 1) // 2], at[(number * 9 + 9) // 10])
