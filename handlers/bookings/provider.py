"""Whoever does the service: yes or no, late, who came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from handlers.bookings import due, life, reading
from handlers.tickets import cards
from handlers.turn import Turn
from models.bookings import Service
from models.events import Due
from models.people import Person
from models.tickets import Ticket, can
from storage import bookings, people, tickets

STAFF = frozenset({"provider", "desk", "manager"})


# ---------------------------------------------------------------- the provider's buttons


def accept(turn: Turn, ticket: Ticket) -> None:
    """The provider will be there."""
    ticket = turn.record(ticket, "accept", responded_at=turn.now, accepted_at=turn.now)
    _tell(turn, ticket, "booking.accepted")


def decline(turn: Turn, ticket: Ticket) -> None:
    """The provider cannot; where they serve one at a time, nobody else is put into that time."""
    ticket = turn.record(ticket, "decline", responded_at=ticket.responded_at or turn.now)
    turn.drop(f"booking:{ticket.id}")
    bookings.leave(turn.tx, ticket.id)
    _tell(turn, ticket, "booking.declined")
    _close(turn, turn.house.bookable.get(ticket.category), reading.begins(ticket))
    life.book_next(turn, ticket)


def _close(turn: Turn, service: Service | None, at: datetime) -> None:
    """A time that the provider cannot keep; a place of many goes to the next in line."""
    if service is None or service.capacity > 1:
        return life.offer_on(turn, service.key, at) if service else None
    bookings.shut(turn.tx, service, at)
    return life.send_home(turn, service, at, at + timedelta(minutes=1))


def late(turn: Turn, ticket: Ticket) -> None:
    """The provider comes later."""
    _tell(turn, turn.record(ticket, "late"), "booking.late")


def came(turn: Turn, ticket: Ticket) -> None:
    """They were there."""
    _over(turn, turn.record(ticket, "came", done_at=turn.now))
    turn.say(turn.person.chat or turn.chat.id, "serve.thanks", number=ticket.id)


def missed(turn: Turn, ticket: Ticket) -> None:
    """They were not; said without reproach."""
    ticket = turn.record(ticket, "miss")
    _tell(turn, ticket, "booking.missed")
    _over(turn, ticket)


def _over(turn: Turn, ticket: Ticket) -> None:
    bookings.leave(turn.tx, ticket.id)
    turn.drop(f"booking:{ticket.id}")
    cards.refresh_desk(turn, ticket)


def _tell(turn: Turn, ticket: Ticket, key: str) -> None:
    helper = people.get(turn.tx, ticket.owner).called if ticket.owner else turn.text("queue.desk")
    said = reading.what(turn, ticket)
    turn.say(ticket.chat, key, about=ticket.id, helper=helper, what=said, service=ticket.object)
    turn.say(turn.person.chat or turn.chat.id, "serve.thanks", number=ticket.id)


ACTIONS: Mapping[str, tuple[str, Callable[[Turn, Ticket], None]]] = {
    "book_accept": ("accept", accept),
    "book_decline": ("decline", decline),
    "book_late": ("late", late),
    "book_came": ("came", came),
    "book_missed": ("miss", missed),
}
"""Verb of a button → action in the table of lives, and what is done."""


def act(turn: Turn, verb: str, number: int) -> None:
    """Do it, if the presser serves this booking (or sits at the desk) and it is still open."""
    ticket = tickets.get(turn.tx, number)
    action, work = ACTIONS[verb]
    if ticket is None or ticket.life != "appointment" or not serves(turn.person, ticket) or not can(ticket, action):
        return turn.answer("press.stale")
    return work(turn, ticket)


def pressed(verb: str, turn: Turn, number: int) -> None:
    """A provider's button."""
    act(turn, verb, number)


def serves(person: Person, ticket: Ticket) -> bool:
    """Whether this booking is theirs to decide."""
    return ticket.owner == person.id or person.may("desk") or person.may("manager")


# ---------------------------------------------------------------- what falls due


def look(turn: Turn) -> None:
    """A row of the agenda about a booking."""
    assert isinstance(turn.event, Due)
    ticket = tickets.get(turn.tx, turn.event.ticket or 0)
    work = LOOKS.get((ticket.status, str(turn.event.data.get("step")))) if ticket else None
    if ticket is not None and work is not None:
        work(turn, ticket)


def _remind(turn: Turn, ticket: Ticket) -> None:
    """Said once, and not any more when it has begun."""
    service, at = turn.house.bookable.get(ticket.category), reading.begins(ticket)
    if service is None:
        return
    if turn.now < at:
        said, place = reading.what(turn, ticket), reading.where(turn, service)
        turn.say(
            ticket.chat, "booking.soon", kind="reminder", about=ticket.id, what=said, where=place, service=service.name
        )
    due.watch(turn, ticket, at, service.minutes)
    if turn.now >= at + timedelta(minutes=service.minutes):
        _ended(turn, ticket)


def _ended(turn: Turn, ticket: Ticket) -> None:
    """Did they come? The next one of a series is written with this question."""
    _ask_who_came(turn, ticket)
    due.once_more(turn, ticket)
    life.book_next(turn, ticket)


def _again(turn: Turn, ticket: Ticket) -> None:
    """Asked once more the next morning; after that it is over without an answer."""
    _ask_who_came(turn, ticket)
    due.once_more(turn, ticket, "past")


def _past(turn: Turn, ticket: Ticket) -> None:
    """Its hour is over, and nobody said who came: it sleeps no further."""
    _over(turn, turn.record(ticket, "pass"))


def _ask_who_came(turn: Turn, ticket: Ticket) -> None:
    buttons = [turn.button(verb, verb, ticket.id) for verb in ("book_came", "book_missed")]
    reporter = people.get(turn.tx, ticket.reporter) if ticket.reporter else Person(0)
    owners = [people.get(turn.tx, ticket.owner)] if ticket.owner else cards.desk_people(turn)
    for owner in owners:
        turn.say(
            owner.chat,
            "serve.ended",
            *buttons,
            kind="reminder",
            about=ticket.id,
            number=ticket.id,
            name=reporter.called,
        )


LOOKS: Mapping[tuple[str, str], Callable[[Turn, Ticket], None]] = {
    **{(status, step): _remind for status in ("open", "accepted") for step in ("eve", "soon")},
    **{(status, "end"): _ended for status in ("open", "accepted")},
    **{(status, "again"): _again for status in ("open", "accepted")},
    **{(status, "past"): _past for status in ("open", "accepted")},
    ("offered", "tell"): life.tell_offer,
    ("offered", "lapse"): life.lapse,
    ("waiting", "lapse"): life.lapse,
}
"""Status and step → what is done."""
