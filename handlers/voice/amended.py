"""What was heard in a recording is put right in writing: what the wrong words began is taken back, the right ones count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from handlers.conversation.either import KIND as EITHER
from handlers.conversation.private import needs
from handlers.rows import Meant
from handlers.turn import Turn
from models.dialogues import Dialogue
from models.events import Utterance
from storage import dialogues

WITHIN = timedelta(minutes=1)
"""A form was begun by a recording if it began at most so long after the recording was sent."""
MISSED = ("unclear", EITHER)
"""What is asked where words meant nothing."""


def heard(turn: Turn) -> Meant | None:
    """Right words in the place of misheard ones; whatever they mean is tried after this."""
    event = turn.event
    if not isinstance(event, Utterance) or not event.amends or turn.chat.kind == "group":
        return None
    return Meant(partial(_take_back, turn, datetime.fromtimestamp(event.first, UTC)), goes_on=True)


def _take_back(turn: Turn, sent: datetime) -> None:
    """The form that the wrong words began, and the question what they meant, are gone."""
    here = (turn.tx, turn.chat.id, turn.person.id)
    for kind in MISSED:
        dialogues.forget_kind(*here, kind)
    form = turn.situation.form
    if form is not None and _began_with(turn, form, sent) and turn.one_of(needs(turn)):
        dialogues.close(*here)


def _began_with(turn: Turn, form: Dialogue, sent: datetime) -> bool:
    """Whether the recording is all that the form knows; one that joined a longer form only corrects it."""
    saved = dialogues.saved_at(turn.tx, turn.chat.id, turn.person.id)
    return form.turn <= 1 and saved is not None and sent >= saved - WITHIN
