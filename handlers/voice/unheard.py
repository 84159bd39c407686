"""A recording that was not understood: one kind sentence and a way on; two in five minutes reach the desk at once.

Whatever nobody could hear may be listened to by the desk for a day, but for what may be of a quarrel.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from handlers.mediation import relay
from handlers.rows import Meant
from handlers.tickets import desk
from handlers.turn import Turn
from models.events import Utterance
from storage import dialogues, people, voice

DESK = frozenset({"silence", "quiet", "short", "noise", "broken", "unsure", "language"})
"""Faults of which the second within :data:`SOON` goes to the desk."""
SOON = timedelta(minutes=5)
FLOOD = ("much", "large")
"""Faults of recordings that were not even fetched."""
AGAIN = timedelta(minutes=10)
"""So long after it is not said again."""
STARTER = "starter"
"""The bundled speech model's name."""
LISTENERS = frozenset({"desk", "manager"})


def fault(turn: Turn) -> str | None:
    """Why nothing was heard in a recording, or None."""
    heard = turn.event.heard if isinstance(turn.event, Utterance) else None
    if heard is None or heard.text.strip():
        return None
    return heard.error or "silence"


def heard(turn: Turn) -> Meant | None:
    """A recording of which nothing was understood."""
    why = fault(turn)
    return Meant(partial(answer, turn, why)) if why else None


def empty(turn: Turn) -> Meant | None:
    """A line without a word, in private."""
    nothing = not turn.parse.clean and turn.chat.kind == "private"
    return Meant(partial(turn.answer, "first.unknown")) if nothing else None


def answer(turn: Turn, why: str) -> None:
    """Say so; groups are not told."""
    if turn.chat.kind == "group":
        return None
    if why in FLOOD:
        return _once(turn, why)
    before = voice.since(turn.tx, turn.now - SOON, turn.person.id)
    sound = _sound(turn)
    voice.keep(turn.tx, turn.person.id, sound, turn.now)
    _tell_managers(turn)
    if before and why in DESK:
        voice.ticketed(turn.tx, turn.person.id)
        sounds = [one.sound for one in before if one.sound] + [sound] * bool(sound)
        desk.open_ticket(turn, "unheard", words="—", slots={"sound": sounds[-1] if sounds else ""})
        return None
    key = f"hear.{why}"
    return turn.answer(key if key in turn.house.texts else "hear.broken")


def _once(turn: Turn, why: str) -> None:
    """One sentence for all of a flood."""
    for question in turn.situation.questions:
        if question.kind == why and turn.now - question.at < AGAIN:
            return
    dialogues.forget_kind(turn.tx, turn.chat.id, turn.person.id, why)
    dialogues.ask(turn.tx, turn.chat.id, turn.person.id, why, None, turn.now)
    turn.answer(f"hear.{why}")


def _sound(turn: Turn) -> str:
    """The recording's file, unless it may be of a quarrel: that goes at once."""
    return turn.event.sound if isinstance(turn.event, Utterance) and not relay.about(turn) else ""


def _tell_managers(turn: Turn) -> None:
    """Every manager is told once that the starter model hears no people, with the command; residents never are."""
    spoken = turn.event.heard if isinstance(turn.event, Utterance) else None
    if spoken is None or spoken.model != STARTER or spoken.error != "unsure":
        return
    for manager in people.with_role(turn.tx, "manager"):
        if manager.chat is not None and voice.told(turn.tx, manager.id, turn.now):
            turn.say(manager.chat, "voice.operator")


def listen(turn: Turn, words: str) -> None:
    """The recordings of a day that nobody could hear, for the desk to listen to."""
    kept = [one for one in voice.since(turn.tx, turn.now - voice.KEPT) if one.sound]
    if not kept:
        return turn.answer("voice.none")
    for one in kept:
        said = one.at.astimezone(turn.house.zone).strftime("%H:%M")
        name = people.get(turn.tx, one.person).called
        turn.say(turn.chat.id, "voice.recording", file=one.sound, name=name, time=said)
    return None
