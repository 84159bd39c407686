"""Pressed buttons keep turning until they are answered: by the core at once, or by themselves a little later."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from telegram import Bot

from bot.channels.telegram.errors import FAULTS

if TYPE_CHECKING:
    from bot.flow.clock import Clock

PATIENCE = 2.0
"""Seconds after which a stored press is answered without the core."""
REMEMBERED = 1000


class Presses:
    """The presses that still want an answer, by the key of their event."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        """None yet."""
        self._bot = bot
        self._clock = clock
        self._queries: OrderedDict[str, str] = OrderedDict()
        self._late: set[asyncio.Task[None]] = set()

    def waiting(self, key: str, query: str) -> None:
        """A press arrived; ``query`` is empty for other events."""
        if query:
            self._queries[key] = query
        while len(self._queries) > REMEMBERED:
            self._queries.popitem(last=False)

    def stored(self, keys: Iterable[str]) -> None:
        """These events are stored; answer those that nobody answers."""
        unanswered = [key for key in keys if key in self._queries]
        if unanswered:
            task = asyncio.create_task(self._answer_late(unanswered))
            self._late.add(task)
            task.add_done_callback(self._late.discard)

    async def answer(self, key: str) -> None:
        """Stop the button from turning; too late or a second time does no harm."""
        query = self._queries.pop(key, "")
        if not query:
            return
        try:
            await self._bot.answer_callback_query(query)
        except FAULTS:
            return

    def close(self) -> None:
        """Forget them."""
        for task in self._late:
            task.cancel()

    async def _answer_late(self, keys: list[str]) -> None:
        await self._clock.sleep(PATIENCE)
        for key in keys:
            await self.answer(key)
