"""A taken task that cannot go on: it waits, for a reason, until a time, by somebody's word; and 按错了 behind 弄完了.

The helper's words are read back with the time that follows; after a yes the task waits, the resident hears it in one sentence,
the cards say so, and when the time has come the helper is asked. Waiting is counted apart from work.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from handlers import clock, questions
from handlers.rows import Meant
from handlers.saying import titles
from handlers.tickets import cards, hands, steps, working
from handlers.turn import Turn
from models.meaning import TimeExpression
from models.people import Person
from models.tickets import Ticket, can
from nlu.meaning import work
from storage import dialogues, people, tickets
from storage.dialogues import OpenQuestion

LONGEST = timedelta(days=30)
"""A task waits no longer than this."""
WELL_IN = timedelta(hours=2)
"""明天上午 is when its morning is well under way."""
BACK = timedelta(minutes=30)
"""按错了 counts so long after 弄完了."""


def heard(turn: Turn) -> Meant | None:
    """A helper says that it has to wait, or that 弄完了 was pressed by mistake."""
    if work.is_mistaken(turn.parse.clean):
        ticket = _just_finished(turn)
        return Meant(partial(_take_back, turn, ticket)) if ticket is not None else None
    ticket = _meant(turn) if turn.situation.held else None
    said = work.wait(turn.parse.clean, ticket.status == "onhold") if ticket is not None else None
    if said is None or ticket is None:
        return None
    return Meant(partial(_WAYS.get(said.reason, _propose), turn, ticket, said))


def _meant(turn: Turn) -> Ticket | None:
    """The task that is spoken of: the one replied to, named by number, or taken last."""
    held = [one for one in turn.situation.held if one.life == "task" and one.flow != "desk" and can(one, "wait")]
    replied = turn.replied_ticket()
    named = [one for one in held if one.id == replied or f"{one.id}号" in turn.parse.clean.replace(" ", "")]
    return next(iter(named or held), None)


# ---------------------------------------------------------------- until when


def _propose(turn: Turn, ticket: Ticket, said: work.Wait) -> None:
    """Read the wait back with its time, or ask for the time."""
    until = _until(turn) or _after(turn)
    if until is None:
        dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "wait_until", ticket.id, turn.now, reason=said.reason)
        return turn.answer(f"wait.until.{said.reason}", about=ticket.id, number=ticket.id)
    return _read_back(turn, ticket, said.reason, until)


def _until(turn: Turn) -> datetime | None:
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
    until = _until(turn) or _after(turn)
    return until.isoformat() if until is not None else None


def until_said(turn: Turn, question: OpenQuestion, answer: str) -> None:
    """The time is known now."""
    ticket = tickets.get(turn.tx, question.ticket or 0)
    if ticket is None or not can(ticket, "wait"):
        return turn.answer("press.stale")
    return _read_back(turn, ticket, str(question.data["reason"]), datetime.fromisoformat(answer))


def _read_back(turn: Turn, ticket: Ticket, reason: str, until: datetime) -> None:
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
        before = clock.clock(turn.now, until_of(ticket) or until, turn.house.zone)
        return turn.answer(
            "wait.differs", yes, no, about=ticket.id, number=ticket.id, other=other, before=before, when=when
        )
    return turn.answer(f"wait.confirm.{reason}", yes, no, about=ticket.id, number=ticket.id, when=when)


def _other(turn: Turn, ticket: Ticket, until: datetime) -> str:
    """Another helper who said something else about the same wait."""
    waiter = ticket.slots.get("waiter", "")
    differs = ticket.status == "onhold" and until_of(ticket) != until
    return people.get(turn.tx, int(waiter)).called if differs and waiter not in ("", str(turn.person.id)) else ""


# ---------------------------------------------------------------- it waits


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
    rest(turn, ticket, reason, until)
    return turn.answer(
        "wait.noted", about=ticket.id, number=ticket.id, when=clock.clock(turn.now, until, turn.house.zone)
    )


def rest(turn: Turn, ticket: Ticket, reason: str, until: datetime) -> None:
    """The task waits; whoever asked for it hears why, and until when."""
    kept = {"wait": reason, "until": until.isoformat(), "waiter": str(turn.person.id)}
    ticket = steps.step(turn, ticket, "wait", slots={**ticket.slots, **kept})
    helper = people.get(turn.tx, ticket.owner).called if ticket.owner else ""
    when = clock.clock(turn.now, until, turn.house.zone)
    hands.tell_others(turn, ticket, "wait.others", when=when)
    if ticket.owner not in (None, turn.person.id):
        turn.say(people.get(turn.tx, ticket.owner).chat, "wait.others", about=ticket.id, number=ticket.id, when=when)
    if reason != "hour":
        cards.tell_desk(turn, ticket)
    turn.say(
        ticket.chat,
        f"wait.told.{reason}",
        about=ticket.id,
        helper=helper,
        when=when,
        number=ticket.id,
        title=titles.title(turn.house, ticket),
    )


def until_of(ticket: Ticket) -> datetime | None:
    """Until when a task waits."""
    return datetime.fromisoformat(ticket.slots["until"]) if "until" in ticket.slots else None


def when(turn: Turn, ticket: Ticket) -> str:
    """The same, as it is said."""
    until = until_of(ticket)
    return clock.clock(turn.now, until, turn.house.zone) if until else ""


def why(turn: Turn, ticket: Ticket) -> str:
    """What a task waits for, in a word."""
    return turn.text(f"wait.reason.{ticket.slots.get('wait', 'visit')}")


# ---------------------------------------------------------------- an hour for both


def _ask_resident(turn: Turn, ticket: Ticket, until: datetime) -> None:
    """下午三点去行不行: the resident says whether that hour suits."""
    if ticket.chat is None or ticket.reporter is None:
        return rest(turn, ticket, "hour", until)
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
    said, suits = _until(turn), work.suits(turn.parse.clean)
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
    return rest(turn.as_person(helper, turn.chat), ticket, "hour", until)


def _ask_when(turn: Turn, ticket: Ticket, helper: Person) -> None:
    """Another hour may be said by the resident as well."""
    if ticket.chat is not None and ticket.reporter is not None:
        dialogues.ask(turn.tx, ticket.chat, ticket.reporter, "hour_when", ticket.id, turn.now, helper=helper.id)


def _counter(turn: Turn, ticket: Ticket, helper: Person, until: datetime) -> None:
    """The resident's own hour: the helper says whether it suits."""
    if not turn.now < until <= turn.now + LONGEST:
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
        return _read_back(turn, ticket, "hour", datetime.fromisoformat(answer))
    until = datetime.fromisoformat(str(question.data["until"]))
    when = clock.clock(turn.now, until, turn.house.zone)
    if answer == "no":
        _ask_when(turn, ticket, turn.person)
        turn.say(ticket.chat, "wait.back_no", about=ticket.id, helper=turn.person.called, when=when)
        return turn.answer("wait.back_other", about=ticket.id, name=_resident(turn, ticket))
    rest(turn, ticket, "hour", until)
    return turn.answer("wait.noted", about=ticket.id, number=ticket.id, when=when)


# ---------------------------------------------------------------- other ways


def _ready(turn: Turn, ticket: Ticket, said: work.Wait) -> None:
    """What it waited for is there: with a time that is the new one, else the helper goes on."""
    if (until := _until(turn)) is not None:
        return _read_back(turn, ticket, "visit", until)
    buttons = [turn.button(verb, verb, ticket.id) for verb in ("start", "defer", "release")]
    turn.answer("wait.ready", *buttons, about=ticket.id, wide=3, number=ticket.id)
    return turn.say(
        ticket.chat,
        "wait.sooner",
        about=ticket.id,
        helper=turn.person.called,
        title=titles.title(turn.house, ticket),
    )


def _late(turn: Turn, ticket: Ticket, said: work.Wait) -> None:
    """Later than thought: the resident hears by how much, and the clock waits as long."""
    minutes = said.minutes or 0
    how = turn.text("wait.minutes", minutes=minutes) if minutes else turn.text("wait.a_little")
    working.delay(turn, ticket, minutes)
    turn.say(ticket.chat, "wait.told.late", about=ticket.id, helper=turn.person.called, late=how)
    turn.answer("wait.late", about=ticket.id, name=titles.whom(turn.house, ticket, _resident(turn, ticket)), late=how)


def _resident(turn: Turn, ticket: Ticket) -> str:
    return people.get(turn.tx, ticket.reporter).called if ticket.reporter else turn.text("desk.nobody")


def _more_hands(turn: Turn, ticket: Ticket, said: work.Wait) -> None:
    """It takes more people: whoever has it stays on it, and the group is asked for the others."""
    number = str(max(said.hands or 2, len(tickets.holders(turn.tx, ticket.id)) + 1))
    ticket = steps.step(turn, ticket, "widen", owner=None, slots={**ticket.slots, "hands": number})
    working.offer(turn, ticket, "group.again")
    turn.answer("wait.hands", about=ticket.id, hands=number)
    turn.say(
        ticket.chat,
        "wait.told.hands",
        about=ticket.id,
        helper=turn.person.called,
        hands=number,
        title=titles.title(turn.house, ticket),
    )


def _trade(turn: Turn, ticket: Ticket, said: work.Wait) -> None:
    """Somebody who has learned it has to come: the desk arranges it, the helper is free."""
    hands.tell_others(turn, ticket, "hands.off")
    tickets.let_go(turn.tx, ticket.id, turn.now)
    kept = {name: value for name, value in ticket.slots.items() if name != "hands"}
    kept |= {"wait": "trade", "waiter": str(turn.person.id)}
    ticket = steps.step(turn, ticket, "refer", owner=None, queue="desk", slots=kept)
    working.to_desk(turn, ticket, "trade")
    turn.answer("wait.trade", about=ticket.id, number=ticket.id)
    turn.say(
        ticket.chat,
        "wait.told.trade",
        about=ticket.id,
        helper=turn.person.called,
        title=titles.title(turn.house, ticket),
    )


_WAYS = {"ready": _ready, "late": _late, "hands": _more_hands, "trade": _trade}


# ---------------------------------------------------------------- 按错了


def _just_finished(turn: Turn) -> Ticket | None:
    """What the speaker finished a moment ago and nobody has confirmed yet."""
    found = tickets.of_helper(turn.tx, turn.person.id, turn.now - BACK)
    return next((one for one in found if one.status == "done" and can(one, "unfinish")), None)


def _take_back(turn: Turn, ticket: Ticket) -> None:
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
