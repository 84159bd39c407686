"""Cards in groups: one for the volunteers, one for the desk, neither with personal data."""

from __future__ import annotations

from handlers.saying import titles
from handlers.tickets import dispatch
from handlers.turn import Turn
from models.people import Person
from models.queues import DESK, route
from models.tickets import Ticket
from storage import people, queue, tickets

TALK = frozenset({"human", "misses", "unhandled", "unheard", "silent", "aside"})
"""Reasons for the desk that are one conversation with one person."""


def show(turn: Turn, ticket: Ticket) -> None:
    """Put the card of a ticket up in its group, or change it."""
    chat = chat_for(turn, ticket)
    if ticket.flow == "desk" or ticket.life != "task":
        return refresh_desk(turn, ticket)
    if chat is None:
        return show_desk(turn, ticket, "dispatched" if _meant_for_desk(turn, ticket) else "nogroup")
    buttons = [turn.button("claim", "claim", ticket.id)] if ticket.status == "open" else []
    text = titles.group_text(turn.house, ticket, turn.now, *_hands(turn, ticket))
    turn.asserting(titles.card_key(ticket, turn.now), text.splitlines()[-1], ticket.id)
    return turn.card(chat, f"ticket:{ticket.id}", text, *buttons, about=ticket.id)


def _hands(turn: Turn, ticket: Ticket) -> tuple[int, int]:
    """How many people it takes, and how many are missing."""
    said = ticket.slots.get("hands", "")
    if not said.isdigit() or ticket.status != "open":
        return 1, 0
    return int(said), max(0, int(said) - len(tickets.holders(turn.tx, ticket.id)))


def chat_for(turn: Turn, ticket: Ticket) -> int | None:
    """Where the card is: where it was put up first, whoever owns it now; None when only the desk has it."""
    shown = queue.chats_with(turn.tx, f"ticket:{ticket.id}")
    if shown:
        return shown[0]
    return dispatch.chat_of(turn, ticket.queue) if ticket.queue != DESK else None


def _meant_for_desk(turn: Turn, ticket: Ticket) -> bool:
    """The table sends it to the desk; it did not come here for want of anybody else."""
    flow = turn.house.flows.get(ticket.flow)
    own = flow.queue if flow else ""
    return route(turn.house.dispatch, ticket.flow, ticket.category, ticket.place.building, own) == DESK


def desk_people(turn: Turn) -> list[Person]:
    """Who sits at the desk; the managers when nobody does."""
    return people.with_role(turn.tx, "desk") or people.with_role(turn.tx, "manager")


def _desk_chats(turn: Turn) -> list[int]:
    group = people.group_of(turn.tx, "desk")
    if group is not None:
        return [group.id]
    return [person.chat for person in desk_people(turn) if person.chat is not None]


def show_desk(turn: Turn, ticket: Ticket, reason: str, urgent: bool = False) -> None:
    """Put a ticket before the desk, with the reason a person is needed."""
    text = _desk_text(turn, ticket, turn.text(f"desk.reason.{reason}"), urgent)
    button = turn.button("take", "take", ticket.id)
    shown = queue.chats_with(turn.tx, f"desk:{ticket.id}")
    for chat in _desk_chats(turn):
        turn.card(chat, f"desk:{ticket.id}", text, button, about=ticket.id, kind="emergency" if urgent else "answer")
        if chat in shown:
            _ring(turn, chat, ticket, reason, urgent)


def _ring(turn: Turn, chat: int, ticket: Ticket, reason: str, urgent: bool) -> None:
    """A card that is only changed rings no telephone: what is new is said as well."""
    line = turn.text("desk.again", number=ticket.id, reason=turn.text(f"desk.reason.{reason}"))
    turn.tell(chat, line, kind="emergency" if urgent else "reminder", about=ticket.id)


def refresh_desk(turn: Turn, ticket: Ticket) -> None:
    """The desk's card says what became of it; a ticket the desk never saw has none."""
    chats = _desk_chats(turn)
    shown = queue.chats_with(turn.tx, f"desk:{ticket.id}")
    key = "desk.reason.still_open" if ticket.status == "open" else f"card.{ticket.status}"
    text = _desk_text(turn, ticket, turn.text(key), False)
    for chat in chats:
        if chat in shown:
            turn.card(chat, f"desk:{ticket.id}", text, about=ticket.id)


def _desk_text(turn: Turn, ticket: Ticket, reason: str, urgent: bool) -> str:
    what = titles.category(turn.house, ticket.category)
    place = titles.public_known(turn.house, ticket.place)
    head = turn.text("desk.head.urgent" if urgent else "desk.head.plain", number=ticket.id)
    lines = ticket.words.count(" / ") + 1
    if lines > 1 and ticket.status == "open" and ticket.category in TALK:
        reason = turn.text("desk.lines", reason=reason, lines=lines)
    return "\n".join(line for line in (head, " · ".join(part for part in (place, what) if part), reason) if line)
