"""How much one person may ask of the service; the figures stand in ``allowances.toml``, what was used up in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from handlers import rights
from handlers.turn import Turn
from models import files as tables
from models.events import URGENT, ChatChange, Event, Picture, Press, Spot, Utterance
from models.people import Person
from storage import spent
from storage.database import Transaction

OPEN_TASKS = 3
"""Tasks that a volunteer may hold at once."""
ADDRESSES = frozenset({"claims", "harvest"})
"""What those who work here use up: nobody may more of it."""
_GOING = frozenset({"added", "removed", "blocked", "unblocked"})


@dataclass(frozen=True)
class Allowance:
    """So many, within so many minutes."""

    count: int
    minutes: int


@cache
def table() -> tuple[Mapping[str, Allowance], int]:
    """Kind → allowance, and how many times more those may who work here."""
    found = tables.table(files("handlers") / "allowances.toml", "handlers/allowances.toml")
    staff = found["staff"]
    return {kind: Allowance(one["count"], one["minutes"]) for kind, one in found.items() if kind != "staff"}, staff


def most(person: Person, kind: str) -> int:
    """How many of a kind somebody may."""
    kinds, staff = table()
    return kinds[kind].count * (staff if kind not in ADDRESSES and person.roles & rights.HELPING else 1)


def use(turn: Turn, kind: str, person: Person | None = None) -> int:
    """Use one up; how many were over the allowance in this stretch, this one included: zero while it is within."""
    person = person or turn.person
    used = spent.spend(turn.tx, person.id, kind, turn.now, timedelta(minutes=table()[0][kind].minutes))
    return max(0, used - most(person, kind))


def kind_of(event: Event) -> str:
    """What an event uses up; empty for what costs nothing."""
    if isinstance(event, Utterance):
        return "sound" if event.heard is not None else "lines"
    if isinstance(event, ChatChange):
        return "chats" if event.kind in _GOING else ""
    return {Press: "presses", Picture: "pictures", Spot: "lines"}.get(type(event), "")


def refuses(turn: Turn) -> bool:
    """Whether this event is one too many: then it is not handled, and the first time they hear why."""
    kind = kind_of(turn.event)
    if not kind or not turn.person.id or _is_urgent(turn):
        return False
    over = use(turn, kind)
    if over == 1 and turn.chat.kind == "private" and kind != "chats":
        turn.answer("allowance.over")
    return over > 0


def _is_urgent(turn: Turn) -> bool:
    """Danger is never refused, nor whoever has one in hand."""
    if isinstance(turn.event, Press) and turn.event.data.partition(":")[0] in (URGENT, "hold", "there", "solved"):
        return True
    return bool(turn.parse.signs) or bool(turn.situation.incidents)


def is_out(tx: Transaction, channel: str, account: str, now: datetime) -> bool:
    """Whether an account's lines are used up, so that nothing more need be understood of them."""
    limit = table()[0]["lines"]
    used = spent.of_account(tx, channel, account, "lines", now, timedelta(minutes=limit.minutes))
    return used > limit.count * table()[1]
