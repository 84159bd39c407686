"""What was heard, told at the head of the answer where it cannot be written under the recording itself."""

from __future__ import annotations

from handlers.turn import Turn
from models.events import Utterance
from storage import voice

LONGEST = 60
"""Characters that are told of a long recording."""


def sent(turn: Turn) -> None:
    """The first answer begins with the words; not in danger, and not where it reads back what was heard anyway."""
    event = turn.event
    if not isinstance(event, Utterance) or not event.untold or not event.text or turn.chat.kind != "private":
        return
    messages = voice.texts(turn.tx, turn.sent, turn.chat.id)
    if any(kind == "emergency" for _, kind, _ in messages):
        return
    answers = [(number, text) for number, _, text in messages if text and text != turn.text("first.starter")]
    if answers and not answers[0][1].startswith(turn.text("form.heard")):
        words = event.text if len(event.text) <= LONGEST else f"{event.text[:LONGEST]}……"
        voice.head(turn.tx, answers[0][0], turn.text("voice.heard", words=words))
