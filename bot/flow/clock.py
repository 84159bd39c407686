"""The clock: real, moved by hand, or moved by a file that several processes share; and the tick."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from apscheduler.job import Job
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

POLL = 0.01
"""Seconds between two looks at a clock that somebody else moves."""

HAIR = 1e-6
"""Seconds by which sums of seconds may be off; a clock that stands still would never make up for them."""


class Clock(Protocol):
    """What time it is, and waiting."""

    def now(self) -> datetime:
        """Aware, UTC."""

    def monotonic(self) -> float:
        """Seconds since some moment; never set back and never put on: for pauses and limits."""

    async def sleep(self, seconds: float) -> None:
        """Wait this long on this clock."""


class RealClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """The machine's."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class MovedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        """Begin at a moment."""
        self._at, self._passed = at.astimezone(UTC), 0.0
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Aware, UTC."""
        return self._at

    def monotonic(self) -> float:
        """How far it was moved so far."""
        return self._passed

    def move(self, to: datetime) -> None:
        """Go on to a later moment; never back."""
        self._passed += max(0.0, (to - self._at).total_seconds())
        self.jump(max(self._at, to.astimezone(UTC)))

    def jump(self, to: datetime) -> None:
        """Be set to another moment, also an earlier one, while no time passes."""
        self._at = to.astimezone(UTC)
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock was moved far enough."""
        until = self._passed + seconds - HAIR
        while self._passed < until:
            await self._moved.wait()


class ShiftedClock:
    """The machine's clock, put forward by hand: it goes on running."""

    def __init__(self, at: datetime | None = None) -> None:
        """Begin at a moment, or at the machine's time."""
        self._ahead = at - datetime.now(UTC) if at else timedelta()
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC) + self._ahead

    def monotonic(self) -> float:
        """The machine's, put forward likewise."""
        return time.monotonic() + self._ahead.total_seconds()

    def move(self, to: datetime) -> None:
        """Go on to a later moment; never back."""
        self._ahead = max(self._ahead, to - datetime.now(UTC))
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Wait, or until the clock was moved far enough."""
        until = self.monotonic() + seconds
        while (left := until - self.monotonic()) > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), left)


class FileClock:
    """A clock read from a file (ISO 8601), moved by whoever writes it; for tests over several processes."""

    def __init__(self, path: Path) -> None:
        """Remember the file; it may appear later."""
        self._path = path
        self._last, self._passed = datetime.now(UTC), 0.0
        self._reading = threading.Lock()

    def now(self) -> datetime:
        """Aware, UTC; the last time that could be read."""
        with self._reading:  # two readers at once would count the same step twice
            before = self._last
            with contextlib.suppress(OSError, ValueError):
                self._last = datetime.fromisoformat(self._path.read_text(encoding="ascii")).astimezone(UTC)
            self._passed += max(0.0, (self._last - before).total_seconds())
            return self._last

    def monotonic(self) -> float:
        """How far it was seen to go forward: a clock that is set back stands still here."""
        self.now()
        return self._passed

    async def sleep(self, seconds: float) -> None:
        """Wait until the file shows a late enough time, from the one that was read last: whoever asked counted from that."""
        until = self._passed + seconds - HAIR
        while self.monotonic() < until:
            await asyncio.sleep(POLL)


async def until(clock: Clock, moment: float) -> None:
    """Sleep to a moment of the monotonic clock, however late the sleep begins."""
    while (left := moment - clock.monotonic()) > 0:
        await clock.sleep(max(left, 0.001))


JUMP = 30.0
"""Seconds by which two clocks may disagree; more is a jump of the wall clock."""


class Watch:
    """Sees when the wall clock is set: it went another way than the one that only goes on."""

    def __init__(self, clock: Clock) -> None:
        """Begin to watch."""
        self._clock = clock
        self._wall, self._steady = _both(clock)

    def jumped(self) -> timedelta:
        """By how much the wall clock was set since the last look; zero when it went on as it should."""
        wall, steady = _both(self._clock)
        ahead = (wall - self._wall).total_seconds() - (steady - self._steady)
        self._wall, self._steady = wall, steady
        return timedelta(seconds=ahead) if abs(ahead) > JUMP else timedelta()


def _both(clock: Clock) -> tuple[datetime, float]:
    """The wall clock and the one that only goes on, at one moment: read anew where something came between."""
    while True:
        before, wall, steady = clock.monotonic(), clock.now(), clock.monotonic()
        if steady - before < JUMP:
            return wall, steady


class Again(BaseTrigger):  # type: ignore[misc]
    """So many seconds from now, whenever now is: a clock that is put on a year makes up for no year of ticks."""

    def __init__(self, seconds: float) -> None:
        """Remember how many."""
        self._seconds = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """After the pause."""
        return now + self._seconds


class OneTick(MemoryJobStore):  # type: ignore[misc]
    """Keeps the tick, also when the clock is set back: what lies further ahead than a pause is due."""

    def __init__(self, seconds: float) -> None:
        """Remember the pause."""
        super().__init__()
        self._pause = timedelta(seconds=seconds)

    def get_due_jobs(self, now: datetime) -> list[Job]:
        """The tick, when it is time."""
        for job in self.get_all_jobs():
            if job.next_run_time is not None and job.next_run_time - now > self._pause:
                job.modify(next_run_time=now)
        return list(super().get_due_jobs(now))


def start_ticking(tick: Callable[[], Awaitable[None]], seconds: float = 1.0) -> AsyncIOScheduler:
    """Call ``tick`` every second; a tick that is late or still running is left out, the next one sees everything."""
    scheduler = AsyncIOScheduler(timezone=UTC, jobstores={"default": OneTick(seconds)})
    scheduler.add_job(tick, Again(seconds), max_instances=1, coalesce=True, misfire_grace_time=None)
    scheduler.start()
    return scheduler
