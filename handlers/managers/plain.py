"""What managers and the desk say in plain Chinese does what the command does: 没办完的, 超时的, 刚才的撤销."""

from __future__ import annotations

from functools import partial

from handlers.managers import lookups
from handlers.rows import Meant
from handlers.tickets import steering
from handlers.turn import Turn

OVERSIGHT = frozenset({"manager", "desk"})


def undo(turn: Turn) -> Meant | None:
    """The one word that takes the last decision back."""
    said = turn.heard("word.undo") and turn.person.roles & OVERSIGHT
    return Meant(partial(steering.undo, turn, "")) if said else None


def heard(turn: Turn) -> Meant | None:
    """What is open, or only what is late."""
    match = turn.parse.match("mgr.overdue")
    if match is None or not turn.person.roles & OVERSIGHT or turn.chat.kind != "private":
        return None
    work = lookups.overdue if _is_late(turn) else lookups.open_list
    return Meant(partial(work, turn, match.slots.get("time", turn.parse.text)))


def _is_late(turn: Turn) -> bool:
    """超时的 are not just those that are still open (没办完的, 没人接的)."""
    return turn.heard("word.late")
