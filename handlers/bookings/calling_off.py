"""Calling off: only the day that was named, one of a series or all of it, after one question.

下周二不去 keeps tomorrow, 以后都不来了 ends the series, 后天开始不用送了 ends it from then on; a day without a booking is
said to have none.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from handlers import clock
from handlers.bookings import life, written
from handlers.bookings.reading import begins, of, own, what
from handlers.turn import Turn
from models.outgoing import Button
from models.tickets import Ticket, can
from nlu.meaning import moving
from storage import dialogues

ONCE, FROM = "once", "from"
"""Slots of a booking that is asked about: the occurrences that are called off, or the day from which all are."""
_NAMED = 4
"""So many days are named one by one; of more the first and the last."""


def booked(turn: Turn, mine: list[Ticket]) -> list[moving.Booked]:
    """Bookings as understanding reads them."""
    zone = turn.house.zone
    return [
        moving.Booked(
            begins(one).astimezone(zone),
            one.object,
            moving.from_rule(one.slots.get("every")),
            one.id,
            own(one).astimezone(zone),
            frozenset(one.slots.get("skip", "").split()),
        )
        for one in mine
    ]


def not_then(turn: Turn, mine: list[Ticket], said: str) -> None:
    """Nothing is booked on the day that was named: said so, with what is."""
    return turn.answer("booking.not_then", time=said, what="；".join(what(turn, ticket) for ticket in mine))


def ask_cancel(turn: Turn, service: str | None) -> None:
    """取消: one question, because a place that was given up may be gone."""
    mine = [ticket for ticket in of(turn, service) if _is_ahead(turn, ticket)]
    plan = moving.read(turn.parse.clean, booked(turn, mine), turn.now.astimezone(turn.house.zone))
    if mine and plan.kind == "none" and plan.said:
        return not_then(turn, mine, plan.said)
    if plan.booked and plan.start and plan.kind == "cancel" and (len(mine) == 1 or turn.parse.times):
        return _ask(turn, plan.booked.number, " ".join(one.isoformat() for one in (plan.start, *plan.more)))
    if len(mine) != 1:
        return life.which(turn, mine, "book_cancel")
    opens = plan.to.start if plan.kind == "cancel_from" and plan.to else None
    return _ask(turn, mine[0].id, since=_day(opens).isoformat() if opens else "")


def _is_ahead(turn: Turn, ticket: Ticket) -> bool:
    """Whether a booking is not over yet."""
    service = turn.house.bookable.get(ticket.category)
    return begins(ticket) + timedelta(minutes=service.minutes if service else 0) > turn.now


def press_cancel(turn: Turn, number: int) -> None:
    """This one is meant."""
    return _ask(turn, number)


def _ask(turn: Turn, number: int, once: str = "", since: str = "") -> None:
    """Ask whether it is really to be called off, in words that say what of it."""
    ticket = next((ticket for ticket in of(turn) if ticket.id == number), None)
    if ticket is None:
        return turn.answer("press.stale")
    question = dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "cancel", ticket.id, turn.now)
    yes = turn.button("yes", "cancel_yes", ticket.id, question.id)
    no = turn.button("no_not", "cancel_no", ticket.id, question.id)
    if can(ticket, "append"):
        kept = {name: value for name, value in ticket.slots.items() if name not in (ONCE, FROM)}
        marks = {name: value for name, value in ((ONCE, once), (FROM, since)) if value and "every" in ticket.slots}
        ticket = turn.record(ticket, "append", slots={**kept, **marks})
    return _question(turn, ticket, yes, no)


def _question(turn: Turn, ticket: Ticket, *buttons: Button) -> None:
    """All of a series, one of it, or all from a day on."""
    key, time, named = "booking.cancel", "", _named(ticket)
    if FROM in ticket.slots:
        key, time = "booking.cancel_from", clock.day(turn.now, date.fromisoformat(ticket.slots[FROM]), turn.house.zone)
    elif len(named) > 1:
        key, time = "booking.cancel_some", _days(turn, named)
    elif named and named[0] != begins(ticket):
        key, time = "booking.cancel_once", clock.clock(turn.now, named[0], turn.house.zone)
    elif "every" in ticket.slots and not named:
        key = "booking.cancel_all"
    said = what(turn, ticket)
    values: dict[str, Any] = {"what": said, "time": time, "service": ticket.object, "count": len(named)}
    return turn.answer(key, *buttons, about=ticket.id, number=ticket.id, **values)


def _named(ticket: Ticket) -> list[datetime]:
    """The occurrences that are called off, of a series."""
    return [datetime.fromisoformat(one) for one in ticket.slots.get(ONCE, "").split()]


def _days(turn: Turn, named: list[datetime]) -> str:
    """Each of the days, or of many the first and the last."""
    zone = turn.house.zone
    said = [clock.day(turn.now, one.astimezone(zone).date(), zone) for one in named]
    return "、".join(said) if len(said) <= _NAMED else turn.text("booking.span", first=said[0], last=said[-1])


def _is_later(ticket: Ticket) -> bool:
    """Whether only later occurrences of the series are meant than the one that is booked."""
    named = _named(ticket)
    return bool(named) and begins(ticket) not in named


def _day(start: date) -> date:
    return start.date() if isinstance(start, datetime) else start


def cancelled(turn: Turn, ticket: Ticket) -> None:
    """Cancelled by the one who booked; a series goes on after one that was named by its day."""
    series, once = "every" in ticket.slots, ONCE in ticket.slots
    if _is_later(ticket) or _is_from(turn, ticket):
        return _spared(turn, ticket)
    had_place, named = ticket.status in ("open", "accepted"), _named(ticket)
    if len(named) > 1:
        ticket = turn.record(ticket, "append", slots=_skipping(turn, ticket))
    ticket = life.give_up(turn, ticket)
    key = "booking.some" if len(named) > 1 else "booking.cancelled" if once or not series else "booking.series"
    turn.answer(key, about=ticket.id, number=ticket.id, time=_days(turn, named) if named else "")
    if had_place:
        written.tell_provider(turn, ticket, "serve.cancelled")
    if series and once:
        life.book_next(turn, ticket)
    return None


def stopped(turn: Turn, state: str) -> None:
    """Nobody comes for an appointment that nobody keeps; the provider hears it, the place goes to the next in line."""
    for ticket in of(turn):
        had_place = ticket.status in ("open", "accepted")
        ticket = life.give_up(turn, ticket)
        if had_place:
            written.tell_provider(turn, ticket, "serve.cancelled")


def _is_from(turn: Turn, ticket: Ticket) -> bool:
    """Whether the next one still comes, before the day from which nothing does."""
    until = ticket.slots.get(FROM)
    return until is not None and begins(ticket).astimezone(turn.house.zone).date().isoformat() < until


def _spared(turn: Turn, ticket: Ticket) -> None:
    """The next one stays; a later one, or all from a day on, do not come."""
    slots = {name: value for name, value in ticket.slots.items() if name not in (ONCE, FROM)}
    if FROM in ticket.slots:
        until = date.fromisoformat(ticket.slots[FROM])
        slots["until"], time = until.isoformat(), clock.day(turn.now, until, turn.house.zone)
        key = "booking.until"
    else:
        named, slots = _named(ticket), _skipping(turn, ticket)
        several = len(named) > 1
        time = _days(turn, named) if several else clock.clock(turn.now, named[0], turn.house.zone)
        key = "booking.skipped_some" if several else "booking.skipped"
    ticket = turn.record(ticket, "append", slots=slots)
    return turn.answer(key, about=ticket.id, number=ticket.id, time=time, what=what(turn, ticket))


def _skipping(turn: Turn, ticket: Ticket) -> dict[str, str]:
    """The slots of a series that leaves out the days that were named."""
    slots = {name: value for name, value in ticket.slots.items() if name not in (ONCE, FROM)}
    days = (one.astimezone(turn.house.zone).date().isoformat() for one in _named(ticket))
    return slots | {"skip": " ".join((*slots.get("skip", "").split(), *days))}
