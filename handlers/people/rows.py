"""What the wing of people declares."""

from __future__ import annotations

from handlers import questions
from handlers.buttons import private
from handlers.people import (
    arrivals,
    dismissing,
    family,
    filing,
    mydata,
    passing,
    privacy,
    profile,
    register,
    retention,
    unlinking,
)
from handlers.questions import Kind, agreed
from handlers.rows import Command, Line, Wing
from handlers.turn import Turn
from models.events import ChatChange, Spot


def before(turn: Turn) -> None:
    """Whatever is said or pressed closes the question whether to erase everything; a new voice hears what listens."""
    privacy.overtaken(turn)
    arrivals.starter(turn)


FAMILY = {
    "family_want": family.wanted,
    "family_may": family.allowed,
    "family_off": unlinking.off,
    "family_off_of": unlinking.off,
}

WING = Wing(
    "people",
    after={"mediation": "whoever is erased leaves their cases"},
    lines=(
        Line("code", arrivals.code, when=("word.code",)),
        Line("first", privacy.heard, ("privacy.",)),
        Line("first", filing.heard, when=("word.behalf",)),
        Line("first", dismissing.heard, roles=frozenset({"manager"})),
        Line("themselves", profile.heard, ("profile.",)),
        Line("themselves", profile.heard, asked=("profile",)),
        Line("themselves", profile.heard, when=("place alone",)),
        Line("own", family.heard, ("family.",)),
    ),
    events={ChatChange: arrivals.chat_changed, Spot: lambda turn: turn.answer("first.spot")},
    buttons={"mine": private(privacy.mine), "erase": private(privacy.ask_erase)},
    commands={
        "start": Command(arrivals.start, private=True),
        "here": Command(arrivals.here, also=("这里是",)),
        "dismiss": Command(dismissing.command, private=True, also=("收回",)),
        "home": Command(profile.home, private=True, also=("住址",)),
        "for": Command(filing.file, private=True, also=("代报",)),
        "pass": Command(passing.command, private=True, also=("转给本人",)),
        "mydata": Command(privacy.mine, private=True),
        "forget": Command(privacy.ask_erase, private=True),
        "family": Command(family.command, private=True, also=("家人",)),
        "card": Command(register.card, private=True, also=("名册",)),
        "link": Command(register.link, private=True, also=("对上",)),
    },
    questions={
        "profile": Kind(agreed(profile.answered), asks=questions.open_yes_no, stage="agreed", buttons=questions.AGREE),
        **{
            kind: Kind(agreed(work), asks=questions.open_yes_no, stage="agreed", buttons=questions.AGREE)
            for kind, work in FAMILY.items()
        },
        dismissing.QUESTION: Kind(
            agreed(dismissing.decided), asks=questions.open_yes_no, stage="agreed", buttons=questions.AGREE
        ),
        unlinking.WHICH: Kind(unlinking.pick, unlinking.picked, stage="agreed", buttons={"kin": ""}),
        "erase": Kind(
            agreed(privacy.decide),
            privacy.reads,
            questions.open_fixed,
            "first",
            {"erase_yes": "yes", "erase_no": "no"},
            stale="privacy.again",
        ),
    },
    due={retention.KEY: retention.nightly, dismissing.KIND: dismissing.told},
    help=dict.fromkeys(("desk", "manager"), ("hint.behalf",)),
    exports=mydata.KEPT,
    stops={"people": dismissing.stopped},
    erases={"people": unlinking.gone},
    hooks={"before": before, "after": arrivals.consent},
    only={"before": ("question", "recording"), "after": ("stranger",)},
    claims=("family", "profile", "privacy"),
)
