"""改成后天 where nothing is booked: the helper who was asked for comes at another time."""

from __future__ import annotations

from handlers.saying import times, titles
from handlers.tickets import asked, hands, steps
from handlers.turn import Turn
from models.meaning import TimeExpression
from models.tickets import Ticket
from models.times import encode_time
from storage import people, tickets


def heard(turn: Turn, ref: str) -> bool:
    """The open request that is meant gets the new time, one without a time the words; False without a request."""
    mine = [
        t for t in tickets.of_reporter(turn.tx, turn.person.id) if t.is_open and t.life == "task" and t.flow != "desk"
    ]
    mine = [ticket for ticket in mine if str(ticket.id) == ref] or mine
    timed = next((ticket for ticket in mine if times.asks(turn.house, ticket)), None)
    if timed is not None:
        _move(turn, timed)
    elif mine:
        asked.append(turn, mine[0])
    return bool(mine)


def _move(turn: Turn, ticket: Ticket) -> None:
    """Whoever comes hears the new time, and the card shows it."""
    time = _said(turn, ticket)
    if time is None:
        return turn.answer("moved.when", about=ticket.id, title=titles.title(turn.house, ticket))
    when = times.spelled(time, turn.now, turn.house.zone)
    ticket = steps.step(turn, ticket, "correct", slots={**ticket.slots, "time": when, "when": encode_time(time)})
    steps.shown(turn, ticket)
    if ticket.owner is not None:
        turn.say(people.get(turn.tx, ticket.owner).chat, "moved.work", about=ticket.id, number=ticket.id, when=when)
    hands.tell_others(turn, ticket, "moved.work", when=when)
    return turn.answer("moved.done", about=ticket.id, title=titles.title(turn.house, ticket), when=when)


def _said(turn: Turn, ticket: Ticket) -> TimeExpression | None:
    """The time that was named as the new one, put together with the old; None where it is not plain."""
    parse = times.settled(turn, ticket.slots, turn.parse)
    match = parse.match("booking.change")
    named = [time for time in parse.times if match and time.text == match.slots.get("time")]
    found = named or list(parse.times)
    return found[0] if len(found) == 1 and found[0].start and not found[0].every else None
