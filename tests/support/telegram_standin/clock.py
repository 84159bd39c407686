"""A clock that a test moves; sleepers wake when it is moved far enough, or at once when it runs by itself."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from datetime import UTC, datetime, timedelta


class MovedClock:
    """``now`` stands still until :meth:`move`; with ``runs`` every sleep moves it at once."""

    def __init__(self, start: datetime = datetime(2026, 3, 2, 1, tzinfo=UTC), runs: bool = True) -> None:
        self._now = start
        self.runs = runs
        self.slept: list[float] = []
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._count = itertools.count()

    def now(self) -> datetime:
        """Aware, in UTC."""
        return self._now

    def monotonic(self) -> float:
        """Its seconds: this one is never set back."""
        return self._now.timestamp()

    async def sleep(self, seconds: float) -> None:
        """Until the clock shows that much later."""
        self.slept.append(seconds)
        if self.runs:
            self._now += timedelta(seconds=seconds)
            await asyncio.sleep(0)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + timedelta(seconds=seconds), next(self._count), future))
        await future

    def move(self, seconds: float) -> None:
        """Let time pass and wake who is due; call it in the loop of the sleepers."""
        self._now += timedelta(seconds=seconds)
        while self._sleepers and self._sleepers[0][0] <= self._now:
            future = heapq.heappop(self._sleepers)[2]
            if not future.done():
                future.set_result(None)
