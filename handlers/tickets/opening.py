"""A finished form becomes a ticket, or joins the one that is open already."""

from __future__ import annotations

from handlers import clock
from handlers.saying import times, titles
from handlers.tickets import behalf, cards, clocks, dispatch, promises
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.meaning import PlaceExpression
from models.places import decode_place, same_place
from models.tickets import Ticket
from storage import tickets

KEPT = ("time", "when", "risk", "hands", *behalf.SLOTS)
"""Slots of a form that the ticket keeps."""


def open_from(turn: Turn, flow: Flow, form: Dialogue) -> None:
    """Open the ticket of a form, unless the same thing at the same place is known."""
    place = decode_place(form.slots.get("place", "{}"))
    known = _known(turn, flow, form, place)
    if known is not None:
        return _join(turn, known)
    ticket = _open(turn, flow, form, place)
    cards.show(turn, ticket)
    clocks.watch(turn, ticket)
    promises.watch(turn, ticket)
    behalf.opened(turn, ticket)
    return turn.answer(
        turn.worded("ticket.opened", ticket.queue), about=ticket.id, number=ticket.id, until=until(turn, ticket)
    )


def until(turn: Turn, ticket: Ticket) -> str:
    """The promise of a ticket, as a sentence that is true now."""
    return clock.words(turn.now, ticket.promised_at or turn.now, turn.house.zone)


def _known(turn: Turn, flow: Flow, form: Dialogue, place: PlaceExpression) -> Ticket | None:
    category = form.slots.get("category", "other")
    if category == "other":
        return None
    alike = [one for one in tickets.alike(turn.tx, flow.name, category) if same_place(one.place, place)]
    return next((one for one in alike if not times.asks(turn.house, one) or _same_wish(turn, one, form)), None)


def _same_wish(turn: Turn, ticket: Ticket, form: Dialogue) -> bool:
    """A helper is one person's wish for one thing and time: a bag of rice is not the cupboard of tomorrow."""
    thing, when = form.slots.get("object", ""), form.slots.get("when")
    return (ticket.reporter, ticket.object, ticket.slots.get("when")) == (turn.person.id, thing, when)


def _join(turn: Turn, ticket: Ticket) -> None:
    """One more person waits for the same thing."""
    if turn.person.id == ticket.reporter or turn.person.id in ticket.joined:
        return turn.answer("ticket.known", about=ticket.id, number=ticket.id)
    turn.record(ticket, "join", joined=(*ticket.joined, turn.person.id))
    title = titles.title(turn.house, ticket)
    return turn.answer("ticket.joined", about=ticket.id, number=ticket.id, title=title)


def _open(turn: Turn, flow: Flow, form: Dialogue, place: PlaceExpression) -> Ticket:
    slots = {name: value for name, value in form.slots.items() if name in KEPT}
    urgency = "P1" if form.slots.get("risk") == "yes" else form.slots.get("urgency", "P2")
    queue = dispatch.queue_for(turn, flow, form.slots.get("category", "other"), place.building)
    minutes = dispatch.promised(turn, queue, urgency)
    event = turn.event_of(
        "open", category=form.slots.get("category", "other"), urgency=urgency, queue=queue, reporter=turn.person.id,
        chat=turn.chat.id, place=place, object=form.slots.get("object", ""), words=form.words, slots=slots,
        code=code_word(turn), opened_at=turn.now, pictures=tuple(filter(None, form.slots.get("pictures", "").split("|"))),
        promised_at=clock.due(turn.now, minutes, turn.house.hours, turn.house.zone),
        due_at=promises.due_at(turn, flow.name, form.slots.get("category", "other"), urgency),
    )  # fmt: skip
    return tickets.add(turn.tx, flow.name, flow.life, event)


def code_word(turn: Turn) -> str:
    """A word for the door, taken from the list of plain words."""
    return turn.house.random.choice(turn.house.texts["code.words"].split())
