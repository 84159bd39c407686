"""How a mediator brings them together: a time that suits both, and words that both agree to."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial

from handlers import clock
from handlers.mediation import parties, relay, room
from handlers.mediation.room import file_of, move, panel, ticket_of
from handlers.mediation.settings import Mediation
from handlers.rows import Meant
from handlers.turn import Turn
from models.outgoing import Button
from models.tickets import can
from storage import cases, dialogues
from storage.cases import Right
from storage.dialogues import OpenQuestion

FAR = timedelta(days=60)
"""Nobody meets later than this."""
LONGEST = 600
"""Characters of an agreement."""


# ---------------------------------------------------------------- a time


def meet(turn: Turn, by: Right, extra: str) -> None:
    """Where: on the telephone, one after the other, or at the desk."""
    if not can(ticket_of(turn, by.number), "propose"):
        return turn.answer("press.stale")
    buttons = [turn.button(f"case_at_{place}", "case_place", by.number, place) for place in ("phone", "desk")]
    return turn.answer("case.where_to", *buttons)


def place(turn: Turn, by: Right, extra: str) -> None:
    """When: three times to press, or any other said."""
    if not can(ticket_of(turn, by.number), "propose") or extra not in ("phone", "desk"):
        return turn.answer("press.stale")
    dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "case_when", by.number, turn.now, place=extra)
    return turn.answer("case.when", *(_button(turn, by, at) for at in _next(turn)), wide=1)


def _button(turn: Turn, by: Right, at: datetime) -> Button:
    return Button(clock.clock(turn.now, at, turn.house.zone), f"case_at:{by.number}:{int(at.timestamp())}")


def _next(turn: Turn) -> list[datetime]:
    """The next three times of day on which mediation is usual."""
    local, hours = turn.now.astimezone(turn.house.zone), sorted(map(time.fromisoformat, turn.house.of(Mediation).hours))
    days = [local.date() + timedelta(days=ahead) for ahead in range(1, 8)]
    working = [day for day in days if day.weekday() in turn.house.hours.days]
    return [datetime.combine(day, hour, turn.house.zone) for day in working for hour in hours][:3]


def at(turn: Turn, by: Right, extra: str) -> None:
    """This time was pressed."""
    asked = next((q for q in _asked(turn, "case_when") if q.ticket == by.number), None)
    if asked is None or not extra.isdigit() or len(extra) > 11:
        return turn.answer("press.stale")
    return propose(turn, by, asked, datetime.fromtimestamp(int(extra), turn.house.zone))


def propose(turn: Turn, by: Right, asked: OpenQuestion, when: datetime) -> None:
    """Both sides are asked whether they can come, each by itself."""
    if not turn.now < when < turn.now + FAR or not can(ticket_of(turn, by.number), "propose"):
        return turn.answer("case.when_again")
    dialogues.answered(turn.tx, asked.id)
    cases.change(turn.tx, by, at=when, place=asked.data["place"])
    move(turn, by, "propose")
    file = file_of(turn, by.number)
    parties.ask_both(turn, by.number, "case_time", when=room.when(turn, file), mediator=turn.person.called)
    return panel(turn, by.number, "case.told.proposed", when=room.when(turn, file))


# ---------------------------------------------------------------- what was agreed


def deal(turn: Turn, by: Right, extra: str) -> None:
    """说好了: what, in plain words?"""
    if not can(ticket_of(turn, by.number), "draft"):
        return turn.answer("press.stale")
    relay.hush(turn, by.number)
    dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "case_text", by.number, turn.now)
    return turn.answer("case.what_deal")


def draft(turn: Turn, by: Right, asked: OpenQuestion) -> None:
    """What was written down is read to both, each by itself."""
    words = turn.parse.text.strip()[:LONGEST]
    if not words or not can(ticket_of(turn, by.number), "draft"):
        return turn.answer("case.what_deal")
    dialogues.answered(turn.tx, asked.id)
    cases.say(turn.tx, by, cases.AGREED, words, turn.now)
    move(turn, by, "draft")
    parties.ask_both(turn, by.number, "case_deal", words=words, mediator=turn.person.called)
    return panel(turn, by.number, "case.told.drafted")


def answered(turn: Turn) -> Meant | None:
    """A mediator's line that answers when they meet, or what was agreed."""
    asked = turn.situation.question("case_when", "case_text")
    if asked is None or turn.heard("dialog.human"):
        return None
    return Meant(partial(_answer, turn, asked))


def _answer(turn: Turn, asked: OpenQuestion) -> None:
    by = room.mediates(turn, asked.ticket or 0)
    if by is None:
        return
    if turn.heard("dialog.stop"):
        dialogues.answered(turn.tx, asked.id)
        turn.answer("talk.stopped")
    elif asked.kind == "case_text":
        draft(turn, by, asked)
    else:
        _when_said(turn, by, asked)


def _when_said(turn: Turn, by: Right, asked: OpenQuestion) -> None:
    start = turn.parse.times[0].start if turn.parse.times else None
    if isinstance(start, datetime):
        return propose(turn, by, asked, start)
    return turn.answer("case.when_again")


def _asked(turn: Turn, *kinds: str) -> list[OpenQuestion]:
    return [q for q in dialogues.questions(turn.tx, turn.chat.id, turn.person.id) if q.kind in kinds]
