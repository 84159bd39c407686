"""A recording that was not understood: one kind sentence and a way on; the second time a person calls back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from handlers.mediation import relay
from handlers.rows import Meant
from handlers.tickets import desk
from handlers.turn import Turn
from models.events import Utterance
from storage import dialogues

DESK = frozenset({"silence", "quiet", "short", "noise", "broken"})
"""Faults of which the second in a row goes to the desk."""
FLOOD = ("much", "large")
"""Faults of recordings that were not even fetched."""
AGAIN = timedelta(minutes=10)
"""So long after it is not said again."""


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
    before = [one for one in turn.situation.questions if one.kind == "unheard"]
    for question in before:
        dialogues.answered(turn.tx, question.id)
    if before and why in DESK:
        sound = turn.event.sound if isinstance(turn.event, Utterance) and not relay.about(turn) else ""
        desk.open_ticket(turn, "unheard", words="—", slots={"sound": sound})
        return None
    dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "unheard", None, turn.now)
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
