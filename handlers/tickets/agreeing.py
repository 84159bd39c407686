"""An hour for both: the helper proposes one, the resident says whether it suits or names another."""

from __future__ import annotations

from datetime import datetime

from handlers import clock, questions
from handlers.tickets import asking_when, hands, waiting
from handlers.turn import Turn
from models.people import Person
from models.tickets import Ticket, can
from nlu.meaning import work
from storage import dialogues, people, tickets
from storage.dialogues import OpenQuestion


def _ask_resident(turn: Turn, ticket: Ticket, until: datetime) -> None:
    """下午三点去行不行: the resident says whether that hour suits."""
    if ticket.chat is None or ticket.reporter is None:
        return waiting.rest(turn, ticket, "hour", until)
    question = dialogues.ask(
        turn.tx,
        ticket.chat,
        ticket.reporter,
        "hour",
        ticket.id,
        turn.now,
        until=until.isoformat(),
        helper=turn.person.id,
    )
    buttons = (
        turn.button(f"hour.{key}", verb, ticket.id, question.id) for key, verb in (("yes", "agree"), ("no", "refuse"))
    )
    when = clock.clock(turn.now, until, turn.house.zone)
    turn.say(ticket.chat, "wait.hour", *buttons, about=ticket.id, helper=turn.person.called, when=when)
    return turn.answer("wait.asked", about=ticket.id, when=when)


def reads_hour(turn: Turn, question: OpenQuestion) -> str | None:
    """Yes, no, or the hour that would suit: 四点不行, 五点半吧."""
    proposed = datetime.fromisoformat(str(question.data["until"])) if "until" in question.data else None
    said, suits = asking_when.said_until(turn), work.suits(turn.parse.clean)
    if said is not None and said != proposed:
        return said.isoformat()
    if suits is not None and proposed is not None:
        return "yes" if suits else "no"
    return questions.yes_or_no(turn, question) if proposed is not None else None


def hour_decided(turn: Turn, question: OpenQuestion, answer: str) -> None:
    """That hour suits the resident, or not, or another one would; both hear it."""
    ticket = tickets.get(turn.tx, question.ticket or 0)
    helper = people.get(turn.tx, int(question.data["helper"]))
    if ticket is None or ticket.owner != helper.id or not can(ticket, "wait"):
        return turn.answer("press.stale")
    if answer not in ("yes", "no"):
        return _counter(turn, ticket, helper, datetime.fromisoformat(answer))
    until = datetime.fromisoformat(str(question.data["until"]))
    when = clock.clock(turn.now, until, turn.house.zone)
    if answer == "no":
        turn.say(helper.chat, "wait.hour_no", about=ticket.id, name=turn.person.called, when=when)
        _ask_when(turn, ticket, helper)
        return turn.answer("wait.hour_other", about=ticket.id, helper=helper.called)
    turn.say(helper.chat, "wait.hour_yes", about=ticket.id, name=turn.person.called, when=when, number=ticket.id)
    return waiting.rest(turn.as_person(helper, turn.chat), ticket, "hour", until)


def _ask_when(turn: Turn, ticket: Ticket, helper: Person) -> None:
    """Another hour may be said by the resident as well."""
    if ticket.chat is not None and ticket.reporter is not None:
        dialogues.ask(turn.tx, ticket.chat, ticket.reporter, "hour_when", ticket.id, turn.now, helper=helper.id)


def _counter(turn: Turn, ticket: Ticket, helper: Person, until: datetime) -> None:
    """The resident's own hour: the helper says whether it suits."""
    if not turn.now < until <= turn.now + asking_when.LONGEST:
        _ask_when(turn, ticket, helper)
        return turn.answer("wait.far" if until > turn.now else "wait.past", about=ticket.id)
    when = clock.clock(turn.now, until, turn.house.zone)
    chat = helper.chat
    if chat is not None:
        question = dialogues.ask(
            turn.tx, chat, helper.id, "hour_back", ticket.id, turn.now, until=until.isoformat(), resident=turn.person.id
        )
        pairs = (("yes", "agree"), ("no", "refuse"))
        buttons = (turn.button(f"hour.{key}", verb, ticket.id, question.id) for key, verb in pairs)
        turn.say(chat, "wait.counter", *buttons, about=ticket.id, name=turn.person.called, when=when)
    return turn.answer("wait.countered", about=ticket.id, helper=helper.called, when=when)


def back_decided(turn: Turn, question: OpenQuestion, answer: str) -> None:
    """The helper says whether the resident's hour suits, or names another one, which the resident is asked about."""
    ticket = tickets.get(turn.tx, question.ticket or 0)
    if ticket is None or not can(ticket, "wait") or not hands.is_on(turn, ticket, turn.person):
        return turn.answer("press.stale")
    if answer not in ("yes", "no"):
        return asking_when.read_back(turn, ticket, "hour", datetime.fromisoformat(answer))
    until = datetime.fromisoformat(str(question.data["until"]))
    when = clock.clock(turn.now, until, turn.house.zone)
    if answer == "no":
        _ask_when(turn, ticket, turn.person)
        turn.say(ticket.chat, "wait.back_no", about=ticket.id, helper=turn.person.called, when=when)
        return turn.answer("wait.back_other", about=ticket.id, name=waiting.resident(turn, ticket))
    waiting.rest(turn, ticket, "hour", until)
    return turn.answer("wait.noted", about=ticket.id, number=ticket.id, when=when)


def decided(turn: Turn, question: OpenQuestion, agreed: bool) -> None:
    """The helper said that it is right, or not."""
    ticket = tickets.get(turn.tx, question.ticket or 0)
    if ticket is None or not can(ticket, "wait") or not hands.is_on(turn, ticket, turn.person):
        return turn.answer("press.stale")
    if not agreed:
        return turn.answer("wait.again", about=ticket.id)
    reason, until = str(question.data["reason"]), datetime.fromisoformat(str(question.data["until"]))
    if reason == "hour":
        return _ask_resident(turn, ticket, until)
    waiting.rest(turn, ticket, reason, until)
    return turn.answer(
        "wait.noted", about=ticket.id, number=ticket.id, when=clock.clock(turn.now, until, turn.house.zone)
    )
