"""Until when a task waits: the time is said or asked for, read back, and kept within what can be."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from handlers import clock
from handlers.tickets import waiting
from handlers.turn import Turn
from models.meaning import TimeExpression
from models.tickets import Ticket, can
from nlu.meaning import work
from storage import dialogues, people, tickets
from storage.dialogues import OpenQuestion

LONGEST = timedelta(days=30)
"""A task waits no longer than this."""

WELL_IN = timedelta(hours=2)
"""明天上午 is when its morning is well under way."""


def propose(turn: Turn, ticket: Ticket, said: work.Wait) -> None:
    """Read the wait back with its time, or ask for the time."""
    until = said_until(turn) or _after(turn)
    if until is None:
        dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "wait_until", ticket.id, turn.now, reason=said.reason)
        return turn.answer(f"wait.until.{said.reason}", about=ticket.id, number=ticket.id)
    return read_back(turn, ticket, said.reason, until)


def said_until(turn: Turn) -> datetime | None:
    """The last time that was said and lies ahead, else the last one; a day begins in its morning."""
    moments = [at for one in turn.parse.times if (at := _moment(turn, one)) is not None]
    return next((at for at in reversed(moments) if at > turn.now), moments[-1] if moments else None)


def _after(turn: Turn) -> datetime | None:
    """要等三天, 得两个月: a span without a day."""
    days = work.days(turn.parse.clean)
    if days is None:
        return None
    day = turn.now.astimezone(turn.house.zone).date() + timedelta(days=days)
    return datetime.combine(day, turn.house.hours.opens, turn.house.zone)


def _moment(turn: Turn, said: TimeExpression) -> datetime | None:
    start = said.start
    if isinstance(start, datetime):
        return start + WELL_IN if said.grain == "part" else start
    return datetime.combine(start, turn.house.hours.opens, turn.house.zone) if isinstance(start, date) else None


def reads_until(turn: Turn, question: OpenQuestion) -> str | None:
    """A time, said to the question until when."""
    until = said_until(turn) or _after(turn)
    return until.isoformat() if until is not None else None


def until_said(turn: Turn, question: OpenQuestion, answer: str) -> None:
    """The time is known now."""
    ticket = tickets.get(turn.tx, question.ticket or 0)
    if ticket is None or not can(ticket, "wait"):
        return turn.answer("press.stale")
    return read_back(turn, ticket, str(question.data["reason"]), datetime.fromisoformat(answer))


def read_back(turn: Turn, ticket: Ticket, reason: str, until: datetime) -> None:
    """One question with the time that follows; a time that cannot be is asked for again."""
    if not turn.now < until <= turn.now + LONGEST:
        dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "wait_until", ticket.id, turn.now, reason=reason)
        return turn.answer("wait.far" if until > turn.now else "wait.past", about=ticket.id)
    when = clock.clock(turn.now, until, turn.house.zone)
    question = dialogues.ask(
        turn.tx, turn.chat.id, turn.person.id, "wait", ticket.id, turn.now, reason=reason, until=until.isoformat()
    )
    yes, no = (turn.button(key, verb, ticket.id, question.id) for key, verb in (("yes", "agree"), ("no", "refuse")))
    if other := _other(turn, ticket, until):
        before = clock.clock(turn.now, waiting.until_of(ticket) or until, turn.house.zone)
        return turn.answer(
            "wait.differs", yes, no, about=ticket.id, number=ticket.id, other=other, before=before, when=when
        )
    return turn.answer(f"wait.confirm.{reason}", yes, no, about=ticket.id, number=ticket.id, when=when)


def _other(turn: Turn, ticket: Ticket, until: datetime) -> str:
    """Another helper who said something else about the same wait."""
    waiter = ticket.slots.get("waiter", "")
    differs = ticket.status == "onhold" and waiting.until_of(ticket) != until
    return people.get(turn.tx, int(waiter)).called if differs and waiter not in ("", str(turn.person.id)) else ""
