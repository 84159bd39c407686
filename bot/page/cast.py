"""Who plays on the try page, and which phone shows whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PHONES = (
    ("resident", "居民", ("resident", "family")),
    ("volunteer", "志愿者", ("volunteer", "property", "mediator", "provider")),
    ("staff", "社区", ("desk", "manager")),
)
"""Key and title of each phone, and the roles that may hold it."""
ROLES = {
    "resident": "居民",
    "family": "家人",
    "volunteer": "志愿者",
    "property": "物业",
    "mediator": "调解员",
    "provider": "服务人员",
    "desk": "值班",
    "manager": "负责人",
}
"""What each role is called on the page."""
PRIVATE = "邻声"
"""Title of the private chat with the bot."""


class Unknown(LookupError):
    """No such person, or not somebody who is in this chat."""


@dataclass(frozen=True)
class Actor:
    """One of the people to play."""

    account: str
    name: str
    role: str
    chat: str
    """Their private chat with the bot."""


@dataclass(frozen=True)
class Group:
    """A group chat that serves a queue."""

    chat: str
    title: str
    queue: str
    members: tuple[str, ...]
    """Accounts of those in it."""


@dataclass(frozen=True)
class Stage:
    """The people and the groups, and what each of them can see."""

    cast: tuple[Actor, ...]
    groups: tuple[Group, ...]

    @property
    def chats(self) -> frozenset[str]:
        """Every chat there is."""
        return frozenset([actor.chat for actor in self.cast] + [group.chat for group in self.groups])

    def speaker(self, account: str, chat: str) -> Actor:
        """The actor who speaks in that chat; raises ``Unknown`` when they are not in it."""
        for actor in self.cast:
            if actor.account == account and chat in (entry["chat"] for entry in self.seen_by(actor)):
                return actor
        raise Unknown(account)

    def private(self, chat: str) -> bool:
        """Whether this is a private chat."""
        return all(group.chat != chat for group in self.groups)

    def seen_by(self, actor: Actor) -> list[dict[str, Any]]:
        """The chats on this person's phone, groups first."""
        groups = [
            {"chat": group.chat, "title": group.title, "queue": group.queue}
            for group in self.groups
            if actor.account in group.members
        ]
        return [*groups, {"chat": actor.chat, "title": PRIVATE, "queue": ""}]

    def phones(self) -> list[dict[str, Any]]:
        """The phones and who may hold them, for the browser; a phone that nobody holds is left out."""
        shown = [
            {"key": key, "title": title, "people": [self._person(a) for a in self.cast if a.role in roles]}
            for key, title, roles in PHONES
        ]
        return [phone for phone in shown if phone["people"]]

    def _person(self, actor: Actor) -> dict[str, Any]:
        role = ROLES.get(actor.role, actor.role)
        return {"account": actor.account, "name": actor.name, "role": role, "chats": self.seen_by(actor)}


def stage(cast: Sequence[Actor], groups: Sequence[Group]) -> Stage:
    """The stage with these people; raises ``ValueError`` for an account, a chat or a role that cannot be."""
    chats = [actor.chat for actor in cast] + [group.chat for group in groups]
    accounts = [actor.account for actor in cast]
    if len(set(chats)) < len(chats) or len(set(accounts)) < len(accounts):
        raise ValueError("accounts and chats of the cast must be unique")
    if strange := {actor.role for actor in cast} - set(ROLES):
        raise ValueError(f"roles without a phone: {', '.join(sorted(strange))}")
    return Stage(tuple(cast), tuple(groups))
