"""The queue of updates: numbers, offsets, confirmation, and the oddities that the real one is known for.

An offset confirms everything before it. An offset of 0 starts at the head; a negative one counts from the end and
forgets what is before; one that lies more than ten beyond the last number is not believed: the head is given again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .state import Dict

BELIEVED = 10


@dataclass
class Queue:
    """Unconfirmed updates, oldest first."""

    last: int
    """The number given last."""
    pending: list[Dict] = field(default_factory=list)
    confirmed: list[Dict] = field(default_factory=list)
    offered: list[int] = field(default_factory=list)
    """Every number ever handed out, with repeats."""
    allowed: tuple[str, ...] = ()
    reverse: int = 0
    """How many of the next pages are handed out in reverse order."""

    def push(self, kind: str, content: Any, force: bool = False) -> int | None:
        """Queue an update; None when the client did not ask for this kind."""
        if not force and self.allowed and kind not in self.allowed:
            return None
        self.last += 1
        self.pending.append({"update_id": self.last, kind: content})
        return self.last

    def restart(self, number: int) -> None:
        """Numbers go on from somewhere else, as after an idle week."""
        self.last = number

    def again(self, update_id: int) -> None:
        """Hand out once more what was confirmed already."""
        found = [update for update in self.confirmed if update["update_id"] == update_id]
        self.pending.append(found[-1])

    def page(self, offset: int, limit: int) -> list[Dict]:
        """The updates from an offset on; what lies before it is confirmed."""
        if offset < 0:
            self._confirm(max(0, len(self.pending) + offset))
        elif 0 < offset <= self.last + BELIEVED:
            self._confirm(sum(1 for update in self.pending if update["update_id"] < offset))
        page = self.pending[:limit]
        if page and self.reverse:
            self.reverse -= 1
            page = page[::-1]
        self.offered += [update["update_id"] for update in page]
        return page

    def taken(self, update: Dict) -> None:
        """A webhook answered 200."""
        self.pending.remove(update)
        self.confirmed.append(update)

    def _confirm(self, count: int) -> None:
        self.confirmed += self.pending[:count]
        del self.pending[:count]
