"""One text in one message: what it says, of which ticket, to whom, with which values in its words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from string import Formatter

from handlers.settings import House
from models.people import Chat, Person
from models.tickets import Ticket
from storage import people, tickets
from storage.database import Row, Transaction

Truth = Callable[["Said"], str]
"""Recomputes a condition; returns what is not so, or nothing."""


@dataclass(frozen=True)
class Said:
    """A text that says how things stand, in a message that waits to be sent."""

    tx: Transaction
    house: House
    now: datetime
    outgoing: int
    chat: Chat
    words: str
    """The whole message."""
    key: str
    about: int | None

    @cached_property
    def values(self) -> Mapping[str, str]:
        """What stands in the places of the text: ``helper``, ``until``, ``number`` …"""
        template = self.house.texts[self.key]
        if self.about is not None and template.count("{number}") == 1 and f"{self.about}" in self.words:
            template = template.replace("{number}", str(self.about))
        found = _pattern(template).search(self.words)
        return {name: value or "" for name, value in found.groupdict().items()} if found else {}

    @cached_property
    def ticket(self) -> Ticket | None:
        """The ticket it speaks of."""
        return tickets.get(self.tx, self.about) if self.about is not None else None

    @property
    def person(self) -> int | None:
        """Who reads it, in private."""
        return self.chat.person

    def called(self, person: int | None) -> str:
        """What somebody is called."""
        return people.get(self.tx, person).called if person else ""

    def reader(self) -> Person | None:
        """The same, with roles."""
        return people.get(self.tx, self.person) if self.person else None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """A text as it is found in a message, its places as groups."""
    parts, seen = [], set()
    for literal, name, _, _ in Formatter().parse(template):
        parts.append(re.escape(literal))
        if name is not None:
            any_words = r"[^\n，。：；]*?" if parts == [""] else ".*?"
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{any_words})")
            seen.add(name)
    ends = "" if not template.endswith("}") else r"(?=\n|$)"
    return re.compile("".join(parts) + ends, re.DOTALL)


def waiting(tx: Transaction, house: House, now: datetime, seen: Mapping[int, int]) -> Iterator[tuple[Row, Said]]:
    """Every text that says something, in messages not seen in this version."""
    rows = tx.all("SELECT id, chat, version, content, asserts FROM outbox WHERE state = 'pending' AND asserts <> '[]'")
    for row in rows:
        if seen.get(row["id"], 0) < row["version"]:
            content, chat = json.loads(row["content"]), people.chat(tx, row["chat"])
            for key, about in json.loads(row["asserts"]):
                yield row, Said(tx, house, now, row["id"], chat, content.get("text", ""), key, about)


def standing(tx: Transaction, house: House, now: datetime) -> Iterator[Said]:
    """What the cards of tickets show now, whether they were sent or not."""
    rows = tx.all(
        "SELECT id, chat, asserts FROM outbox WHERE key LIKE 'ticket:%' AND asserts <> '[]' ORDER BY id DESC LIMIT 40"
    )
    for row in rows:
        chat = people.chat(tx, row["chat"])
        for key, about in json.loads(row["asserts"]):
            yield Said(tx, house, now, row["id"], chat, "", key, about)
