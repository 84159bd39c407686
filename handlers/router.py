"""The one door: every event comes in here, inside its transaction.

Due ────────────► the kind of agenda row, as its wing declares it
Press ──────────► the button, which takes the same way as the word
Utterance ──────► stage after stage: open questions, then each wing; the first that says what it means acts
everything else ► the wing that declares the event
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers import allowances, buttons, clock, letters, questions, rows
from handlers.rows import EVERYWHERE, STAGES, Line
from handlers.settings import House
from handlers.turn import CLOCK, NOTHING, Turn
from models.events import ChatChange, Due, Origin, Press, Received, Utterance
from models.incidents import Alarm
from models.meaning import Match, Parse
from models.people import GONE, Chat, Person
from storage import people, queue
from storage.database import Transaction


def handle(tx: Transaction, house: House, event: Received, parse: Parse, now: datetime) -> list[int]:
    """Let one event happen; returns the ids of what is to be sent."""
    origin = event.origin
    chat, person = _who(tx, event, now)
    if chat.gone and not isinstance(event, ChatChange):
        people.mark_gone(tx, chat.id, gone=False)
    turn = Turn(tx, house, now, event, f"{origin.channel}:{origin.key}", chat, person, parse)
    if not _allowed(turn):
        return turn.sent
    rows.installed().call("before", turn)
    _happen(turn)
    turn.anew()
    rows.installed().call("after", turn)
    rows.installed().call("sent", turn)
    return turn.sent


def _allowed(turn: Turn) -> bool:
    """Whether the speaker has not used up what one person may ask; a chat that comes or goes is noted all the same."""
    if not allowances.refuses(turn):
        return True
    if isinstance(turn.event, ChatChange):
        people.mark_gone(turn.tx, turn.chat.id, gone=turn.event.kind in ("removed", "blocked"))
    else:
        rows.installed().call("flood", turn)
    return False


def _happen(turn: Turn) -> None:
    if isinstance(turn.event, Utterance):
        if not said(turn):
            rows.installed().call("nothing", turn)
    elif isinstance(turn.event, Press):
        buttons.press(turn, turn.event.data)
    elif (work := rows.installed().every("events").get(type(turn.event))) is not None:
        work(turn)


def _who(tx: Transaction, event: Received, now: datetime) -> tuple[Chat, Person]:
    """The chat and the person behind an event; a messenger's own trouble belongs to nobody."""
    origin = event.origin
    stranger = (
        isinstance(event, ChatChange) and event.kind == "left" and not people.known(tx, origin.channel, origin.account)
    )
    if not origin.account or stranger:
        return (people.chat_at(tx, origin.channel, origin.chat) or CLOCK), Person(0)
    return people.arrive(tx, origin.channel, origin.chat, origin.account, origin.private, origin.name, now)


def handle_due(tx: Transaction, house: House, due: Due, now: datetime) -> list[int]:
    """Let a row of the agenda happen, if it is still there."""
    if not queue.take(tx, due):
        return []
    chat = people.chat(tx, due.chat) if due.chat else CLOCK
    person = people.get(tx, due.person) if due.person else Person(0)
    turn = Turn(tx, house, now, due, due.key, chat, person)
    if _slept_over(due, house, now):
        turn.later(due.key, now, due.kind, **_again(due))
        return []
    asks = _asked(due)
    if asks and all(people.get(tx, one).state in GONE for one in asks):
        return []
    if asks and not turn.may_ask(*asks):
        turn.later(due.key, clock.tomorrow(now, house.hours, house.zone), due.kind, **_again(due))
        return []
    rows.installed().every("due")[due.kind](turn)
    turn.anew()
    rows.installed().call("sent", turn)
    return turn.sent


def _asked(due: Due) -> list[int]:
    """Whom a row of the agenda asks something unasked."""
    asks = due.data.get("asks") or []
    return asks if isinstance(asks, list) else [int(asks)]


def _slept_over(due: Due, house: House, now: datetime) -> bool:
    """Whether it was planned for the day and comes in the night, after an outage: it waits for the morning."""
    planned, comes = (clock.awake(at, house.hours, house.zone) == at for at in (due.at, now))
    return planned and not comes and not due.data.get("danger")


def _again(due: Due) -> dict[str, Any]:
    """A row of the agenda as it was."""
    return {"chat": due.chat, "person": due.person, "ticket": due.ticket, **due.data}


def adopt(tx: Transaction, house: House, alarm: Alarm, now: datetime) -> list[int]:
    """An alarm whose event was never stored: its incident is opened without it."""
    chat, person = people.arrive(tx, alarm.channel, alarm.chat, alarm.account, alarm.private, alarm.name, now)
    origin = Origin(alarm.channel, alarm.key, alarm.chat, alarm.account, alarm.said, alarm.name, alarm.private)
    event = Utterance(origin, alarm.text)
    turn = Turn(tx, house, now, event, f"{alarm.channel}:{alarm.key}", chat, person, Parse(alarm.text, alarm.text))
    rows.installed().call("adopt", turn, alarm)
    return turn.sent


def set_aside(tx: Transaction, house: House, event: Received, now: datetime) -> list[int]:
    """An event that failed three times is shown to the desk, and its sender is told."""
    origin = event.origin
    chat, person = _who(tx, event, now)
    turn = Turn(tx, house, now, event, f"{origin.channel}:{origin.key}", chat, person)
    rows.installed().call("aside", turn)
    return turn.sent


NO_WAY_BACK = frozenset({"blocked", "kicked", "no_chat"})
"""Reasons for which nothing will ever arrive there; others concern one message."""


def unreachable(tx: Transaction, house: House, number: int, reason: str, now: datetime) -> list[int]:
    """A chat that cannot be written to any more: marked, and shown to the desk once."""
    chat = people.chat(tx, number)
    if people.is_gone(tx, number) or reason not in NO_WAY_BACK:
        return []
    people.mark_gone(tx, number)
    person = people.get(tx, chat.person) if chat.person else Person(0)
    turn = Turn(tx, house, now, Due(f"gone:{number}", now, "gone"), f"gone:{number}", chat, person)
    rows.installed().call("unreachable", turn)
    return turn.sent


# ---------------------------------------------------------------- lines


def said(turn: Turn) -> bool:
    """A line, or the words under a picture: everywhere what concerns danger and commands; in groups what is meant for the
    bot; in private all of it. False when nobody understands it."""
    if turn.passed_on:
        turn.parse = letters.passed_on(turn.parse, turn.house.wishes)
        questions.lapse(turn)
    turn.unsure = tuple(filter(_is_weak, turn.parse.intents))
    turn.parse = _sift(turn.parse)
    if _understood(turn, EVERYWHERE):
        return True
    if turn.chat.kind != "group":
        return _understood(turn, STAGES[len(EVERYWHERE) :])
    heard = rows.installed().every("groups")
    work = heard.get(turn.chat.queue, heard["*"]) if turn.chat.queue else None
    if work is not None and not turn.passed_on:
        work(turn)
    return True


def _sift(parse: Parse) -> Parse:
    """The parse without what would have to be asked about first; weak signs of danger have a question of their own."""
    kept = tuple(match for match in parse.intents if not _is_weak(match))
    return replace(parse, intents=kept) if len(kept) < len(parse.intents) else parse


def _is_weak(match: Match) -> bool:
    """Whether a need is too weak to be acted on without a question; figures change nothing and are shown."""
    return match.ask and not match.intent.startswith(("emergency.", "scam.", "mgr."))


def _understood(turn: Turn, stages: tuple[str, ...]) -> bool:
    """Let the first that knows what the line means act; False when nobody does."""
    for line in _tried(turn, stages):
        meant = line.reads(turn) if rows.fits(line, turn) else None
        if meant is None:
            continue
        meant.do()
        turn.anew()
        if not meant.goes_on:
            return True
    return False


def _tried(turn: Turn, stages: tuple[str, ...]) -> Iterator[Line]:
    """Who is tried, in order: at each stage the open question, where there is one, then the wings; with words that were only
    passed on no question, and of the wings those alone that say so."""
    passed_on = turn.passed_on
    for stage in stages:
        if turn.situation.standing.question and not passed_on:
            yield questions.line(stage)
        yield from (line for line in rows.installed().lines(stage) if line.passed_on or not passed_on)


__all__ = ["NOTHING", "handle", "handle_due", "set_aside"]
