"""The clock: real, moved by hand, or moved by a file that several processes share; and the tick."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

POLL = 0.01
"""Seconds between two looks at a clock that somebody else moves."""


class Clock(Protocol):
    """What time it is, and waiting."""

    def now(self) -> datetime:
        """Aware, UTC."""

    async def sleep(self, seconds: float) -> None:
        """Wait this long on this clock."""


class RealClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class MovedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        """Begin at a moment."""
        self._at = at.astimezone(UTC)
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Aware, UTC."""
        return self._at

    def move(self, to: datetime) -> None:
        """Go on to a later moment; never back."""
        self._at = max(self._at, to.astimezone(UTC))
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock was moved far enough."""
        until = self._at + timedelta(seconds=seconds)
        while self._at < until:
            await self._moved.wait()


class ShiftedClock:
    """The machine's clock, put forward by hand: it goes on running."""

    def __init__(self) -> None:
        """Begin at the machine's time."""
        self._ahead = timedelta()
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC) + self._ahead

    def move(self, to: datetime) -> None:
        """Go on to a later moment; never back."""
        self._ahead = max(self._ahead, to - datetime.now(UTC))
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Wait, or until the clock was moved far enough."""
        until = self.now() + timedelta(seconds=seconds)
        while (left := (until - self.now()).total_seconds()) > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), left)


class FileClock:
    """A clock read from a file (ISO 8601), moved by whoever writes it; for tests over several processes."""

    def __init__(self, path: Path) -> None:
        """Remember the file; it may appear later."""
        self._path = path
        self._last = datetime.now(UTC)

    def now(self) -> datetime:
        """Aware, UTC; the last time that could be read."""
        with contextlib.suppress(OSError, ValueError):
            self._last = datetime.fromisoformat(self._path.read_text(encoding="ascii")).astimezone(UTC)
        return self._last

    async def sleep(self, seconds: float) -> None:
        """Wait until the file shows a late enough time."""
        until = self.now() + timedelta(seconds=seconds)
        while self.now() < until:
            await asyncio.sleep(POLL)


def start_ticking(tick: Callable[[], Awaitable[None]], seconds: float = 1.0) -> AsyncIOScheduler:
    """Call ``tick`` every second; a tick that is late or still running is left out, the next one sees everything."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(tick, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None)
    scheduler.start()
    return scheduler
