"""The days of a service: who comes, and on which it rests."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from handlers.bookings import life, openings, provider, reading
from handlers.turn import Turn
from models.bookings import AHEAD, Service
from models.people import Person
from models.tickets import Ticket, can
from nlu import times
from storage import bookings, people, tickets


def day(turn: Turn, words: str) -> None:
    """/day 明天: who comes, in order; a provider sees their own services."""
    on = _date(turn, words) or turn.now.astimezone(turn.house.zone).date()
    start, end = _span(turn, on)
    lines = []
    for service in turn.house.bookable.values():
        for number in bookings.tickets_between(turn.tx, service.key, start, end):
            ticket = tickets.get(turn.tx, number)
            if ticket is not None and ticket.status != "offered" and provider.serves(turn.person, ticket):
                lines.append((reading.begins(ticket), _line(turn, ticket)))
    said = _spoken_day(on)
    if not lines:
        return turn.answer("serve.free", day=said)
    return turn.answer("serve.day", day=said, count=len(lines), lines="\n".join(line for _, line in sorted(lines)))


def _line(turn: Turn, ticket: Ticket) -> str:
    at = reading.begins(ticket).astimezone(turn.house.zone)
    reporter = people.get(turn.tx, ticket.reporter) if ticket.reporter else Person(0)
    name = (
        f"{reporter.called}{turn.text('booking.for', who=ticket.slots['for'])}"
        if "for" in ticket.slots
        else reporter.called
    )
    return turn.text("serve.line", time=f"{at:%H:%M}", service=ticket.object, name=name, number=ticket.id)


def _date(turn: Turn, words: str) -> date | None:
    found = times.find(words, turn.now.astimezone(turn.house.zone))
    start = found[0].start if found else None
    return start.date() if isinstance(start, datetime) else start


def _service(turn: Turn, words: str) -> Service | None:
    return next((s for s in turn.house.bookable.values() if any(words.startswith(name) for name in s.names)), None)


def pause(turn: Turn, words: str) -> None:
    """/pause 理发 周三: it rests that day; whoever has a place, or waits for one, is told."""
    service, on = _service(turn, words), _date(turn, words)
    if service is None or on is None or not _runs(turn, service):
        return turn.answer("serve.pause_how")
    bookings.pause(turn.tx, service.key, [on])
    start, end = _span(turn, on)
    life.send_home(turn, service, start, end)
    held = [tickets.get(turn.tx, number) for number in bookings.tickets_between(turn.tx, service.key, start, end)]
    told = [ticket for ticket in held if ticket and can(ticket, "cancel") and reading.begins(ticket) > turn.now]
    for ticket in told:
        said = reading.what(turn, ticket)
        life.give_up(turn, ticket)
        turn.say(ticket.chat, "booking.paused", about=ticket.id, what=said, service=service.name)
        life.book_next(turn, ticket)
    return turn.answer("serve.paused", service=service.name, day=_spoken_day(on), count=len(told))


def _span(turn: Turn, on: date) -> tuple[datetime, datetime]:
    """A day from its midnight to the next."""
    start = datetime.combine(on, time(), turn.house.zone)
    return start, datetime.combine(on + timedelta(days=1), time(), turn.house.zone)


def _spoken_day(on: date) -> str:
    """A day in figures."""
    return f"{on.month}月{on.day}日"


def resume(turn: Turn, words: str) -> None:
    """/resume 理发 周三: it rests no longer, that day or at all."""
    service = _service(turn, words)
    if service is None or not _runs(turn, service):
        return turn.answer("serve.pause_how")
    on = _date(turn, words)
    bookings.resume(turn.tx, service.key, on)
    start, end = _span(turn, on) if on else (turn.now, turn.now + timedelta(days=2 * AHEAD))
    bookings.open_again(turn.tx, service.key, start, end)
    for key, at in bookings.lines(turn.tx, openings.theirs(turn, service), start, end):
        life.offer_on(turn, key, at)
    return turn.answer("serve.resumed", service=service.name)


def _runs(turn: Turn, service: Service) -> bool:
    """A provider rests their own services only."""
    return bool(turn.person.roles & {"desk", "manager"}) or turn.person.name == service.provider
