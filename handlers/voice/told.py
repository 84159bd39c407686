"""What was heard, told at the head of the answer where it cannot be written under the recording itself; and what was not.

Of a recording that is too long the beginning counts; the desk can listen to all of it for a day.
"""

from __future__ import annotations

from handlers.mediation import relay
from handlers.turn import Turn
from models.events import Utterance
from storage import voice

LONGEST = 60
"""Characters that are told of a long recording."""


def sent(turn: Turn) -> None:
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
