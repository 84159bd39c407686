"""Cards in groups: one for the volunteers, one for the desk, neither with personal data."""

from __future__ import annotations

from datetime import datetime

from handlers.saying import titles
from handlers.tickets import dispatch
from handlers.turn import Turn
from models.people import Person
from models.queues import DESK, route
from models.tickets import TAKEN, Ticket
from storage import people, queue, tickets

TALK = frozenset({"human", "misses", "unhandled", "unheard", "silent", "aside"})
"""Reasons for the desk that are one conversation with one person."""
SETTLES = frozenset({"accepted", "done", "cancelled", "merged"})
"""Statuses in which nobody is asked for any more."""


def show(turn: Turn, ticket: Ticket) -> None:
    """Put the card of a ticket up in its group, or change it."""
    chat = chat_for(turn, ticket)
    if ticket.flow == "desk" or ticket.life != "task":
        return refresh_desk(turn, ticket)
    if chat is None and ticket.status != "open":
        return None
    if chat is None:
        return show_desk(turn, ticket, "dispatched" if _meant_for_desk(turn, ticket) else "nogroup")
    referred = is_referred(ticket)
    buttons = [turn.button("claim", "claim", ticket.id)] if ticket.status == "open" and not referred else []
    text = titles.group_text(turn.house, ticket, turn.now, *_hands(turn, ticket))
    if not referred:
        turn.asserting(titles.card_key(ticket, turn.now), text.splitlines()[-1], ticket.id)
    if referred:
        text = turn.text("group.referred", number=ticket.id, what=titles.group_line(turn.house, ticket))
    turn.card(chat, f"ticket:{ticket.id}", text, *buttons, about=ticket.id)
    return _settle_offer(turn, chat, ticket)


def is_referred(ticket: Ticket) -> bool:
    """Whether a trade is needed that no volunteer has: the desk arranges it."""
    return ticket.status == "open" and ticket.queue == DESK and ticket.slots.get("wait") == "trade"


def offer(turn: Turn, ticket: Ticket, key: str, missing: int, kind: str = "answer") -> None:
    """Ask a group who is free, by place and thing: one message besides the card, said anew in the same place."""
    chat = chat_for(turn, ticket)
    text = turn.text(key, number=ticket.id, what=titles.group_line(turn.house, ticket), missing=missing)
    turn.card(chat, f"offer:{ticket.id}", text, turn.button("claim", "claim", ticket.id), about=ticket.id, kind=kind)


def _settle_offer(turn: Turn, chat: int, ticket: Ticket) -> None:
    """Somebody took it, or nobody need: what was asked in the group has no button any more."""
    settled = ticket.status in SETTLES or is_referred(ticket)
    if not settled or chat not in queue.chats_with(turn.tx, f"offer:{ticket.id}"):
        return
    what = titles.group_line(turn.house, ticket)
    state = turn.text("card.referred" if is_referred(ticket) else f"card.{ticket.status}")
    text = turn.text("group.settled", number=ticket.id, what=what, state=state)
    turn.card(chat, f"offer:{ticket.id}", text, about=ticket.id)


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


def phone(turn: Turn) -> str:
    """The desk's number as a clause, when the community has one."""
    number = turn.house.community.phone
    return turn.text("desk.phone", phone=number) if number else ""


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


def on_desk(turn: Turn, ticket: Ticket) -> bool:
    """Whether the desk was shown it."""
    return bool(queue.chats_with(turn.tx, f"desk:{ticket.id}"))


def _ring(turn: Turn, chat: int, ticket: Ticket, reason: str, urgent: bool) -> None:
    """A card that is only changed rings no telephone: what is new is said as well."""
    said = complaint(turn, ticket) or turn.text(f"desk.reason.{reason}")
    line = turn.text("desk.again", number=ticket.id, reason=said)
    turn.tell(chat, line, kind="emergency" if urgent else "reminder", about=ticket.id)


def tell_desk(turn: Turn, ticket: Ticket) -> None:
    """The desk sees how a ticket stands, as a card that rings nobody."""
    text = _desk_text(turn, ticket, _standing(turn, ticket), False)
    for chat in _desk_chats(turn):
        turn.card(chat, f"desk:{ticket.id}", text, about=ticket.id)


def refresh_desk(turn: Turn, ticket: Ticket) -> None:
    """The desk's card says what became of it; a ticket the desk never saw has none."""
    chats = _desk_chats(turn)
    shown = queue.chats_with(turn.tx, f"desk:{ticket.id}")
    urgent = ticket.status == "open" and ticket.urgency == "P0"
    text = _desk_text(turn, ticket, _standing(turn, ticket), urgent)
    buttons = [turn.button("take", "take", ticket.id)] if ticket.status == "open" else []
    for chat in chats:
        if chat in shown:
            turn.card(chat, f"desk:{ticket.id}", text, *buttons, about=ticket.id)


def _standing(turn: Turn, ticket: Ticket) -> str:
    """Why a person is needed, or who is there already: a second one of the desk sees it."""
    if ticket.status == "open":
        own = f"desk.reason.{ticket.category}" if ticket.flow == "desk" else ""
        return turn.text(own if own in turn.house.texts else "desk.reason.still_open")
    if ticket.status in TAKEN and ticket.owner is not None:
        if rests_until(ticket) is not None:
            return resting(turn, ticket)
        return turn.text(f"desk.taken.{ticket.status}", helper=people.get(turn.tx, ticket.owner).called)
    return turn.text(f"card.{ticket.status}")


def rests_until(ticket: Ticket) -> datetime | None:
    """Until when a ticket waits; None when it does not wait."""
    return (
        datetime.fromisoformat(ticket.slots["until"]) if ticket.status == "onhold" and "until" in ticket.slots else None
    )


def resting(turn: Turn, ticket: Ticket) -> str:
    """What it waits for, until when, and who has it."""
    until = titles.standing(turn.house, turn.now, rests_until(ticket) or turn.now)
    helper = people.get(turn.tx, ticket.owner or 0).called
    why = turn.text(f"wait.reason.{ticket.slots.get('wait', 'visit')}")
    return turn.text("desk.resting", helper=helper, why=why, until=until)


def complaint(turn: Turn, ticket: Ticket) -> str:
    """What somebody was not satisfied with: which ticket, whose work, and why in a word of ours, never in theirs."""
    number = ticket.slots.get("about", "")
    about = tickets.get(turn.tx, int(number)) if number.isdigit() else None
    if about is None or ticket.category != "bad":
        return ""
    said = [turn.text(f"feedback.because.{key}") for key in ticket.slots.get("reasons", "").split()]
    helper = people.get(turn.tx, about.owner).called if about.owner else turn.text("feedback.unknown_helper")
    return turn.text(
        "feedback.unhappy",
        number=about.id,
        what=titles.category(turn.house, about.category),
        helper=helper,
        why=turn.text("feedback.why_known", why="、".join(said)) if said else "",
    )


def _desk_text(turn: Turn, ticket: Ticket, reason: str, urgent: bool) -> str:
    what = titles.category(turn.house, ticket.category)
    place = titles.public_known(turn.house, ticket.place)
    head = turn.text("desk.head.urgent" if urgent else "desk.head.plain", number=ticket.id)
    lines = ticket.words.count(" / ") + 1
    if lines > 1 and ticket.status == "open" and ticket.category in TALK:
        reason = turn.text("desk.lines", reason=reason, lines=lines)
    if ticket.category == "bad" and (unhappy := complaint(turn, ticket)):
        known = ticket.status == "open" and "reasons" in ticket.slots
        reason = unhappy if known else f"{unhappy}\n{reason}"
    return "\n".join(line for line in (head, " · ".join(part for part in (place, what) if part), reason) if line)
