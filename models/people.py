"""People, their roles, and the community they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.meaning import Building, PlaceExpression

STATES = ("hospital", "away", "moved", "deceased")
"""How somebody's life can stand beside being here: the first two rest, the others end."""
GONE = frozenset({"moved", "deceased"})
ROLES = ("resident", "family", "volunteer", "vetted", "duty", "property", "mediator", "provider", "desk", "manager")


@dataclass(frozen=True)
class Person:
    """One human, known on one or more channels."""

    id: int
    name: str = ""
    phone: str = ""
    home: PlaceExpression | None = None
    roles: frozenset[str] = frozenset()
    chat: int | None = None
    """Their private chat, where they can be reached."""
    consented: bool = False
    reachable: bool = True
    former: tuple[PlaceExpression, ...] = ()
    """Where a mediator lived until lately."""
    state: str = ""
    """One of :data:`STATES`; empty while they are here."""

    @property
    def called(self) -> str:
        """How people in private chats see them."""
        return self.name or f"{self.id} 号居民"

    def may(self, role: str) -> bool:
        """Whether this role was given to them."""
        return role in self.roles


@dataclass(frozen=True)
class Chat:
    """A private chat with one person, or a group that serves a queue."""

    id: int
    channel: str
    address: str
    """The channel's own chat id."""
    kind: str
    """``private`` or ``group``."""
    queue: str | None = None
    person: int | None = None
    gone: bool = False
    """Nothing arrives there any more."""


@dataclass(frozen=True)
class Community:
    """The place everything belongs to, from the configuration."""

    name: str = "本社区"
    zone: str = "Asia/Shanghai"
    phone: str = ""
    """The desk's telephone, said when a machine is not enough."""
    buildings: tuple[Building, ...] = ()
    spots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    foldings: tuple[str, ...] = ("zh-z", "ch-c", "sh-s", "n-l", "ang-an", "eng-en", "ing-in")
