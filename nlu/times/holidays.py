"""Official days off and working weekends: the shipped years, a community's own file, and plain weekends beyond both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from models import files as tables
from nlu.grammar import table

FILE = "holidays.toml"
"""The name of a community's own file, beside its database."""
_SATURDAY = 5


@dataclass(frozen=True)
class Official:
    """The official days of some years."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    years: frozenset[int] = field(default_factory=frozenset)

    @property
    def last(self) -> int:
        """The last year whose official days are known; beyond it weekends count."""
        return max(self.years, default=0)

    def is_workday(self, day: date) -> bool:
        """Whether people work on a day."""
        if day in self.off:
            return False
        return day in self.work or day.weekday() < _SATURDAY

    def next_workday(self, day: date) -> date:
        """The day itself, or the first one after it on which people work."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day


@cache
def shipped() -> Official:
    """The years that come with the program."""
    return _read(table("holidays"))


def with_own(folder: Path) -> Official:
    """The shipped years with those of the community's own file; raises ``ValueError`` naming what is wrong there."""
    source = folder / FILE
    if not source.is_file():
        return shipped()
    own = _read(tables.table(source, str(source)))
    kept = {name: {day for day in getattr(shipped(), name) if day.year not in own.years} for name in ("off", "work")}
    return Official(own.off | kept["off"], own.work | kept["work"], own.years | shipped().years)


def _read(years: Mapping[str, Any]) -> Official:
    days = {
        name: frozenset(_date(f"{year}-{day}") for year, row in years.items() for day in row.get(name, ()))
        for name in ("off", "work")
    }
    return Official(days["off"], days["work"], frozenset(map(int, years)))


def _date(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{written} is no day") from None
