"""Forms: a flow and its slots as data, and a form being filled by one person in one chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Slot:
    """One thing a flow must know."""

    name: str
    kind: str
    """``what``, ``place``, ``time``, ``since``, ``choice``, ``yesno``, ``number`` or ``text``."""
    required: bool = True
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Key of each answer → words for it; the first is the button's label."""
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Not asked when another slot holds one of these values."""


@dataclass(frozen=True)
class Flow:
    """A form to fill: what opens it, what it must know, what it becomes."""

    name: str
    life: str
    """``task``, ``appointment`` or ``case``."""
    intents: tuple[str, ...]
    slots: tuple[Slot, ...]
    label: str
    """The door's name on the menu."""
    queue: str = "volunteers"
    home: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Categories whose place is the speaker's home unless said otherwise: ``whole`` or ``stair``."""
    module: str | None = None
    """A module of ``handlers`` with behaviour of its own."""
    hands: int = 1
    """How many people it may take at most."""
    vetted: tuple[str, ...] = ()
    """Roles of which one is needed to be sent into a home; anybody who helps when empty."""

    def slot(self, name: str) -> Slot:
        """The slot of that name; raises ``KeyError``."""
        return next(slot for slot in self.slots if slot.name == name)


@dataclass(frozen=True)
class Dialogue:
    """A form being filled by one person in one chat."""

    chat: int
    person: int
    flow: str
    slots: Mapping[str, str] = field(default_factory=dict)
    """Slot → value: a key where a table exists, a JSON place or time, else the words."""
    words: str = ""
    """What the person said, in their own words."""
    asking: str | None = None
    """The slot being asked about, ``confirm``, ``which`` or None."""
    misses: int = 0
    turn: int = 0
    """Counts questions: a button of an older turn is stale."""
    waiting: tuple[str, ...] = ()
    """Further needs heard in the same breath: JSON of (flow, words, slots)."""
