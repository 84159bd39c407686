"""A wall clock that a test may set, under a process that knows nothing of it.

Python imports this module by itself when its folder stands on PYTHONPATH. The file named by ``WALL`` holds the seconds
by which the clock is wrong; the steady clock goes on as it does on a machine whose clock is set.
"""

from __future__ import annotations

import datetime
import os
import time

_true, _now, _datetime = time.time, time.time_ns, datetime.datetime


def _wrong() -> float:
    try:
        with open(os.environ["WALL"], encoding="ascii") as file:
            return float(file.read())
    except (OSError, KeyError, ValueError):
        return 0.0


class _Is(type):
    """The machine's own moments, made by C, are moments too."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, _datetime)

    def __subclasscheck__(cls, one: type) -> bool:
        return issubclass(one, _datetime)


class Moment(_datetime, metaclass=_Is):
    """What it is by the wrong clock."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Moment:
        """As the machine would say it."""
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls) -> Moment:
        """As the machine would say it, without zone."""
        return cls.now(datetime.UTC).replace(tzinfo=None)


if "WALL" in os.environ:
    time.time = lambda: _true() + _wrong()
    time.time_ns = lambda: _now() + int(_wrong() * 1e9)
    datetime.datetime = Moment  # type: ignore[misc]
