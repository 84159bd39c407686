"""A booking as it is written down: its ticket, its place, and whoever is told of it."""

from __future__ import annotations

from datetime import datetime

from handlers.bookings import due
from handlers.bookings.reading import provider, what
from handlers.tickets import cards
from handlers.turn import Turn
from models.bookings import Service
from models.dialogues import Dialogue
from models.meaning import PlaceExpression
from models.outgoing import Button
from models.people import Person
from models.tickets import Ticket
from storage import bookings, people, tickets

KEPT = ("for", "filer", "every", "skip", "until")
"""What the next of a series takes over: whom it is for, how it comes back, and on which days it does not."""


def opened(turn: Turn, action: str, service: Service, form: Dialogue, at: datetime) -> Ticket:
    """The ticket of a booking, made or waiting; its place is taken elsewhere."""
    slots = {"at": at.isoformat(), **{name: value for name, value in form.known.items() if name in KEPT}}
    helper = provider(turn, service)
    home = PlaceExpression("", spot=service.place) if service.place else (turn.person.home or PlaceExpression(""))
    event = turn.event_of(
        action,
        category=service.key,
        queue="provider" if helper else "desk",
        owner=helper.id if helper else None,
        reporter=form.person,
        chat=form.chat,
        place=home,
        object=service.name,
        words=form.words,
        slots=slots,
        opened_at=turn.now,
    )
    return tickets.add(turn.tx, form.flow, "appointment", event)


def hold(turn: Turn, service: Service, ticket: Ticket, at: datetime) -> bool:
    """The place is this ticket's: the table agrees or the whole turn is undone. Whether it will be reminded of."""
    if not bookings.take(turn.tx, service, at, ticket.id):
        raise RuntimeError(f"no place left for ticket {ticket.id}")
    reminded = due.watch(turn, ticket, at, service.minutes)
    tell_provider(turn, ticket, "serve.new")
    return reminded


def tell_provider(turn: Turn, ticket: Ticket, key: str, *more: Button) -> None:
    """The provider, or the desk, hears of a booking."""
    owner = people.get(turn.tx, ticket.owner) if ticket.owner else None
    if owner is None:
        if key == "serve.new":
            cards.show_desk(turn, ticket, "booking")
        return
    reporter = people.get(turn.tx, ticket.reporter) if ticket.reporter else Person(0)
    buttons = [turn.button(verb, verb, ticket.id) for verb in ("book_accept", "book_decline", "book_late")]
    turn.say(
        owner.chat,
        key,
        *(more or (buttons if ticket.status == "open" else ())),
        about=ticket.id,
        wide=3,
        number=ticket.id,
        what=what(turn, ticket),
        name=reporter.called,
        phone=reporter.phone or turn.text("claim.nophone"),
    )
