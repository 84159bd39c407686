"""The community's own list of residents: a door, who lives behind it, and what a list says of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple


class Door(NamedTuple):
    """Building, unit (empty where there is only one) and room, without measure words."""

    building: str
    unit: str
    room: str

    def __str__(self) -> str:
        return "-".join(part for part in self if part)


@dataclass(frozen=True)
class Facts:
    """What a list says of one resident; an empty text is something it does not say."""

    name: str
    door: Door
    phone: str = ""
    tenure: str = ""
    """``owner``, ``tenant`` or ``family``."""
    alone: str = ""
    """``yes`` or ``no``."""
    phoneless: str = ""
    """``yes`` or ``no``."""
    consent: str = ""
    """Where they agreed to be on the list: ``paper``, ``visit``, ``call`` or ``self``; ``no`` when they did not."""

    def changes(self, newer: Facts) -> dict[str, tuple[str, str]]:
        """Field → before and after, of what a newer list says otherwise; what it leaves open stays."""
        pairs = ((one.name, getattr(self, one.name), getattr(newer, one.name)) for one in fields(self))
        return {name: (str(before), str(after)) for name, before, after in pairs if after and after != before}


@dataclass(frozen=True)
class Listed:
    """Facts that are kept, under their number; ``person`` where somebody said who on the bot this is."""

    id: int
    facts: Facts
    person: int | None = None
