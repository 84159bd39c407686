"""The one row on the agenda that every open ticket has: who looks at it next, and when.

open      half ─► promise ─► daily          nobody took it: the desk hears of it, then owns it
accepted  remind ─► return                  taken but not started: back to the group
enroute   finish ─► daily                   on the way: is it done?
done      fixed ─► fixed_again ─► nothing   is it really fixed? no answer stays no answer
"""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers import clock
from handlers.turn import Turn
from models.tickets import Ticket


def watch(turn: Turn, ticket: Ticket, after: str = "") -> None:
    """Write the next look at a ticket, following the step ``after``."""
    step, at = _next(turn, ticket, after)
    if step:
        turn.later(f"watch:{ticket.id}", at, "ticket.watch", chat=ticket.chat, ticket=ticket.id, step=step)
    else:
        turn.drop(f"watch:{ticket.id}")


def postpone(turn: Turn, ticket: Ticket) -> None:
    """A helper comes later: the clock starts again from now."""
    at = _awake(turn, turn.house.timing.start * 2)
    turn.later(f"watch:{ticket.id}", at, "ticket.watch", chat=ticket.chat, ticket=ticket.id, step="return")


def _awake(turn: Turn, minutes: float) -> datetime:
    return clock.awake(turn.now + timedelta(minutes=minutes), turn.house.hours, turn.house.zone)


def _next(turn: Turn, ticket: Ticket, after: str) -> tuple[str, datetime]:
    timing = turn.house.timing
    if ticket.life != "task":
        return "", turn.now
    if ticket.status == "open":
        return _open(turn, ticket)
    if ticket.status == "accepted" and ticket.flow != "desk":
        return (
            ("return", _awake(turn, timing.start / 2))
            if after == "remind"
            else ("remind", _awake(turn, timing.start / 2))
        )
    if ticket.status == "enroute" and not after:
        return "finish", _awake(turn, timing.finish)
    if ticket.is_open:
        return "daily", _tomorrow(turn)
    if ticket.status == "done" and ticket.flow != "desk" and after != "fixed_again":
        minutes = timing.fixed_again if after == "fixed" else timing.fixed
        return ("fixed_again" if after == "fixed" else "fixed"), _awake(turn, minutes)
    return "", turn.now


def _open(turn: Turn, ticket: Ticket) -> tuple[str, datetime]:
    promised = ticket.promised_at or turn.now
    opened = ticket.opened_at or turn.now
    half = promised - (promised - opened) / 2
    if turn.now < half and ticket.queue != "desk":
        return "half", half
    if turn.now < promised:
        return "promise", promised
    return "daily", _tomorrow(turn)


def _tomorrow(turn: Turn) -> datetime:
    local = turn.now.astimezone(turn.house.zone) + timedelta(days=1)
    return datetime.combine(local.date(), turn.house.hours.opens, turn.house.zone)
