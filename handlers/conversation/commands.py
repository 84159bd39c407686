"""Commands: one function and one row in the table each; the rights are in the row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handlers.bookings import provider
from handlers.danger import drills, records
from handlers.managers import lookups
from handlers.managers.figures import asked
from handlers.mediation import mediator
from handlers.people import arrivals, family, filing, privacy
from handlers.tickets import desk, steering, working
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


def _claim(turn: Turn, words: str) -> None:
    number = words.strip().lstrip("#") or str(working.replied_ticket(turn) or "")
    if number.isascii() and number.isdigit() and len(number) < 10:
        working.claim(turn, int(number))
    else:
        turn.answer("claim.which")


def _human(turn: Turn, words: str) -> None:
    desk.human(turn)


def _mine(turn: Turn, words: str) -> None:
    working.mine(turn)


MANAGERS = frozenset({"manager"})
OVERSIGHT = frozenset({"manager", "desk"})
DECIDING = OVERSIGHT
COMMANDS: dict[str, Command] = {
    "start": Command(arrivals.start, private=True),
    "help": Command(_help),
    "human": Command(_human, private=True),
    "mine": Command(_mine, working.ROLES),
    "claim": Command(_claim, working.ROLES),
    "here": Command(arrivals.here, MANAGERS),
    "assign": Command(steering.assign, DECIDING, private=True),
    "duty": Command(steering.duty, DECIDING, private=True),
    "merge": Command(steering.merge, DECIDING, private=True),
    "undo": Command(steering.undo, DECIDING, private=True),
    "day": Command(provider.day, provider.STAFF, private=True),
    "pause": Command(provider.pause, provider.STAFF, private=True),
    "resume": Command(provider.resume, provider.STAFF, private=True),
    "stats": Command(asked.command, MANAGERS, private=True),
    "chart": Command(asked.chart, MANAGERS, private=True),
    "drill": Command(drills.command, MANAGERS, private=True),
    "incident": Command(records.command, MANAGERS | {"desk", "duty"}, private=True),
    "verify": Command(records.verify, MANAGERS, private=True),
    "for": Command(filing.file, private=True),
    "mydata": Command(privacy.mine, private=True),
    "forget": Command(privacy.ask_erase, private=True),
    "export": Command(lookups.export, MANAGERS, private=True),
    "open": Command(lookups.open_list, OVERSIGHT, private=True),
    "overdue": Command(lookups.overdue, OVERSIGHT, private=True),
    "ticket": Command(lookups.show, OVERSIGHT, private=True),
    "reply": Command(lookups.reply, OVERSIGHT, private=True),
    "people": Command(lookups.everybody, MANAGERS, private=True),
    "family": Command(family.command, OVERSIGHT, private=True),
    "who": Command(lookups.who, MANAGERS, private=True),
    "cases": Command(mediator.mine, frozenset({"mediator"}), private=True),
}
"""Word → command."""
ALIASES = {"统计": "stats", "画图": "chart", "接": "claim", "我的任务": "mine", "找人": "human", "帮助": "help",
           "这里是": "here", "演练": "drill", "险情": "incident", "核实": "verify", "没办完": "open", "超时": "overdue",
           "工单": "ticket", "回复": "reply", "人员": "people", "谁看过": "who", "导出": "export", "派给": "assign",
           "值班": "duty", "合并": "merge", "调解": "cases", "撤销": "undo", "今天有谁": "day", "停": "pause", "恢复": "resume",
           "代报": "for", "家人": "family"}  # fmt: skip
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
        steering.undo(turn, "")
        return True
    if asked.said(turn):
        return True
    match = turn.parse.match(*PLAIN)
    command = COMMANDS["overdue" if _is_late(turn) else PLAIN[match.intent]] if match else None
    if match is None or command is None or not command.roles & turn.person.roles or turn.chat.kind != "private":
        return False
    command.run(turn, match.slots.get("time", turn.parse.text))
    return True


def _is_late(turn: Turn) -> bool:
    """超时的 are not just those that are still open (没办完的, 没人接的)."""
    return any(word in turn.parse.clean for word in turn.text("managers.late").split())


PLAIN = {"mgr.overdue": "open"}
"""What is said in plain Chinese → the command that it is, unless something late is asked for."""
