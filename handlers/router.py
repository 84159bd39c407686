"""The one door: every event comes in here, inside its transaction.

Due ────────────────► followups.KINDS[kind]
ChatChange ─────────► arrivals
Press ──────────────► PRESSES[verb], which takes the same way as the word
Picture ────────────► the open ticket or form it belongs to
Utterance ──► danger ► commands ► a group's own words ► somebody at the desk speaks with them ► invitation code
              ► open form ► open question ► work a helper holds ► managers' words ► requests ► small talk ► a person
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from handlers.conversation import commands, edits, followups, presses, private, unsure
from handlers.conversation import unheard as conversation_unheard
from handlers.danger import person as danger_person
from handlers.danger import responders
from handlers.mediation import halting, relay
from handlers.people import arrivals, privacy
from handlers.settings import House
from handlers.tickets import desk, pictures, working
from handlers.turn import NOTHING, Turn
from models.events import ChatChange, Due, Origin, Picture, Press, Received, Spot, Utterance
from models.incidents import Alarm
from models.meaning import Parse
from models.people import Chat, Person
from storage import people, queue
from storage.database import Transaction

CLOCK = Chat(0, "clock", "clock", "private")


def handle(tx: Transaction, house: House, event: Received, parse: Parse, now: datetime) -> list[int]:
    """Let one event happen; returns the ids of what is to be sent."""
    origin = event.origin
    chat, person = _who(tx, event, now)
    if people.is_gone(tx, chat.id) and not isinstance(event, ChatChange):
        people.mark_gone(tx, chat.id, gone=False)
    turn = Turn(tx, house, now, event, f"{origin.channel}:{origin.key}", chat, person, parse)
    privacy.overtaken(turn)
    arrivals.starter(turn)
    _DOORS[type(event)](turn)
    arrivals.consent(turn)
    return turn.sent


def _who(tx: Transaction, event: Received, now: datetime) -> tuple[Chat, Person]:
    """The chat and the person behind an event; a messenger's own trouble belongs to nobody."""
    origin = event.origin
    if not origin.chat:
        return CLOCK, Person(0)
    return people.arrive(tx, origin.channel, origin.chat, origin.account, origin.private, origin.name, now)


def handle_due(tx: Transaction, house: House, due: Due, now: datetime) -> list[int]:
    """Let a row of the agenda happen, if it is still there."""
    if not queue.take(tx, due):
        return []
    chat = people.chat(tx, due.chat) if due.chat else CLOCK
    person = people.get(tx, due.person) if due.person else Person(0)
    turn = Turn(tx, house, now, due, due.key, chat, person)
    followups.KINDS[due.kind](turn)
    return turn.sent


def adopt(tx: Transaction, house: House, alarm: Alarm, now: datetime) -> list[int]:
    """An alarm whose event was never stored: its incident is opened without it."""
    chat, person = people.arrive(tx, alarm.channel, alarm.chat, alarm.account, alarm.private, alarm.name, now)
    origin = Origin(alarm.channel, alarm.key, alarm.chat, alarm.account, alarm.said, alarm.name, alarm.private)
    event = Utterance(origin, alarm.text)
    turn = Turn(tx, house, now, event, f"{alarm.channel}:{alarm.key}", chat, person, Parse(alarm.text, alarm.text))
    danger_person.adopt(turn, alarm)
    return turn.sent


def set_aside(tx: Transaction, house: House, event: Received, now: datetime) -> list[int]:
    """An event that failed three times is shown to the desk, and its sender is told."""
    origin = event.origin
    chat, person = people.arrive(tx, origin.channel, origin.chat, origin.account, origin.private, origin.name, now)
    secret = relay.confidential(tx, origin)
    words = "—" if secret else (event.text if isinstance(event, Utterance) else "")
    turn = Turn(tx, house, now, event, f"{origin.channel}:{origin.key}", chat, person, Parse(words, words))
    desk.set_aside(turn)
    return turn.sent


GONE = frozenset({"blocked", "kicked", "no_chat"})
"""Reasons for which nothing will ever arrive there; others concern one message."""


def unreachable(tx: Transaction, house: House, number: int, reason: str, now: datetime) -> list[int]:
    """A chat that cannot be written to any more: marked, and shown to the desk once."""
    chat = people.chat(tx, number)
    if people.is_gone(tx, number) or reason not in GONE:
        return []
    people.mark_gone(tx, number)
    person = people.get(tx, chat.person) if chat.person else Person(0)
    turn = Turn(tx, house, now, Due(f"gone:{number}", now, "gone"), f"gone:{number}", chat, person)
    responders.unreachable(turn)
    desk.open_ticket(turn, "groupgone" if chat.kind == "group" else "undelivered", words="—", answer=None)
    return turn.sent


# ---------------------------------------------------------------- doors


def _said(turn: Turn) -> None:
    """A line of text."""
    if unheard := conversation_unheard.fault(turn):
        return conversation_unheard.answer(turn, unheard)
    if not turn.parse.clean and turn.chat.kind == "private":
        return turn.answer("first.unknown")
    turn.parse = unsure.sift(turn.parse)
    if danger_person.heard(turn):
        return halting.cried(turn)
    if edits.too_late(turn):
        return edits.answer(turn)
    if responders.words(turn) or commands.run(turn):
        return None
    return _in_group(turn) if turn.chat.kind == "group" else private.heard(turn)


def _in_group(turn: Turn) -> None:
    """Groups hear only what is meant for the bot."""
    if turn.chat.queue == "desk":
        desk.in_group(turn, working.replied_ticket(turn))
    elif turn.chat.queue:
        working.in_group(turn)
        private.further_need(turn)


def _pressed(turn: Turn) -> None:
    assert isinstance(turn.event, Press)
    presses.press(turn, turn.event.data)


def _pictured(turn: Turn) -> None:
    assert isinstance(turn.event, Picture)
    if not danger_person.captioned(turn, turn.event.caption):
        pictures.received(turn)


def _located(turn: Turn) -> None:
    turn.answer("first.spot")


def _nothing(turn: Turn) -> None:
    """A voice note that could not be heard arrives here as an empty utterance instead."""


_DOORS: Mapping[type, Callable[[Turn], None]] = {
    Utterance: _said,
    Press: _pressed,
    Picture: _pictured,
    Spot: _located,
    ChatChange: arrivals.chat_changed,
}
__all__ = ["NOTHING", "handle", "handle_due", "set_aside"]
