"""Answers aloud: who wants them, how, and the voice note that follows each text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from handlers.mediation import relay
from handlers.rows import Meant
from handlers.turn import Turn
from models.events import Utterance
from models.meaning import Match, Parse
from models.outgoing import Button, Make
from storage import dialogues, queue, voice
from storage.dialogues import OpenQuestion
from storage.voice import Habit, Sent

ASK_AFTER = 3
"""Recordings in a row, without a typed line, after which it is asked once."""
QUESTION = "aloud"
WISHES: Mapping[str, Mapping[str, int]] = {
    "voice.aloud": {"aloud": 1},
    "voice.quiet": {"aloud": 0},
    "voice.louder": {"aloud": 1, "loud": True},
    "voice.softer": {"loud": False},
    "voice.faster": {"slow": False},
}
"""What is said → what is remembered."""


def heard(turn: Turn) -> Meant | None:
    """A wish how to be spoken to; what is open is asked again, now that way."""
    wish = next((one.intent for one in turn.parse.intents if one.intent in WISHES), None)
    if wish == "voice.quiet" and _open(turn) and not voice.habit(turn.tx, turn.person.id).aloud:
        return None  # nothing is read to them: 别吵 is what they answer
    return Meant(partial(_wished, turn, wish), goes_on=_open(turn)) if wish else None


def slower(turn: Turn) -> Meant | None:
    """慢点说: remembered for what is spoken; the words are answered by whoever talks."""
    if not voice.habit(turn.tx, turn.person.id).aloud:
        return None
    return Meant(partial(voice.remember, turn.tx, turn.person.id, slow=True), goes_on=True)


def _open(turn: Turn) -> bool:
    return turn.situation.form is not None


def _wished(turn: Turn, wish: str) -> None:
    wanted = dict(WISHES[wish])
    if wanted.get("aloud") and relay.about(turn):
        wanted["aloud"] = 2
    voice.remember(turn.tx, turn.person.id, **wanted)
    if not _open(turn):
        return turn.answer(wish)
    turn.lead(wish)
    turn.parse = Parse(turn.parse.text, turn.parse.clean, (Match("dialog.repeat", 1.0),), "P3")
    return None


# ---------------------------------------------------------------- asking once


def after(turn: Turn) -> None:
    """Count recordings; whoever only ever speaks is asked once whether answers should be spoken too."""
    if (
        not isinstance(turn.event, Utterance)
        or turn.chat.kind != "private"
        or turn.person.roles - {"resident", "family"}
    ):
        return None
    if turn.event.heard is None:
        return None
    if voice.spoke(turn.tx, turn.person.id) < ASK_AFTER or not turn.sent or turn.parse.signs:
        return None
    now = turn.situation
    busy = now.form is not None or now.questions or now.relay is not None
    if busy or voice.habit(turn.tx, turn.person.id).aloud:
        return None
    if voice.asked(turn.tx, turn.person.id, turn.now):
        question = dialogues.ask(turn.tx, turn.chat.id, turn.person.id, QUESTION, None, turn.now)
        turn.answer("voice.ask", *_yes_no(turn, question))


def _yes_no(turn: Turn, question: OpenQuestion) -> tuple[Button, ...]:
    return turn.button("yes", "agree", 0, question.id), turn.button("no", "refuse", 0, question.id)


def decided(turn: Turn, question: OpenQuestion, yes: bool) -> None:
    """The answer to that."""
    voice.remember(turn.tx, turn.person.id, aloud=int(yes))
    turn.answer("voice.aloud" if yes else "voice.quiet")


# ---------------------------------------------------------------- speaking


def sent(turn: Turn) -> None:
    """A voice note behind every text to somebody who wants it; in danger the first sentence alone."""
    speaker, texts = voice.to_speak(turn.tx, turn.sent, turn.person.id) if turn.sent else (Habit(), [])
    if speaker.spoken and isinstance(turn.event, Utterance) and turn.event.heard is None:
        voice.typed(turn.tx, turn.person.id)
    for one in texts:
        if not _confidential(turn, one):
            habit = one.habit
            told = {"text": one.text, "slow": habit.slow, "loud": habit.loud, "now": turn.now.isoformat()}
            make = Make(one.chat, "speech", {**told, "first": one.kind == "emergency"}, one.kind)
            turn.sent.append(queue.put(turn.tx, make, turn.now))


def _confidential(turn: Turn, one: Sent) -> bool:
    """Whether a text may be of a quarrel: neighbours hear through the wall."""
    return one.kind != "emergency" and not one.habit.private and relay.quarrels(turn, one.chat, one.person)
