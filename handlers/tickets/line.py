"""A line between helper and resident for the life of a task: words pass through the bot, no number is shown.

What a helper says for the resident reaches her, her answer reaches him; unasked she is heard there only with what the one who
comes should know (hours, the door, tools, the thing itself). After 弄完了 the line is closed.
"""

from __future__ import annotations

from functools import partial

from handlers.rows import Meant
from handlers.tickets import asked
from handlers.turn import Turn
from models.tickets import TAKEN, Ticket
from nlu.meaning import work
from storage import dialogues, people, tickets
from storage.dialogues import OpenQuestion

ELSEWHERE = frozenset(
    {
        *("issue", "help", "booking", "mediation", "emergency", "mgr", "privacy", "family", "reminder", "checkin"),
        *("scam", "civic", "points", "event", "policy", "complaint", "feedback", "ticket", "profile"),
    }
)
"""What a resident may want besides: that is no answer to the helper."""
TALK = frozenset({"chat.greet", "chat.lonely", "dialog.identity", "dialog.help", "dialog.human", "dialog.repeat"})
"""Talk with the bot itself."""
ASKS = frozenset({"ticket.query", "ticket.urge", "ticket.cancel", "ticket.reopen"})
"""Words about the task that the bot answers by itself."""


def to_resident(turn: Turn) -> Meant | None:
    """问问奶奶家里有没有扳手: a helper's words for the one they are helping."""
    message = work.for_resident(turn.parse.clean) if turn.situation.held else None
    late = work.wait(turn.parse.clean) if message is not None and not message.asks else None
    ticket = _task(turn) if message is not None and (late is None or late.reason != "late") else None
    return Meant(partial(_pass_on, turn, ticket, message)) if message is not None and ticket is not None else None


def _task(turn: Turn) -> Ticket | None:
    """The task in hand: the one replied to, else the one whose resident is named, else the newest."""
    held = [
        one for one in turn.situation.held if one.life == "task" and one.flow != "desk" and one.chat and one.is_open
    ]
    replied = [one for one in held if one.id == turn.replied_ticket()]
    named = [one for one in held if len(held) > 1 and people.get(turn.tx, one.reporter or 0).called in turn.parse.clean]
    return next(iter(replied or named or held), None)


def _pass_on(turn: Turn, ticket: Ticket, message: work.Message) -> None:
    assert ticket.chat is not None and ticket.reporter is not None
    name = people.get(turn.tx, ticket.reporter).called
    if not message.asks:
        turn.say(ticket.chat, "line.says", about=ticket.id, helper=turn.person.called, words=message.words)
        return turn.answer("line.said", about=ticket.id, name=name)
    _await(turn, ticket, ticket.chat, ticket.reporter, turn.person.id, message.words)
    turn.say(ticket.chat, "line.to_resident", about=ticket.id, helper=turn.person.called, words=message.words)
    return turn.answer("line.passed", about=ticket.id, name=name)


def _await(turn: Turn, ticket: Ticket, chat: int, person: int, helper: int, words: str) -> None:
    """The resident's answer is waited for."""
    dialogues.ask(turn.tx, chat, person, "line", ticket.id, turn.now, helper=helper, words=words)


# ---------------------------------------------------------------- and back


def reads(turn: Turn, question: OpenQuestion) -> str | None:
    """Whatever the resident says to it, unless it is a need of its own or talk with the bot."""
    best = turn.parse.intents[0] if turn.parse.intents else None
    sure = best is not None and not best.ask
    other = sure and (turn.one_of(ELSEWHERE) or turn.heard(*TALK)) and not work.concerns(turn.parse.clean, "")
    return turn.parse.text if turn.parse.clean and not other else None


def answered(turn: Turn, question: OpenQuestion, words: str) -> None:
    """The answer goes to the helper, as it was said."""
    ticket = tickets.get(turn.tx, question.ticket or 0)
    helper = people.get(turn.tx, int(question.data["helper"]))
    if ticket is not None and ticket.is_open and ticket.owner != helper.id:
        return asked.append(turn, ticket)  # they gave it back meanwhile: it is kept for who comes instead
    if ticket is None or ticket.status not in TAKEN:
        return turn.answer("line.closed")
    waits = str(question.data.get("words", ""))
    if waits and work.is_talk(turn.parse.clean):  # the one who works need not hear it; what was asked still waits
        _await(turn, ticket, turn.chat.id, turn.person.id, helper.id, waits)
        return turn.answer("line.again", about=ticket.id, helper=helper.called, words=waits)
    return to_helper(turn, ticket, words)


def to_helper(turn: Turn, ticket: Ticket, words: str) -> None:
    """Words of a resident for whoever holds the task."""
    helper = people.get(turn.tx, ticket.owner or 0)
    turn.say(helper.chat, "line.to_helper", about=ticket.id, name=turn.person.called, words=words, number=ticket.id)
    return turn.answer("line.told", about=ticket.id, helper=helper.called)


def unasked(turn: Turn) -> Meant | None:
    """门铃坏了,到了打电话: what the one who comes should know, said unasked; everything else stays with the bot."""
    if _wants_else(turn):
        return None
    taken = [
        one
        for one in turn.situation.reported
        if one.status in TAKEN
        and one.flow != "desk"
        and one.life == "task"
        and one.owner
        and one.owner != turn.person.id
    ]
    about = next((one for one in taken if work.concerns(turn.parse.clean, one.object)), None)
    return Meant(partial(to_helper, turn, about, turn.parse.text)) if about is not None else None


def _wants_else(turn: Turn) -> bool:
    """Whether the words are surely for somebody else: a new need, how it stands, talk."""
    best = turn.parse.intents[0] if turn.parse.intents else None
    if best is None:
        return False
    other = turn.one_of(ELSEWHERE - {"ticket", "profile"}) or turn.heard(*TALK, *ASKS)
    return best.intent in ASKS or (other and not best.ask)
