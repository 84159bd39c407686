"""按错了 behind 弄完了: what was just finished goes on."""

from __future__ import annotations

from datetime import timedelta

from handlers.saying import titles
from handlers.tickets import steps
from handlers.turn import Turn
from models.tickets import Ticket, can
from storage import dialogues, tickets

BACK = timedelta(minutes=30)
"""按错了 counts so long after 弄完了."""


def just_finished(turn: Turn) -> Ticket | None:
    """What the speaker finished a moment ago and nobody has confirmed yet."""
    found = tickets.of_helper(turn.tx, turn.person.id, turn.now - BACK)
    return next((one for one in found if one.status == "done" and can(one, "unfinish")), None)


def take_back(turn: Turn, ticket: Ticket) -> None:
    """It is theirs again, and whoever asked for it hears that it is not finished."""
    if not tickets.hold(turn.tx, ticket.id, turn.person.id, turn.now):
        return turn.answer("claim.lost", number=ticket.id)
    dialogues.forget_questions(turn.tx, ticket.id)
    ticket = steps.step(turn, ticket, "unfinish", owner=turn.person.id, done_at=None)
    buttons = [turn.button(verb, verb, ticket.id) for verb in ("finish", "release")]
    turn.answer("work.taken_back", *buttons, about=ticket.id, number=ticket.id)
    turn.say(
        ticket.chat,
        "ticket.taken_back",
        about=ticket.id,
        helper=turn.person.called,
        title=titles.title(turn.house, ticket),
    )
    return None
