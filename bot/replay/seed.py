"""Puts the believable community of ``seed.toml`` into an empty database."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from bot.config import Settings, whole
from models.meaning import PlaceExpression
from storage import people
from storage.database import Transaction


@dataclass(frozen=True)
class Resident:
    """Somebody of the cast."""

    account: str
    name: str
    roles: tuple[str, ...]
    phone: str
    home: PlaceExpression | None


@dataclass(frozen=True)
class Group:
    """A group of the cast."""

    address: str
    title: str
    queue: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Seed:
    """The cast and their community."""

    settings: Settings
    people: tuple[Resident, ...]
    groups: tuple[Group, ...]

    def named(self, name: str) -> Resident:
        """Somebody by name; raises ``KeyError``."""
        try:
            return next(person for person in self.people if person.name == name)
        except StopIteration:
            raise KeyError(name) from None


def load(**sections: Any) -> Seed:
    """The seed, with further sections of settings."""
    table = tomllib.loads(files("bot").joinpath("seed.toml").read_text(encoding="utf-8"))
    given: dict[str, Any] = {name: table[name] for name in ("dispatch", "queues", "services") if name in table}
    settings = whole()(community=table["community"], **(given | sections))
    groups = tuple(Group(g["address"], g["title"], g["queue"], tuple(g["members"])) for g in table["groups"])
    return Seed(settings, tuple(_resident(person) for person in table["people"]), groups)


def _resident(table: Mapping[str, Any]) -> Resident:
    home = PlaceExpression("", **table["home"]) if "home" in table else None
    return Resident(table["account"], table["name"], tuple(table.get("roles", ())), table.get("phone", ""), home)


def plant(tx: Transaction, seed: Seed, channel: str, now: datetime) -> None:
    """Write the cast into an empty database; they have been told what the bot is."""
    if tx.one("SELECT 1 FROM person LIMIT 1"):
        return
    for resident in seed.people:
        _, person = people.arrive(tx, channel, resident.account, resident.account, True, resident.name, now)
        people.change(tx, person.id, phone=resident.phone, home=resident.home)
        people.consent(tx, person.id, "seed", now)
        for role in resident.roles:
            people.give_role(tx, person.id, role, now)
    for group in seed.groups:
        people.add_chat(tx, channel, group.address, "group", queue=group.queue)
