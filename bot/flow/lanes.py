"""One lane per chat: what comes in for one chat is worked in order, lanes run side by side."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Item = TypeVar("Item")
LOG = logging.getLogger(__name__)


class Lanes(Generic[Item]):
    """Queues that exist only while something waits in them."""

    def __init__(self, work: Callable[[Item], Awaitable[None]]) -> None:
        """``work`` is called for each item; it must not raise."""
        self._work = work
        self._waiting: dict[str, deque[Item]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._empty = asyncio.Event()
        self._empty.set()

    @property
    def busy(self) -> int:
        """How many lanes hold something."""
        return len(self._waiting)

    def put(self, lane: str, item: Item) -> None:
        """Queue an item; the lane begins to run if it did not."""
        if lane in self._waiting:
            self._waiting[lane].append(item)
            return
        self._waiting[lane] = deque([item])
        self._empty.clear()
        task = asyncio.create_task(self._run(lane))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self, lane: str) -> None:
        items = self._waiting[lane]
        try:
            while items:
                try:
                    await self._work(items.popleft())
                except Exception as fault:
                    LOG.error("lane: %s; what waits in it goes on", type(fault).__name__)
        finally:
            del self._waiting[lane]
            if not self._waiting:
                self._empty.set()

    async def drained(self) -> None:
        """Wait until nothing waits."""
        await self._empty.wait()

    async def stop(self, seconds: float) -> None:
        """Let what runs finish for so long, then end it; what was not worked stays stored."""
        for items in self._waiting.values():
            items.clear()
        if self._running:
            _, late = await asyncio.wait(set(self._running), timeout=seconds)
            for task in late:
                task.cancel()
