"""A line between helper and resident for the life of a task: words pass through the bot, no number is shown."""

from __future__ import annotations

from functools import partial

from handlers.rows import Meant
from handlers.turn import Turn
from models.tickets import Ticket
from nlu.meaning import work
from storage import dialogues, people, tickets
from storage.dialogues import OpenQuestion

ELSEWHERE = ("issue", "help", "booking", "mediation", "emergency", "mgr", "privacy", "family", "reminder", "checkin")
"""What a resident may want besides; everything else answers the helper."""


def to_resident(turn: Turn) -> Meant | None:
    """问问奶奶家里有没有扳手: a helper's words for the one they are helping."""
    words = work.for_resident(turn.parse.clean) if turn.situation.held else None
    ticket = _task(turn) if words else None
    return Meant(partial(_pass_on, turn, ticket, words)) if words and ticket is not None else None


def _task(turn: Turn) -> Ticket | None:
    """The task in hand: the one replied to, else the one whose resident is named, else the newest."""
    held = [
        one for one in turn.situation.held if one.life == "task" and one.flow != "desk" and one.chat and one.is_open
    ]
    replied = [one for one in held if one.id == turn.replied_ticket()]
    named = [one for one in held if len(held) > 1 and people.get(turn.tx, one.reporter or 0).called in turn.parse.clean]
    return next(iter(replied or named or held), None)


def _pass_on(turn: Turn, ticket: Ticket, words: str) -> None:
    assert ticket.chat is not None and ticket.reporter is not None
    dialogues.ask(turn.tx, ticket.chat, ticket.reporter, "line", ticket.id, turn.now, helper=turn.person.id)
    turn.say(ticket.chat, "line.to_resident", about=ticket.id, helper=turn.person.called, words=words)
    turn.answer("line.passed", about=ticket.id, name=people.get(turn.tx, ticket.reporter).called)


def reads(turn: Turn, question: OpenQuestion) -> str | None:
    """Whatever the resident says to it, unless it is a need of its own."""
    if turn.one_of(ELSEWHERE) or turn.heard("dialog.human", "dialog.repeat") or not turn.parse.clean:
        return None
    return turn.parse.text


def answered(turn: Turn, question: OpenQuestion, words: str) -> None:
    """The answer goes to the helper, as it was said."""
    ticket = tickets.get(turn.tx, question.ticket or 0)
    helper = people.get(turn.tx, int(question.data["helper"]))
    if ticket is None or not ticket.is_open or ticket.owner != helper.id:
        return turn.answer("line.closed")
    turn.say(helper.chat, "line.to_helper", about=ticket.id, name=turn.person.called, words=words, number=ticket.id)
    return turn.answer("line.told", about=ticket.id, helper=helper.called)
