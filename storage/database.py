"""The narrow waist: four calls, behind which a database lies.

``transaction(work)`` runs a plain function with a :class:`Transaction` on the writer's thread and returns
after the commit; ``read(work)`` does the same on a reader connection that sees the last commit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

Row = Mapping[str, Any]
Result = TypeVar("Result")


class Transaction(Protocol):
    """What a storage function may do."""

    def run(self, sql: str, *values: Any) -> int:
        """Execute a statement; returns the number of rows it changed."""

    def one(self, sql: str, *values: Any) -> Row | None:
        """The first row, or None."""

    def all(self, sql: str, *values: Any) -> Sequence[Row]:
        """All rows."""


class Unavailable(Exception):
    """The database refuses for now: full, locked, or not reachable. Nothing was changed."""


class Database(Protocol):
    """A place where everything is kept."""

    @property
    def working_for(self) -> float:
        """Seconds of the machine for which one piece of work has held the writer."""

    async def transaction(self, work: Callable[[Transaction], Result]) -> Result:
        """Run ``work`` under the one write lock; raises ``Unavailable`` when nothing could be stored."""

    async def read(self, work: Callable[[Transaction], Result]) -> Result:
        """Run ``work`` on a reader; it must not write."""

    async def clean(self) -> None:
        """Leave nothing of what was deleted in the files; raises ``Unavailable`` when that must be tried again."""

    async def close(self) -> None:
        """Finish what runs and close."""


def millis(at: datetime) -> int:
    """An aware datetime as UTC milliseconds; raises ``ValueError`` on a naive one."""
    if at.tzinfo is None:
        raise ValueError("a datetime without zone")
    return round(at.timestamp() * 1000)


def moment(value: int) -> datetime:
    """UTC milliseconds as an aware datetime."""
    return datetime.fromtimestamp(value / 1000, UTC)
