"""A finished form becomes a ticket, or joins the one that is open already."""

from __future__ import annotations

from datetime import datetime

from handlers import clock
from handlers.saying import slots as saying_slots
from handlers.saying import times, titles
from handlers.tickets import behalf, cards, clocks, dispatch, promises
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.meaning import PlaceExpression
from models.places import decode_place, same_place
from models.tickets import Ticket
from storage import queue, tickets

KEPT = ("when", "hands", "for", "filer")
"""What a ticket keeps besides the slots its flow names."""


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
    return clock.words(turn.now, _promised(turn, ticket), turn.house.zone)


def _promised(turn: Turn, ticket: Ticket) -> datetime:
    """The hour that was promised; once that is past, the one named since, or a new one that is looked at."""
    if ticket.promised_at is not None and ticket.promised_at > turn.now:
        return ticket.promised_at
    named = queue.scheduled_at(turn.tx, f"answer:{ticket.id}")
    if named is not None and named > turn.now:
        return named
    anew = clock.due(turn.now, turn.house.timing.promise[ticket.urgency], turn.house.hours, turn.house.zone)
    promises.look_for_answer(turn, ticket, anew, 1)
    return anew


def _known(turn: Turn, flow: Flow, form: Dialogue, place: PlaceExpression) -> Ticket | None:
    category = form.slots.get("category", "other")
    if category == "other":
        return None  # also where the flow has no kinds of things: two neighbours may borrow two ladders
    alike = [one for one in tickets.alike(turn.tx, flow.name, category) if same_place(one.place, place)]
    return next((one for one in alike if not times.asks(turn.house, one) or _same_wish(turn, one, form)), None)


def _same_wish(turn: Turn, ticket: Ticket, form: Dialogue) -> bool:
    """A helper is one person's wish for one thing and time: a bag of rice is not the cupboard of tomorrow."""
    thing, when = form.slots.get("object", ""), form.notes.when or None
    return (ticket.reporter, ticket.object, ticket.slots.get("when")) == (turn.person.id, thing, when)


def _join(turn: Turn, ticket: Ticket) -> None:
    """One more person waits for the same thing."""
    if turn.person.id == ticket.reporter or turn.person.id in ticket.joined:
        return turn.answer("ticket.known", about=ticket.id, number=ticket.id)
    turn.record(ticket, "join", joined=(*ticket.joined, turn.person.id))
    title = titles.title(turn.house, ticket)
    return turn.answer("ticket.joined", about=ticket.id, number=ticket.id, title=title)


def _open(turn: Turn, flow: Flow, form: Dialogue, place: PlaceExpression) -> Ticket:
    slots = {name: value for name, value in form.known.items() if name in (*flow.kept, *KEPT)}
    category, urgency = form.slots.get("category", _kind(flow)), _urgency(flow, form)
    queue = dispatch.queue_for(turn, flow, category, place.building)
    minutes = dispatch.promised(turn, queue, urgency)
    event = turn.event_of(
        "open",
        category=category,
        urgency=urgency,
        queue=queue,
        reporter=turn.person.id,
        chat=turn.chat.id,
        place=place,
        object=form.slots.get("object", ""),
        words=_words(turn, flow, form),
        slots=slots,
        code=code_word(turn),
        opened_at=turn.now,
        pictures=tuple(filter(None, form.slots.get("pictures", "").split("|"))),
        promised_at=clock.due(turn.now, minutes, turn.house.hours, turn.house.zone),
        due_at=promises.due_at(turn, flow.name, category, urgency),
    )
    return tickets.add(turn.tx, flow.name, flow.life, event)


def _kind(flow: Flow) -> str:
    """The kind of thing where none was said: a flow without kinds is one by itself."""
    return "other" if any(slot.kind == "what" for slot in flow.slots) else flow.name


def _urgency(flow: Flow, form: Dialogue) -> str:
    """The urgency of the words, raised by what was answered."""
    raised = (slot.raises.get(form.slots.get(slot.name, "")) for slot in flow.slots)
    return min(filter(None, (form.notes.urgency or "P2", *raised)))


def _words(turn: Turn, flow: Flow, form: Dialogue) -> str:
    """Everything that was said, and what was chosen or counted in the end."""
    counted = saying_slots.counted(flow, form.known)
    return turn.text("form.settled", words=form.words, counted=counted) if counted else form.words


def code_word(turn: Turn) -> str:
    """A word for the door, taken from the list of plain words."""
    return turn.house.random.choice(turn.house.texts["code.words"].split())
