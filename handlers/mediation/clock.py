"""The one row on the agenda that every live case has: who looks at it next, and when.

filed     half ─► promise ─► daily          no mediator took it: others are asked, then the desk hears that there is one
talking   quiet                             no news for days: the mediator is reminded
set       remind ─► begin ─► quiet          two hours before, and when the time has come
settled   week ─► month ─► end              was it kept? each side by itself
"""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers import clock
from handlers.mediation.settings import Mediation
from handlers.turn import Turn
from models.cases import LIVE, File
from models.tickets import Ticket

KIND = "case.look"
AHEAD = timedelta(hours=2)
"""How long before a meeting both are reminded."""
LAST = 7
"""Days after the last question on which a case is over, answered or not."""


ASKED = frozenset({"week", "month"})
"""Looks that ask both sides something."""


def watch(turn: Turn, ticket: Ticket, file: File) -> None:
    """Write the next look at a case, or take it off when it is over."""
    if ticket.status not in LIVE:
        return turn.drop(f"case:{ticket.id}")
    step, at = _next(turn, ticket, file)
    both = [side.person for side in file.sides.values() if side.person is not None and side.chat is not None]
    return turn.later(f"case:{ticket.id}", at, KIND, ticket=ticket.id, step=step, asks=both if step in ASKED else ())


def _next(turn: Turn, ticket: Ticket, file: File) -> tuple[str, datetime]:
    if ticket.status == "filed":
        return _filed(turn, ticket)
    if ticket.status == "settled":
        return _settled(turn, ticket.done_at or turn.now)
    if ticket.status == "set" and file.at is not None and turn.now < file.at:
        ahead = file.at - AHEAD
        return ("remind", ahead) if turn.now < ahead else ("begin", file.at)
    return "quiet", turn.now + timedelta(days=turn.house.of(Mediation).quiet)


def _filed(turn: Turn, ticket: Ticket) -> tuple[str, datetime]:
    opened, promised = ticket.opened_at or turn.now, ticket.promised_at or turn.now
    half = promised - (promised - opened) / 2
    if turn.now < half:
        return "half", half
    return ("promise", promised) if turn.now < promised else ("daily", tomorrow(turn))


def _settled(turn: Turn, done: datetime) -> tuple[str, datetime]:
    week, month = (done + timedelta(days=days) for days in turn.house.of(Mediation).days)
    for step, at in (("week", week), ("month", month), ("end", month + timedelta(days=LAST))):
        if turn.now < at:
            return step, at
    return "end", tomorrow(turn)


def tomorrow(turn: Turn) -> datetime:
    """The next morning at which the desk opens."""
    return clock.tomorrow(turn.now, turn.house.hours, turn.house.zone)
