"""What the wing of voices declares."""

from __future__ import annotations

from handlers import questions
from handlers.questions import Kind, agreed
from handlers.rows import Command, Line, Wing
from handlers.turn import Turn
from handlers.voice import aloud, amended, told, unheard


def sent(turn: Turn) -> None:
    """What was written is complete: it tells what was heard, and is spoken where that is wanted."""
    told.sent(turn)
    aloud.sent(turn)


WING = Wing(
    "voice",
    after={"mediation": "what is said in a case is neither kept nor spoken"},
    lines=(
        Line("unheard", unheard.heard, when=("unheard",)),
        Line("unheard", unheard.empty, when=("wordless",)),
        Line("edited", amended.heard, when=("amended",)),
        Line("line", aloud.heard, ("voice.",)),
        Line("line", aloud.slower, ("dialog.slower",)),
    ),
    commands={"listen": Command(unheard.listen, private=True, also=("听录音",))},
    questions={
        aloud.QUESTION: Kind(
            agreed(aloud.decided), asks=questions.open_yes_no, stage="agreed", buttons=questions.AGREE, lapses=True
        )
    },
    hooks={"after": aloud.after, "sent": sent},
    only={"after": ("recording",), "sent": ("recording", "aloud")},
    claims=("voice",),
)
