"""Danger is heard first: the numbers to call, at once, and an urgent card on the desk."""

from __future__ import annotations

from datetime import timedelta

from handlers import cards, desk, titles
from handlers.turn import Turn
from models.tickets import Ticket, can
from storage import tickets

JOINS = timedelta(minutes=30)
"""Repeats of one person within this belong to the same card."""


def is_explicit(turn: Turn) -> bool:
    """Whether the line holds an explicit sign."""
    return any(sign.tier == 1 for sign in turn.parse.signs)


def alert(turn: Turn) -> None:
    """Say the one safe line, and put the card up; no question stands before it."""
    family = turn.parse.signs[0].family
    key = f"danger.{family}"
    turn.say(turn.chat.id, key if key in turn.house.texts else "danger.unknown", kind="emergency")
    ticket = _open(turn)
    if ticket is not None and can(ticket, "append"):
        turn.record(ticket, "append", words=f"{ticket.words} / {turn.parse.text}"[:2000])
        cards.show_desk(turn, ticket, "danger", urgent=True)
    else:
        ticket = desk.open_ticket(turn, "danger", urgency="P0", answer=None)
    _tell_desk(turn, ticket)


def _open(turn: Turn) -> Ticket | None:
    """The card that is already up for this person."""
    own = tickets.of_reporter(turn.tx, turn.person.id, 5)
    fresh = (t for t in own if t.category == "danger" and t.is_open and turn.now - (t.opened_at or turn.now) < JOINS)
    return next(fresh, None)


def _tell_desk(turn: Turn, ticket: Ticket) -> None:
    """Everybody at the desk gets the words in private: the card in the group holds none."""
    for person in cards.desk_people(turn):
        turn.say(
            person.chat, "danger.desk", turn.button("take", "take", ticket.id), kind="emergency", about=ticket.id,
            name=turn.person.called, phone=turn.person.phone or turn.text("claim.nophone"), words=turn.parse.text,
            place=titles.spelled(ticket.place) or turn.text("card.somewhere"), number=ticket.id,
        )  # fmt: skip
