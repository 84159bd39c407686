"""What may have ended the process before: events that were under way then are tried alone, the others wait for them.

An event that was there once at such an end is worked before everything else, alone. One that was there twice comes last of
all, after a pause: whoever kills the process again and again from outside does not hit the same one a third time. Danger waits
for nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.flow.work import ATTEMPTS
from storage.inbox import Entry

ALONE, LAST = "alone", "last"
"""The lanes of the two."""
CALM = 3.0
"""Seconds of the machine before the very last are tried."""


@dataclass(frozen=True)
class Alone:
    """Events that are worked one after another before the others, or (``last``) after everything."""

    entries: tuple[Entry, ...]
    last: bool = False


class Suspects:
    """Sorts what waits at the start, and keeps back what must not go before it."""

    def __init__(self, work: Callable[[Entry], Awaitable[None]], lane: Callable[[Entry], str]) -> None:
        """Nothing is suspected."""
        self._work, self._lane = work, lane
        self.none = True
        """Whether everything may go its way."""
        self._waiting: list[Entry] | None = None
        self._behind: dict[str, list[Entry]] = {}
        """What waits in the chats of the very last events: nobody's later line goes before an earlier one."""

    def sort(self, waiting: Sequence[Entry]) -> tuple[list[Entry], list[tuple[str, Alone]]]:
        """What may be worked at once, and what alone, with its lane."""
        worst = [entry for entry in waiting if entry.attempts == ATTEMPTS - 1]
        self._behind = {self._lane(entry): [] for entry in worst}
        others = [entry for entry in waiting if entry not in worst]
        first = [entry for entry in others if entry.attempts and self._lane(entry) not in self._behind]
        self.none = not worst and not first
        alone = [(LAST, Alone(tuple(worst), last=True))] if worst else []
        if not first:
            return others, alone
        self._waiting = [entry for entry in others if entry not in first]
        return [], [(ALONE, Alone(tuple(first))), *alone]

    def keeps(self, entry: Entry) -> bool:
        """Keep an event back that must not go before them; False for what need not wait."""
        lane = self._lane(entry)
        kept = self._behind.get(lane, None if lane.endswith("!") else self._waiting)
        if kept is None:
            return False
        kept.append(entry)
        return True

    async def work(self, alone: Alone) -> list[Entry]:
        """Work them; whatever waited for them may go now."""
        if alone.last:
            await asyncio.sleep(CALM)
        for entry in alone.entries:
            await self._work(entry)
        if alone.last:
            later, self._behind = [entry for entries in self._behind.values() for entry in entries], {}
        else:
            later, self._waiting = self._waiting or [], None
        self.none = self._waiting is None and not self._behind
        return later
