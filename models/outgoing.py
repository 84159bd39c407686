"""What leaves: text with buttons, a card with a key, or something to be made first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

CLASSES = ("emergency", "answer", "reminder", "survey", "broadcast")
"""Classes of message, most urgent first; ``survey`` and ``broadcast`` are sent at most once, the others at least once."""
AT_MOST_ONCE = frozenset({"survey", "broadcast"})


@dataclass(frozen=True)
class Button:
    """A button; ``data`` is ``verb:target:turn`` of at most 64 bytes."""

    label: str
    data: str


Rows: TypeAlias = tuple[tuple[Button, ...], ...]
Asserted: TypeAlias = tuple[str, int | None]
"""Key of a text that says how things stand, and the ticket it says it of."""


@dataclass(frozen=True)
class Say:
    """A line of plain text for one chat."""

    chat: int
    text: str
    buttons: Rows = ()
    kind: str = "answer"
    about: int | None = None
    """The ticket it speaks of; a reply to it belongs to that ticket."""
    file: str | None = None
    """Name of a picture or a recording; the text goes alone when it is no longer kept."""
    menu: bool = False
    """Puts up the residents' menu, where the messenger has such a thing."""
    asserts: tuple[Asserted, ...] = ()
    """What it says of how things stand."""


@dataclass(frozen=True)
class Card:
    """A message that is sent once and edited afterwards, found by its key."""

    chat: int
    key: str
    text: str
    buttons: Rows = ()
    kind: str = "answer"
    about: int | None = None
    anew: bool = False
    """Sent again instead of edited: what must ring. Only the newest waits to be sent."""
    asserts: tuple[Asserted, ...] = ()
    """What it says of how things stand."""


@dataclass(frozen=True)
class Make:
    """A file to be made by a worker after the commit, then sent."""

    chat: int
    task: str
    """``export``, ``chart`` or ``speech``."""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "answer"


Outgoing: TypeAlias = Say | Card | Make
