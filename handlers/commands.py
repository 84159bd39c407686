"""Commands: a word after a slash; the wings declare them, with who may use them."""

from __future__ import annotations

from functools import cache, partial

from handlers import allowances, rights, rows
from handlers.rows import Command, Meant
from handlers.turn import Turn


@cache
def named() -> dict[str, Command]:
    """Every command under its word and its Chinese words; raises :class:`rows.Refused` for a double."""
    table: dict[str, Command] = rows.installed().every("commands")
    words = [(word, command) for command in table.values() for word in command.also]
    if double := next((word for word, _ in words if word in table or [one for one, _ in words].count(word) > 1), None):
        raise rows.Refused("handlers", "", f"two commands are called {double!r}")
    return {**table, **dict(words)}


def heard(turn: Turn) -> Meant | None:
    """A line that begins with a slash."""
    return Meant(partial(_run, turn)) if turn.parse.text.strip().startswith("/") else None


def _run(turn: Turn) -> None:
    word, _, words = turn.parse.text.strip()[1:].partition(" ")
    word = word.partition("@")[0].lower()
    command = named().get(word)
    if command is None:
        _refuse(turn, "command.unknown")
    elif not rights.may_use(turn.person, _key(command)):
        _refuse(turn, "command.not_for_you")
    elif command.private and turn.chat.kind != "private":
        turn.answer("command.private")
    else:
        command.run(turn, words.strip())


def _key(command: Command) -> str:
    """The word in the table of rights, whichever of its words was said."""
    table: dict[str, Command] = rows.installed().every("commands")
    return next(word for word, one in table.items() if one is command)


def _refuse(turn: Turn, key: str) -> None:
    """Say no; in a group only a few times, because everybody there would have to read it."""
    if turn.chat.kind != "group" or not allowances.use(turn, "refused"):
        turn.answer(key)
