"""Commands: one function and one row in the table each; the rights are in the row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handlers import arrivals, assigning, desk, drills, records, serving, volunteers
from handlers.turn import Turn


@dataclass(frozen=True)
class Command:
    """A word after a slash, what it does, and who may."""

    run: Callable[[Turn, str], None]
    roles: frozenset[str] = frozenset()
    """Nobody in particular when empty."""
    private: bool = False
    """Never in a group."""


def _help(turn: Turn, words: str) -> None:
    turn.answer("talk.help", community=turn.house.community.name)


def _stats(turn: Turn, words: str) -> None:
    turn.make("stats", words=words or "今天", now=turn.now.isoformat())


def _claim(turn: Turn, words: str) -> None:
    number = words.strip().lstrip("#") or str(volunteers.replied_ticket(turn) or "")
    if number.isascii() and number.isdigit() and len(number) < 10:
        volunteers.claim(turn, int(number))
    else:
        turn.answer("claim.which")


def _human(turn: Turn, words: str) -> None:
    desk.human(turn)


def _mine(turn: Turn, words: str) -> None:
    volunteers.mine(turn)


MANAGERS = frozenset({"manager"})
DECIDING = frozenset({"manager", "desk"})
COMMANDS: dict[str, Command] = {
    "start": Command(arrivals.start, private=True),
    "help": Command(_help),
    "human": Command(_human, private=True),
    "mine": Command(_mine, volunteers.ROLES),
    "claim": Command(_claim, volunteers.ROLES),
    "here": Command(arrivals.here, MANAGERS),
    "assign": Command(assigning.assign, DECIDING, private=True),
    "duty": Command(assigning.duty, DECIDING, private=True),
    "merge": Command(assigning.merge, DECIDING, private=True),
    "undo": Command(assigning.undo, DECIDING, private=True),
    "day": Command(serving.day, serving.STAFF, private=True),
    "pause": Command(serving.pause, serving.STAFF, private=True),
    "resume": Command(serving.resume, serving.STAFF, private=True),
    "stats": Command(_stats, MANAGERS, private=True),
    "drill": Command(drills.command, MANAGERS, private=True),
    "incident": Command(records.command, MANAGERS | {"desk", "duty"}, private=True),
    "verify": Command(records.verify, MANAGERS, private=True),
}
"""Word → command."""
ALIASES = {"统计": "stats", "接": "claim", "我的任务": "mine", "找人": "human", "帮助": "help", "这里是": "here", "演练": "drill",
           "险情": "incident", "核实": "verify", "派给": "assign", "值班": "duty", "合并": "merge", "撤销": "undo",
           "今天有谁": "day", "停": "pause", "恢复": "resume"}  # fmt: skip
"""Chinese words for the same commands."""


def run(turn: Turn) -> bool:
    """Run a line that begins with a slash; False when it does not."""
    text = turn.parse.text.strip()
    if not text.startswith("/"):
        return False
    word, _, words = text[1:].partition(" ")
    word = word.partition("@")[0].lower()
    command = COMMANDS.get(ALIASES.get(word, word))
    if command is None:
        turn.answer("command.unknown")
    elif command.roles and not command.roles & turn.person.roles:
        turn.answer("command.not_for_you")
    elif command.private and turn.chat.kind != "private":
        turn.answer("command.private")
    else:
        command.run(turn, words.strip())
    return True


def plain(turn: Turn) -> bool:
    """The same in plain Chinese, for managers in private: 「今天的情况」."""
    if turn.parse.text.strip() == turn.text("undo.word") and turn.person.roles & DECIDING:
        assigning.undo(turn, "")
        return True
    match = turn.parse.match("mgr.stats", "mgr.overdue", "mgr.report")
    if match is None or not turn.person.may("manager"):
        return False
    if match.intent == "mgr.stats":
        _stats(turn, match.slots.get("time", turn.parse.text))
        return True
    return False
