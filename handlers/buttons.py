"""Buttons: ``verb:target:turn``. Every verb takes the same way as the word; rights are checked now, not when it was shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from handlers import questions, rights, rows
from handlers.questions import number_of
from handlers.rows import Pressed, Refused
from handlers.turn import Turn
from storage import tickets

LONGEST = 64
"""Bytes of a button's data, as platforms allow."""


@cache
def table() -> Mapping[str, Pressed]:
    """Verb → what is done: the wings' own, and those of open questions under their one guard."""
    own, asked = rows.installed().every("buttons"), questions.verbs()
    if both := sorted(set(own) & set(asked)):
        raise Refused("handlers", "", f"button {both[0]!r} is declared by itself and by a question")
    return {**own, **asked}


def press(turn: Turn, data: str) -> None:
    """Do what a button says, or say that it is over; forged data changes nothing."""
    verb, _, rest = data.partition(":")
    target, _, number = rest.partition(":")
    work = table().get(verb)
    if work is None or len(data.encode(errors="replace")) > LONGEST:
        return turn.answer("press.stale")
    if verb in rights.table().ticket:
        ticket = tickets.get(turn.tx, number_of(target) or 0)
        if not rights.may(turn, verb, ticket):
            return rights.refuse(turn, verb, ticket)
    work(turn, target, number)
    return None


def numbered(work: Callable[[Turn, int], object]) -> Pressed:
    """A button whose target is a ticket's number."""

    def pressed(turn: Turn, target: str, number: str) -> None:
        found = number_of(target)
        if found is None:
            return turn.answer("press.stale")
        work(turn, found)
        return None

    return pressed


def private(work: Callable[[Turn, str], object]) -> Pressed:
    """A button about the presser alone, in private."""

    def pressed(turn: Turn, target: str, number: str) -> None:
        if turn.chat.kind != "private":
            return turn.answer("press.stale")
        work(turn, "")
        return None

    return pressed
