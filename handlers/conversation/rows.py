"""What the wing of conversation declares."""

from __future__ import annotations

from handlers import commands, questions
from handlers.conversation import edits, either, private, smalltalk, trouble
from handlers.questions import Kind
from handlers.rows import Command, Line, Wing

WING = Wing(
    "conversation",
    after={"managers": "whatever no other wing means is talk, or goes to a person"},
    lines=(
        Line("edited", edits.heard, when=("edited",)),
        Line("command", commands.heard, when=("command",)),
        Line("form", private.open_form, when=("form",)),
        Line("work", private.work, ("vol.",)),
        Line("wish", private.wish, passed_on=True),
        Line("talk", smalltalk.bye),
        Line("talk", smalltalk.hum, when=("word.filler",)),
        Line("talk", smalltalk.patient, when=("word.patient",)),
        Line("talk", smalltalk.lonely, ("chat.",)),
        Line("talk", smalltalk.digress, ("dialog.", "chat.")),
        Line("talk", smalltalk.alone, ("dialog.",)),
    ),
    groups={"*": private.in_group},
    commands={"help": Command(lambda turn, words: smalltalk.help_of(turn), also=("帮助",))},
    questions={
        either.KIND: Kind(either.decide, either.reads, either.asks, "door", {either.KIND: ""}),
        "unclear": Kind(questions.nothing_follows, questions.nothing, stage="", mark=True),
        smalltalk.HUMMED: Kind(questions.nothing_follows, questions.nothing, stage="", mark=True),
        smalltalk.LONELY: Kind(questions.nothing_follows, questions.nothing, stage="", mark=True),
    },
    help={"": ("talk.help",)},
    hooks={"nothing": private.unclear, "aside": trouble.aside, "unreachable": trouble.gone, "flood": trouble.flood},
    claims=("checkin", "civic", "points", "event", "policy", "reminder", "complaint"),
    yields=("checkin",),
)
