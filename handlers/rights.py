"""Who may do what: one table of verb and role or relation, asked in one place for words, buttons and commands alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers import rows
from handlers.turn import Turn
from models import files as tables
from models.people import ROLES, Person
from models.tickets import Ticket
from storage import tickets
from storage.database import Transaction

HELPING = frozenset({"volunteer", "property", "desk", "manager"})
"""Roles of which a helper must hold one, also while they hold a ticket."""


RELATIONS = frozenset({"reporter", "joined", "filer", "helper"})
"""What somebody may be to a ticket."""


@dataclass(frozen=True)
class Table:
    """Everything in ``rights.toml``."""

    ticket: Mapping[str, frozenset[str]]
    """Verb about a ticket → roles and relations it is open to."""
    commands: Mapping[str, frozenset[str]]
    """Word after a slash → roles that may; everybody where there are none."""
    elsewhere: Mapping[str, str]
    """Verb → what asks for the right instead."""
    refused: Mapping[str, str]
    """Verb → the key of what is said."""


@cache
def table() -> Table:
    """The table as shipped, with what wings declare of their own; raises :class:`rows.Refused`."""
    found = tables.table(files("handlers") / "rights.toml", "handlers/rights.toml")
    elsewhere = {verb: by for by, verbs in found["elsewhere"].items() for verb in verbs.split()}
    ticket, ruled = ({verb: frozenset(who) for verb, who in found[part].items()} for part in ("ticket", "commands"))
    for wing in rows.installed().wings:
        for verb, who in wing.rights.items():
            if verb in ticket or verb in elsewhere:
                raise rows.Refused(
                    f"handlers/{wing.name}/rows.py", f"rights.{verb}", "stands in handlers/rights.toml too"
                )
            if who:
                ticket[verb] = frozenset(who)
            else:
                elsewhere[verb] = wing.name
    commands = rows.installed().every("commands")
    if strays := {word for word in set(commands) - set(ruled) if commands[word].who is None} | set(ruled) - set(
        commands
    ):
        raise rows.Refused(
            "handlers/rights.toml", "commands", f"{sorted(strays)[0]!r} is a command without a row, or a row alone"
        )
    _known("ticket", ticket, {*ROLES, *RELATIONS})
    _known("commands", ruled, set(ROLES))
    came = {word: frozenset(command.who or ()) for word, command in commands.items() if word not in ruled}
    return Table(ticket, {**ruled, **came}, elsewhere, found["refused"])


def _known(part: str, table: Mapping[str, frozenset[str]], names: Collection[str]) -> None:
    for verb, who in table.items():
        if strays := who - set(names):
            raise rows.Refused(
                "handlers/rights.toml", f"{part}.{verb}", f"{min(strays)!r} is none of {', '.join(sorted(names))}"
            )


def may_use(person: Person, command: str) -> bool:
    """Whether somebody may use a command."""
    roles = table().commands[command]
    return not roles or bool(roles & person.roles)


def relations(tx: Transaction, person: Person, ticket: Ticket) -> frozenset[str]:
    """What somebody is to a ticket at this moment."""
    holds = ticket.owner == person.id or person.id in tickets.holders(tx, ticket.id)
    found = {
        "reporter": ticket.reporter == person.id,
        "joined": person.id in ticket.joined,
        "filer": ticket.slots.get("filer") == str(person.id),
        "helper": holds and bool(person.roles & HELPING),
    }
    return frozenset(name for name, is_so in found.items() if is_so)


def may(turn: Turn, verb: str, ticket: Ticket | None) -> bool:
    """Whether the speaker may do this to a ticket; a verb that is asked elsewhere is not refused here."""
    who = table().ticket.get(verb)
    if who is None:
        return True
    if not turn.person.id:
        return False
    return bool(who & turn.person.roles) or (ticket is not None and bool(who & relations(turn.tx, turn.person, ticket)))


def refuse(turn: Turn, verb: str, ticket: Ticket | None) -> None:
    """Say kindly that it is not theirs, without a word of what it is."""
    key = table().refused.get(verb, "press.stale")
    known = key != "work.given_back" or (ticket is not None and ticket.is_open and ticket.life == "task")
    number = ticket.id if ticket else 0
    turn.say(turn.person.chat or turn.chat.id, key if known else "press.stale", number=number)
