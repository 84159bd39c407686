"""What was heard in a recording: told where it cannot be written under the recording itself, and put right in writing.

Of a recording that is too long the beginning counts; the desk can listen to all of it for a day.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from handlers.conversation.either import KIND as EITHER
from handlers.conversation.private import needs
from handlers.mediation import relay
from handlers.rows import Meant
from handlers.turn import Turn
from handlers.voice import aloud
from models.dialogues import Dialogue
from models.events import Utterance
from storage import dialogues, voice

LONGEST = 60
"""Characters that are told of a long recording."""
WITHIN = timedelta(minutes=1)
"""A form was begun by a recording if it began at most so long after the recording was sent."""
MISSED = ("unclear", EITHER)
"""What is asked where words meant nothing."""


# ---------------------------------------------------------------- telling


def sent(turn: Turn) -> None:
    """What was written is complete: it tells what was heard, and is spoken where that is wanted."""
    _tell(turn)
    aloud.sent(turn)


def _tell(turn: Turn) -> None:
    """The first answer begins with the words; not in danger, and not where it reads back what was heard anyway."""
    event = turn.event
    if not isinstance(event, Utterance) or not event.heard or not event.text or turn.chat.kind != "private":
        return
    if event.heard.cut and event.sound and not relay.about(turn):
        voice.keep(turn.tx, turn.person.id, event.sound, turn.now, counts=False)
    messages = voice.texts(turn.tx, turn.sent, turn.chat.id)
    if any(kind == "emergency" for _, kind, _ in messages):
        return
    answers = [(number, text) for number, _, text in messages if text and text != turn.text("first.starter")]
    lines = _lines(turn, event, answers[0][1]) if answers else []
    if lines:
        voice.head(turn.tx, answers[0][0], "\n".join(lines))


def _lines(turn: Turn, event: Utterance, answer: str) -> list[str]:
    """What stands above an answer: what was heard, and that the rest of a long recording was not."""
    words = event.text if len(event.text) <= LONGEST else f"{event.text[:LONGEST]}……"
    known = not event.untold or answer.startswith(turn.text("form.heard"))
    told = [] if known else [turn.text("voice.heard", words=words)]
    return [*told, turn.text("hear.cut")] if event.heard and event.heard.cut else told


# ---------------------------------------------------------------- putting right


def amended(turn: Turn) -> Meant | None:
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
