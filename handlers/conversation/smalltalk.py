"""What is not a request: who are you, thank you, slower please, and a lonely word."""

from __future__ import annotations

from collections.abc import Mapping

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


def digress(turn: Turn) -> bool:
    """Answer small talk; False when the line is something else."""
    key = ANSWERS.get(turn.parse.best or "")
    if key is not None:
        turn.answer(key, community=turn.house.community.name)
    return key is not None


def aside(turn: Turn) -> bool:
    """Answer small talk at the head of the open question, which then comes back; False for anything else."""
    key = ANSWERS.get(turn.parse.best or "")
    if key is not None:
        turn.lead(key, community=turn.house.community.name)
    return key is not None or turn.heard("dialog.repeat")


def alone(turn: Turn) -> bool:
    """Answer words that only make sense inside a question; False when the line is something else."""
    key = STANDALONE.get(turn.parse.best or "")
    if key is not None:
        turn.answer(key)
    return key is not None
