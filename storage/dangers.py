"""Figures of the dangers of a stretch of time: how soon people were alerted, had it in hand, were there; false alarms."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storage.database import Row, Transaction, millis


@dataclass(frozen=True)
class Delay:
    """How many of them, and the median in whole seconds."""

    count: int = 0
    median: int | None = None


@dataclass(frozen=True)
class Dangers:
    """Everything ``/stats`` says of dangers; drills are left out."""

    count: int = 0
    alerted: Delay = Delay()
    held: Delay = Delay()
    there: Delay = Delay()
    closed: int = 0
    false: int = 0
    families: Mapping[str, int] = field(default_factory=dict)
    false_families: Mapping[str, int] = field(default_factory=dict)


def figures(tx: Transaction, start: datetime, end: datetime) -> Dangers:
    """The figures of the dangers that began within [start, end)."""
    rows = tx.all(
        "SELECT CASE kind WHEN 'danger' THEN family ELSE kind END AS family, cause, opened_at, alerted_at, held_at, there_at"
        " FROM incident WHERE opened_at >= ? AND opened_at < ? AND kind <> 'drill' AND coalesce(cause, '') <> 'drill'",
        millis(start),
        millis(end),
    )
    false = [row for row in rows if row["cause"] == "false"]
    return Dangers(
        len(rows),
        _delay(rows, "alerted_at"),
        _delay(rows, "held_at"),
        _delay(rows, "there_at"),
        sum(row["cause"] is not None for row in rows),
        len(false),
        _by_family(rows),
        _by_family(false),
    )


def _delay(rows: Sequence[Row], column: str) -> Delay:
    seconds = [max(0, row[column] - row["opened_at"]) / 1000 for row in rows if row[column] is not None]
    return Delay(len(seconds), round(statistics.median(seconds))) if seconds else Delay()


def _by_family(rows: Sequence[Row]) -> dict[str, int]:
    return dict(Counter(row["family"] for row in rows).most_common())
