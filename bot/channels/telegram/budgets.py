"""What files may cost, by kind, page and person; the figures stand in ``budgets.toml``."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

from bot.channels.telegram.files import SIZE_LIMIT, Fetch
from models import files as tables

HOUR = 3600.0
PEOPLE = 5000
"""Accounts whose last hour is remembered."""


@dataclass(frozen=True)
class Budget:
    """So many files, and so many bytes of them."""

    files: int
    bytes: int


@dataclass(frozen=True)
class Budgets:
    """Everything in ``budgets.toml``."""

    at_once: int
    seconds: float
    page: Budget
    person: Budget
    longest: float
    kinds: dict[str, tuple[int, int]]
    """Kind → floor in bytes, and bytes for each second."""

    def largest(self, item: Fetch) -> int:
        """The most that a file of this kind and length may weigh."""
        floor, second = self.kinds[item.kind]
        seconds = self.longest if item.seconds is None else min(max(item.seconds, 0.0), self.longest)
        return min(SIZE_LIMIT, floor + int(second * seconds))


def load() -> Budgets:
    """The figures as shipped."""
    table = tables.table(files(__package__) / "budgets.toml", "bot/channels/telegram/budgets.toml")
    size = table["size"]
    kinds = {name: (one["floor"], one["second"]) for name, one in size.items() if name != "seconds"}
    return Budgets(
        table["at_once"], table["seconds"], Budget(**table["page"]), Budget(**table["person"]), size["seconds"], kinds
    )


class Purse:
    """Who fetched how much within the last hour of the machine."""

    def __init__(self, budgets: Budgets, monotonic: Callable[[], float]) -> None:
        """Nobody fetched anything."""
        self._budgets, self._monotonic = budgets, monotonic
        self._spent: dict[str, deque[tuple[float, int]]] = {}

    def page(self) -> Page:
        """The purse of one page."""
        return Page(self, self._budgets)

    def refuses(self, who: str, size: int) -> bool:
        """Whether this file is too much for one person; what is not refused is spent."""
        since = self._monotonic() - HOUR
        spent = self._spent.setdefault(who, deque())
        while spent and spent[0][0] < since:
            spent.popleft()
        limit = self._budgets.person
        if len(spent) >= limit.files or sum(one for _, one in spent) + size > limit.bytes:
            return True
        spent.append((self._monotonic(), size))
        if len(self._spent) > PEOPLE:
            self._spent.pop(next(iter(self._spent)))
        return False


class Page:
    """What one page has left to spend."""

    def __init__(self, purse: Purse, budgets: Budgets) -> None:
        """Nothing is spent."""
        self._purse, self._budgets = purse, budgets
        self._files = self._bytes = 0

    def refuses(self, item: Fetch, who: str) -> str:
        """Why a file is not fetched: ``large``, ``much``, or nothing."""
        largest = self._budgets.largest(item)
        if item.size > largest:
            return "large"
        size = item.size or largest
        full = self._files >= self._budgets.page.files or self._bytes + size > self._budgets.page.bytes
        if full or self._purse.refuses(who, size):
            return "much"
        self._files, self._bytes = self._files + 1, self._bytes + size
        return ""
