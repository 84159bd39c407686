"""Lines that waited through an outage: worked one by one behind everything new, and answered once in each chat."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from datetime import timedelta

from models.events import ChatChange
from storage.inbox import Entry

STALE = timedelta(hours=1)
"""A line that is older when it arrives waited through an outage."""
POLITE = 0.02
"""Seconds of the machine for which an old line lets new ones go first, again and again, up to :data:`TURNS` times."""
TURNS = 100


class Stale:
    """What waited, in the order it was said."""

    def __init__(
        self, work: Callable[[Entry], Awaitable[None]], busy: Callable[[], int], late: dict[int, bool]
    ) -> None:
        """``busy`` counts the lanes in which something new is worked; ``late`` tells the worker whom to answer in sum."""
        self._work, self._busy, self._late = work, busy, late
        self._waiting: deque[Entry] = deque()
        self._left: Counter[str] = Counter()
        self._several: set[str] = set()

    def takes(self, entry: Entry) -> bool:
        """Keep one here that waited too long to go before what is new; False for what changes a chat."""
        if isinstance(entry.event, ChatChange):
            return False
        self._waiting.append(entry)
        self._left[entry.lane] += 1
        if self._left[entry.lane] > 1:
            self._several.add(entry.lane)
        return True

    async def work(self) -> None:
        """Work everything that waits, letting new lines go first."""
        while self._waiting:
            for _ in range(TURNS):
                if self._busy() <= 1:
                    break
                await asyncio.sleep(POLITE)
            entry = self._waiting.popleft()
            self._left[entry.lane] -= 1
            last = self._left[entry.lane] == 0
            if entry.lane in self._several:
                self._late[entry.id] = last
            await self._work(entry)
            if last:
                self._several.discard(entry.lane)
                del self._left[entry.lane]
