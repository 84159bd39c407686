"""A sign of life for an outside watchdog: while the clock ticks and the database answers, an address is asked for."""

from __future__ import annotations

import asyncio
import logging

from bot.flow.clock import Clock
from handlers.danger.settings import Danger

LOG = logging.getLogger(__name__)
TIMEOUT = 10.0
"""Seconds (of the machine) that one question may take."""


class Heartbeat:
    """Off without an address; a watchdog that cannot be reached is logged once and never disturbs anything."""

    def __init__(self, danger: Danger, clock: Clock) -> None:
        """Begin with the first tick."""
        self._address, self._every = danger.heartbeat, danger.heartbeat_seconds
        self._clock, self._last = clock, -float(self._every)
        self._task: asyncio.Task[None] | None = None
        self.failing = False
        """Whether the watchdog could not be told the last time."""

    def tick(self) -> None:
        """Everything works at this moment."""
        now = self._clock.monotonic()
        if self._address and now - self._last >= self._every and (self._task is None or self._task.done()):
            self._last = now
            self._task = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        import aiohttp

        try:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT)
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(self._address) as answer:
                self._tell(answer.status >= 400, f"status {answer.status}")
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
            self._tell(True, type(fault).__name__)

    def _tell(self, failing: bool, reason: str) -> None:
        if failing and not self.failing:
            LOG.warning("heartbeat: %s", reason)
        self.failing = failing

    async def stop(self) -> None:
        """Say nothing more."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
