"""The waist between the core and a messenger: one package per channel, all with this shape."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

from models.events import Received
from models.outgoing import Rows

Accept: TypeAlias = Callable[[Sequence[Received]], Awaitable[None]]
"""Stores events durably; once it returns they may be confirmed to the platform, when it raises they must not be."""


@dataclass(frozen=True)
class Message:
    """What a channel is asked to deliver: plain text, buttons, perhaps a file."""

    text: str
    buttons: Rows = ()
    file: Path | None = None
    kind: str = "answer"
    menu: tuple[str, ...] = ()
    """Labels that stay below the line where people type, until others replace them; not together with ``buttons``."""


class NotSent(Exception):
    """Certainly not delivered; try again, after ``wait`` seconds when the platform named them."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        """Keep the reason (no names, no text) and the wait in seconds."""
        super().__init__(reason)
        self.wait = wait


class MaybeSent(Exception):
    """The connection broke after the request left: delivered or not, nobody knows."""


class Never(Exception):
    """Will never be delivered (blocked, no such chat); the reason is a short key."""


class CardGone(Exception):
    """The message to edit is no longer there; send it anew."""


class Channel(Protocol):
    """A messenger."""

    name: str

    async def receive(self, accept: Accept) -> None:
        """Bring events in until cancelled; survives every fault of the network by itself."""

    async def send(self, chat: str, message: Message, edit: str | None = None) -> str:
        """Deliver a message, or edit the one named; returns the message's id.

        Raises ``NotSent``, ``MaybeSent``, ``Never`` or ``CardGone``.
        """

    async def receipt(self, chat: str, kind: str, key: str = "") -> None:
        """Best effort, stored nowhere: ``typing``, ``listening``, or the answer to a press (``key`` is the event's)."""

    async def close(self) -> None:
        """Let go of connections."""


@runtime_checkable
class ShowsHeard(Protocol):
    """A messenger that can write under somebody's own recording what was heard in it."""

    async def heard(self, chat: str, key: str, words: str) -> None:
        """Best effort, stored nowhere; ``key`` is the event's."""
