"""What is not a request: who are you, thank you, slower please, and a lonely word."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from handlers.rows import Meant
from handlers.tickets import matters
from handlers.turn import Turn

ANSWERS: Mapping[str, str] = {
    "dialog.identity": "talk.identity",
    "dialog.help": "talk.help",
    "dialog.slower": "talk.slower",
    "dialog.wait": "talk.wait",
    "chat.thanks": "talk.thanks",
    "chat.greet": "talk.greet",
    "chat.lonely": "talk.lonely",
}
"""Intent → text; none of these moves a form."""
STANDALONE: Mapping[str, str] = {
    "dialog.confirm": "talk.nothing_open",
    "dialog.deny": "talk.nothing_open",
    "dialog.choice": "talk.nothing_open",
    "dialog.stop": "talk.stopped",
    "dialog.repeat": "talk.help",
    "dialog.correct": "talk.nothing_open",
}
"""Words that answer nothing when nothing is open."""


def bye(turn: Turn) -> Meant | None:
    """再见, 晚安: wished back, and nothing else."""
    return Meant(partial(turn.answer, "talk.bye")) if turn.heard("word.bye") else None


def digress(turn: Turn) -> Meant | None:
    """Small talk is answered."""
    key = ANSWERS.get(turn.parse.best or "")
    return Meant(partial(turn.answer, key, community=turn.house.community.name)) if key is not None else None


def is_aside(turn: Turn) -> bool:
    """Whether the open question comes back after this."""
    return turn.parse.best in ANSWERS or turn.heard("dialog.repeat")


def lead(turn: Turn) -> None:
    """Small talk is answered at the head of the open question."""
    key = ANSWERS.get(turn.parse.best or "")
    if key is not None:
        turn.lead(key, community=turn.house.community.name)


def alone(turn: Turn) -> Meant | None:
    """Words that only make sense inside a question."""
    key = STANDALONE.get(turn.parse.best or "")
    if key == "talk.stopped":
        return Meant(partial(_stopped, turn))
    return Meant(partial(turn.answer, key)) if key is not None else None


def _stopped(turn: Turn) -> None:
    """算了 where nothing is asked: whatever somebody waits for goes on, and is named."""
    if not matters.of(turn):
        return turn.answer("talk.stopped")
    turn.lead("talk.goes_on")
    return matters.tell(turn)
