"""A taken task waits: for a reason, until a time, by somebody's word; whoever asked for it hears it in one sentence."""

from __future__ import annotations

from datetime import datetime

from handlers import clock
from handlers.saying import titles
from handlers.tickets import cards, hands, steps
from handlers.turn import Turn
from models.tickets import Ticket
from storage import people


def rest(turn: Turn, ticket: Ticket, reason: str, until: datetime) -> None:
    """The task waits; whoever asked for it hears why, and until when."""
    kept = {"wait": reason, "until": until.isoformat(), "waiter": str(turn.person.id)}
    ticket = steps.step(turn, ticket, "wait", slots={**ticket.slots, **kept})
    helper = people.get(turn.tx, ticket.owner).called if ticket.owner else ""
    when = clock.clock(turn.now, until, turn.house.zone)
    hands.tell_others(turn, ticket, "wait.others", when=when)
    if ticket.owner not in (None, turn.person.id):
        turn.say(people.get(turn.tx, ticket.owner).chat, "wait.others", about=ticket.id, number=ticket.id, when=when)
    if reason != "hour":
        cards.tell_desk(turn, ticket)
    turn.say(
        ticket.chat,
        f"wait.told.{reason}",
        about=ticket.id,
        helper=helper,
        when=when,
        number=ticket.id,
        title=titles.title(turn.house, ticket),
    )


def until_of(ticket: Ticket) -> datetime | None:
    """Until when a task waits."""
    return datetime.fromisoformat(ticket.slots["until"]) if "until" in ticket.slots else None


def when(turn: Turn, ticket: Ticket) -> str:
    """The same, as it is said."""
    until = until_of(ticket)
    return clock.clock(turn.now, until, turn.house.zone) if until else ""


def why(turn: Turn, ticket: Ticket) -> str:
    """What a task waits for, in a word."""
    return turn.text(f"wait.reason.{ticket.slots.get('wait', 'visit')}")


def resident(turn: Turn, ticket: Ticket) -> str:
    """What whoever asked for it is called."""
    return people.get(turn.tx, ticket.reporter).called if ticket.reporter else turn.text("desk.nobody")
