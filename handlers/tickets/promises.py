"""The second clock: until when a ticket is to be done, and who answers for it when it is not.

    half ─► the holder is asked     fifths ─► the desk sees it     end ─► the resident is told, a named person answers for it
    above ─► the next one of the list, with a new hour that the resident hears, every working day until it is done

First answer and resolution are two promises, both in working time; waiting does not stop the second, it is only told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from handlers import clock
from handlers.saying import titles
from handlers.tickets import cards
from handlers.turn import Turn
from models.events import Due
from models.people import Person
from models.tickets import Ticket
from storage import people, tickets

FIFTHS = 4 / 5
"""The share of the time after which the desk sees it."""


def due_at(turn: Turn, flow: str, category: str, urgency: str) -> datetime:
    """Until when it is to be done: by category where the table has a row, else by urgency; in working time."""
    minutes = turn.house.resolve.get(f"{flow}.{category}", turn.house.timing.resolve[urgency])
    return clock.due(turn.now, minutes, turn.house.hours, turn.house.zone)


def watch(turn: Turn, ticket: Ticket) -> None:
    """Write the next look at the second clock; at the end of the first life of a ticket there is none."""
    if ticket.due_at is None or ticket.opened_at is None:
        return
    span = ticket.due_at - ticket.opened_at
    looks = (
        ("half", ticket.opened_at + span / 2),
        ("fifths", ticket.opened_at + span * FIFTHS),
        ("end", ticket.due_at),
    )
    step, at = next((one for one in looks if one[1] > turn.now), ("end", turn.now))
    _look(turn, ticket, step, at)


def _look(turn: Turn, ticket: Ticket, step: str, at: datetime, rung: int = 0) -> None:
    turn.later(f"due:{ticket.id}", at, "ticket.due", chat=ticket.chat, ticket=ticket.id, step=step, rung=rung)


def is_late(ticket: Ticket, now: datetime) -> bool:
    """Nobody answers in time (given back is not answered), or it is not done in time: the one definition of late."""
    if not ticket.is_open:
        return False
    unanswered = ticket.status == "open" and ticket.promised_at is not None and ticket.promised_at <= now
    return unanswered or (ticket.due_at is not None and ticket.due_at <= now)


def due(turn: Turn) -> None:
    """Look at the second clock of a ticket."""
    assert isinstance(turn.event, Due)
    ticket = tickets.get(turn.tx, turn.event.ticket or 0)
    if ticket is not None and ticket.is_open and ticket.flow != "desk":
        STEPS[str(turn.event.data.get("step", "end"))](turn, ticket, int(turn.event.data.get("rung", 0)))


def _half(turn: Turn, ticket: Ticket, rung: int) -> None:
    """Whoever has it hears until when it is to be done; an open one is asked about by the first clock."""
    if ticket.owner is not None and ticket.due_at is not None and ticket.status != "onhold":
        buttons = [turn.button(verb, verb, ticket.id) for verb in ("finish", "release")]
        turn.say(
            people.get(turn.tx, ticket.owner).chat,
            "due.half",
            *buttons,
            kind="reminder",
            about=ticket.id,
            number=ticket.id,
            until=clock.clock(turn.now, ticket.due_at, turn.house.zone),
        )
    watch(turn, ticket)


def _fifths(turn: Turn, ticket: Ticket, rung: int) -> None:
    cards.show_desk(turn, ticket, "nearly")
    watch(turn, ticket)


def _end(turn: Turn, ticket: Ticket, rung: int) -> None:
    """The promise is broken: somebody with a name answers for it, and the resident hears it before they ask."""
    answering = _answering(turn)
    named = answering[min(rung, len(answering) - 1)] if answering else None
    until = clock.due(turn.now, turn.house.timing.promise["P3"], turn.house.hours, turn.house.zone)
    when, title = clock.clock(turn.now, until, turn.house.zone), titles.title(turn.house, ticket)
    name = named.called if named else turn.text("queue.desk")
    key = "due.slipped" if rung == 0 else "due.slipped_again"
    turn.say(ticket.chat, key, kind="reminder", about=ticket.id, number=ticket.id, title=title, helper=name, until=when)
    if named is not None:
        owner = people.get(turn.tx, ticket.owner).called if ticket.owner else ""
        holder = turn.text("due.holder", name=owner) if owner else turn.text("due.nobody")
        turn.say(
            named.chat,
            "due.yours",
            kind="reminder",
            about=ticket.id,
            number=ticket.id,
            title=title,
            holder=holder,
            until=when,
            days=_days(turn, ticket),
        )
    cards.show_desk(turn, ticket, "late")
    _look(turn, ticket, "end", until, rung + 1)


def _answering(turn: Turn) -> list[Person]:
    """Who answers for what is late, the first one first: those named in the configuration, else the managers."""
    managers = people.with_role(turn.tx, "manager")
    named = [one for name in turn.house.escalation for one in managers if one.name == name]
    return named or managers


def _days(turn: Turn, ticket: Ticket) -> int:
    return max(1, (turn.now - (ticket.opened_at or turn.now)) // timedelta(days=1))


STEPS: Mapping[str, Callable[[Turn, Ticket, int], None]] = {"half": _half, "fifths": _fifths, "end": _end}
