"""A booking as it is read: when and where, with whom, and which ones somebody has."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers import clock
from handlers.rows import Matter
from handlers.turn import Turn
from models.bookings import Service
from models.outgoing import Button
from models.people import Person
from models.tickets import Ticket
from nlu.meaning import about
from storage import bookings, people, tickets


def begins(ticket: Ticket) -> datetime:
    """When an appointment begins."""
    return datetime.fromisoformat(ticket.slots["at"])


def own(ticket: Ticket) -> datetime:
    """When it would begin had it not been moved: a series comes back at its own hour on its own days."""
    return datetime.fromisoformat(ticket.slots["own"]) if "own" in ticket.slots else begins(ticket)


def provider(turn: Turn, service: Service) -> Person | None:
    """The person who does it, if they are registered."""
    return next((p for p in people.with_role(turn.tx, "provider") if p.name == service.provider and p.chat), None)


def what(turn: Turn, ticket: Ticket) -> str:
    """An appointment as people say it: 「明天下午2点理发」."""
    who = ticket.slots.get("for")
    time = clock.clock(turn.now, begins(ticket), turn.house.zone)
    return f"{time}{ticket.object}" + (f"（{turn.text('booking.for', who=about.named(who))}）" if who else "")


def where(turn: Turn, service: Service) -> str:
    """Where it is, as a sentence; nothing when it comes to the home."""
    return turn.text("booking.place.at", place=service.place) if service.place else ""


def of(turn: Turn, service: str | None = None) -> list[Ticket]:
    """The speaker's appointments that are not over, of one service or of all."""
    mine = [tickets.get(turn.tx, number) for number in bookings.of_person(turn.tx, turn.person.id)]
    since = turn.now - timedelta(hours=2)
    return [ticket for ticket in mine if ticket and service in (None, ticket.category) and begins(ticket) > since]


def mine(turn: Turn) -> list[Matter]:
    """The speaker's appointments, as they are told of everything they have open."""
    found = []
    for ticket in of(turn):
        said = what(turn, ticket)
        drop = Button(turn.text("matter.drop", what=said), f"book_cancel:{ticket.id}:0")
        change = Button(turn.text("matter.change", what=said), f"book_move:{ticket.id}:0")
        state = turn.text(f"booking.state.{ticket.status}", number=ticket.id)
        text = turn.text("booking.mine", number=ticket.id, what=said, state=state)
        found.append(Matter(text, drop, change, turn.house.bookable[ticket.category].names))
    return found
