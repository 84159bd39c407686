"""A bell that rings later."""

from __future__ import annotations

from functools import partial

from handlers.questions import number_of
from handlers.rows import Meant
from handlers.turn import Turn


def heard(turn: Turn) -> Meant | None:
    """Its own words."""
    return Meant(partial(command, turn, "30")) if turn.parse.clean == "半个钟头以后摇个铃" else None


def command(turn: Turn, words: str) -> None:
    """/bell 30: rings in so many minutes."""
    minutes = number_of(words) or 10
    turn.later(f"bell:{turn.chat.id}", minutes, "bell.ring", chat=turn.chat.id, person=turn.person.id)
    turn.answer("bell.set", minutes=minutes)


def ring(turn: Turn) -> None:
    """The time has come."""
    turn.say(turn.chat.id, "bell.rings", kind="reminder")
