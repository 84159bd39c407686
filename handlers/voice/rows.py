"""What the wing of voices declares."""

from __future__ import annotations

from handlers import questions
from handlers.questions import Kind, agreed
from handlers.rows import Command, Line, Wing
from handlers.voice import aloud, heard, unheard
from storage import kept

WING = Wing(
    "voice",
    after={"mediation": "what is said in a case is neither kept nor spoken"},
    lines=(
        Line("unheard", unheard.heard, when=("unheard",), passed_on=True),
        Line("unheard", unheard.empty, when=("wordless",), passed_on=True),
        Line("edited", heard.amended, when=("amended",)),
        Line("line", aloud.heard, ("voice.",)),
        Line("line", aloud.slower, ("dialog.slower",)),
    ),
    commands={"listen": Command(unheard.listen, private=True, also=("听录音",))},
    questions={
        aloud.QUESTION: Kind(
            agreed(aloud.decided), asks=questions.open_yes_no, stage="agreed", buttons=questions.AGREE, lapses=True
        )
    },
    hooks={"after": aloud.after, "sent": heard.sent},
    only={"after": ("recording",), "sent": ("recording", "aloud")},
    exports=kept.parts("voice", "unheard"),
    claims=("voice",),
)
