"""The one row on the agenda that every open ticket has: who looks at it next, and when.

open      half ─► promise ─► daily          nobody took it: the desk hears of it, then owns it
accepted  remind ─► return                  taken but not started: back to the group
enroute   finish ─► daily                   on the way: is it done?
onhold    ready ─► return                   what it waited for is there: does the helper go on?
done      fixed ─► fixed_again ─► nothing   is it really fixed? no answer stays no answer
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers import clock
from handlers.turn import Turn
from models.tickets import Ticket

ASKED = frozenset({"fixed", "fixed_again"})
"""Looks that ask the resident something."""


def watch(turn: Turn, ticket: Ticket, after: str = "") -> None:
    """Write the next look at a ticket, following the step ``after``."""
    step, at = _next(turn, ticket, after)
    if not step:
        return turn.drop(f"watch:{ticket.id}")
    asks = (ticket.reporter,) if step in ASKED and ticket.reporter else ()
    return _look(turn, ticket, at, step, asks)


def postpone(turn: Turn, ticket: Ticket, minutes: int = 0) -> None:
    """A helper comes later: the clock starts again from now."""
    _look(turn, ticket, _in(turn, turn.house.timing.start * 2 + minutes), "return")


def _look(turn: Turn, ticket: Ticket, at: datetime, step: str, asks: Sequence[int] = ()) -> None:
    turn.later(
        f"watch:{ticket.id}",
        at,
        "ticket.watch",
        danger=ticket.urgency == "P0" and step != "daily",
        chat=ticket.chat,
        ticket=ticket.id,
        step=step,
        asks=asks,
    )


def _in(turn: Turn, minutes: float) -> datetime:
    return turn.now + timedelta(minutes=minutes)


def _next(turn: Turn, ticket: Ticket, after: str) -> tuple[str, datetime]:
    timing = turn.house.timing
    if ticket.life != "task":
        return "", turn.now
    if ticket.status == "open":
        return _open(turn, ticket)
    if ticket.status == "accepted" and ticket.flow != "desk":
        return ("return", _in(turn, timing.start / 2)) if after == "remind" else ("remind", _in(turn, timing.start / 2))
    if ticket.status == "onhold":
        return _on_hold(turn, ticket, after)
    if ticket.status == "enroute" and not after:
        return "finish", _in(turn, timing.finish)
    if ticket.is_open:
        return "daily", clock.tomorrow(turn.now, turn.house.hours, turn.house.zone)
    if ticket.status == "done" and ticket.flow != "desk" and after != "fixed_again":
        minutes = timing.fixed_again if after == "fixed" else timing.fixed
        return ("fixed_again" if after == "fixed" else "fixed"), _in(turn, minutes)
    return "", turn.now


def _on_hold(turn: Turn, ticket: Ticket, after: str) -> tuple[str, datetime]:
    """When the wait is over the helper is asked; without an answer it goes back to the group."""
    until = datetime.fromisoformat(ticket.slots["until"]) if "until" in ticket.slots else turn.now
    if not after and turn.now < until:
        return "ready", until
    return ("return", _in(turn, turn.house.timing.start)) if after == "ready" else ("ready", turn.now)


def _open(turn: Turn, ticket: Ticket) -> tuple[str, datetime]:
    promised = ticket.promised_at or turn.now
    opened = ticket.opened_at or turn.now
    half = promised - (promised - opened) / 2
    if turn.now < half and ticket.queue != "desk":
        return "half", half
    if turn.now < promised:
        return "promise", promised
    return "daily", clock.tomorrow(turn.now, turn.house.hours, turn.house.zone)
