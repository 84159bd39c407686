"""The first line of a booking: what it is about, and the form that makes or moves one."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers import clock
from handlers.bookings import calling_off, life, reading
from handlers.saying import times as saying_times
from handlers.tickets import asked, desk, rescheduling
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.meaning import Match
from models.tickets import Ticket
from models.times import encode_time
from nlu.meaning import moving

UNBOOKED = {"booking.query": "ticket.query", "booking.cancel": "ticket.cancel"}
"""What is meant instead by those who have nothing booked."""


JUST_NOW = timedelta(minutes=30)
"""改成后天 without a name means what was booked within this time."""


def opened(turn: Turn, flow: Flow, match: Match, form: Dialogue) -> Dialogue | None:
    """The form of a first line; None when the line was answered without one."""
    service = match.slots.get("service")
    if not turn.house.bookable or (service and service not in turn.house.bookable):
        desk.unhandled(turn)
        return None
    if match.intent in UNBOOKED and not service and not reading.of(turn) and _of_something_else(turn, match.intent):
        return None
    if match.intent in ("booking.query", "booking.cancel"):
        work = life.query if match.intent == "booking.query" else calling_off.ask_cancel
        work(turn, service)
        return None
    if match.intent == "booking.change":
        return _moving(turn, match, form)
    return form


def _of_something_else(turn: Turn, intent: str) -> bool:
    """Who has nothing booked means what they serve, or what they asked for: 1号不用来了, 小李几点到; False for neither."""
    if turn.person.may("provider"):
        turn.answer("serve.words")
        return True
    meant = asked.tickets_meant(turn, UNBOOKED[intent])
    if meant and intent == "booking.cancel":
        asked.stop(turn, meant)
    elif meant:
        asked.handle(turn, UNBOOKED[intent])
    return bool(meant)


def _moving(turn: Turn, match: Match, form: Dialogue) -> Dialogue | None:
    """The form that moves the one booking that is meant."""
    ref = match.slots.get("ref", "")
    mine = [t for t in reading.of(turn, match.slots.get("service")) if t.status in ("open", "accepted")]
    mine = [ticket for ticket in mine if str(ticket.id) == ref] or _named(turn, mine) or _newest(turn, mine)
    if not mine and "service" not in match.slots and rescheduling.heard(turn, ref):
        return None
    plan = moving.read(turn.parse.clean, calling_off.booked(turn, mine), turn.now.astimezone(turn.house.zone))
    if mine and plan.kind == "none":
        calling_off.not_then(turn, mine, plan.said or turn.parse.times[0].text)
        return None
    if plan.booked and (len(turn.parse.times) > 1 or _is_later(plan)):
        mine = [ticket for ticket in mine if ticket.id == plan.booked.number]
    if len(mine) != 1:
        life.which(turn, mine, "book_move")
        return None
    by = {"shifted": plan.to.start.isoformat()} if plan.by and plan.to and isinstance(plan.to.start, datetime) else {}
    at = plan.start if plan.start and _is_later(plan) else reading.begins(mine[0]).astimezone(turn.house.zone)
    once = at.isoformat() if _is_later(plan) else ""
    known = form.filled(service=mine[0].category)
    return known.noted(moving=str(mine[0].id), occurrence=once, when=_encoded(turn, at), **by)


def _is_later(plan: moving.Plan) -> bool:
    """Whether a later time of a series is meant than its next one."""
    return bool(plan.booked and plan.start and plan.start != plan.booked.start)


def _named(turn: Turn, mine: list[Ticket]) -> list[Ticket]:
    """The one on the day that is named besides the new time."""
    plan = moving.read(turn.parse.clean, calling_off.booked(turn, mine), turn.now.astimezone(turn.house.zone))
    named = plan.booked is not None and len(turn.parse.times) > 1
    return [ticket for ticket in mine if named and plan.booked and ticket.id == plan.booked.number]


def _newest(turn: Turn, mine: list[Ticket]) -> list[Ticket]:
    """The one that was booked just now, else all of them."""
    fresh = [ticket for ticket in mine if ticket.opened_at and turn.now - ticket.opened_at < JUST_NOW]
    return [max(fresh, key=lambda ticket: ticket.id)] if fresh else mine


def _encoded(turn: Turn, at: datetime) -> str:
    """When the booking begins that is moved: 改成后天 keeps its hour."""
    return encode_time(saying_times.moment(at, clock.clock(turn.now, at, turn.house.zone)))
