"""A line that was changed afterwards counts only while its question is open: what was decided since is not undone by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from handlers.rows import Meant
from handlers.turn import Turn
from models.events import Utterance
from storage import dialogues

WITHIN = timedelta(minutes=1)
"""A form went on because of a line at most so much later than the line was sent."""
CLOCKS = timedelta(seconds=2)
"""By how much a messenger's clock, in whole seconds, may be behind ours."""


def too_late(turn: Turn) -> bool:
    """Whether a changed line has nothing open left to answer; groups never read changes."""
    event = turn.event
    if not isinstance(event, Utterance) or not event.edited:
        return False
    return turn.chat.kind == "group" or not _open(turn, datetime.fromtimestamp(event.first, UTC))


def _open(turn: Turn, first: datetime) -> bool:
    """Whether the line belongs to the form as it stands, or came after the newest question was asked."""
    went_on = dialogues.saved_at(turn.tx, turn.chat.id, turn.person.id)
    if went_on is not None:
        return first >= went_on - WITHIN
    asked = turn.situation.newest
    return asked is not None and first >= asked.at - CLOCKS


def heard(turn: Turn) -> Meant | None:
    """A changed line that comes too late."""
    return Meant(partial(answer, turn)) if too_late(turn) else None


def answer(turn: Turn) -> None:
    """Say in private that it does not count, and what to do."""
    if turn.chat.kind == "private":
        turn.answer("talk.edited")
