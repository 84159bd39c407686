"""What the wing of mediation declares."""

from __future__ import annotations

from functools import partial

from handlers import questions
from handlers.buttons import numbered
from handlers.mediation import (
    agreement,
    clock,
    due,
    form,
    halting,
    mediator,
    mediators,
    parties,
    presses,
    relay,
    withdrawing,
)
from handlers.mediation.settings import Mediation
from handlers.questions import Kind, agreed
from handlers.rows import Command, Line, Wing
from storage import cases

ANSWER = {"case_yes": "yes", "case_no": "no"}

WING = Wing(
    "mediation",
    after={"danger": "violence is never mediated, it is told to people", "forms": "a mediation begins as a form"},
    lines=(
        Line("relay", relay.from_party, when=("case",)),
        Line("relay", relay.from_mediator, when=("case",)),
        Line("relay", agreement.answered, asked=("case_when", "case_text")),
        Line("first", withdrawing.heard, when=("case",)),
    ),
    buttons={
        **{verb: partial(presses.press, verb) for verb in presses.ACTIONS},
        "case_take": numbered(mediator.take),
        "case_pass": numbered(mediator.let_pass),
        "case_leave": numbered(withdrawing.withdraw),
        "case_call": numbered(withdrawing.call),
    },
    commands={"cases": Command(mediator.mine, private=True, also=("调解",))},
    questions={
        **{
            kind: Kind(agreed(parties.decide), parties.reads, parties.asks, "first", ANSWER)
            for kind in sorted(parties.KINDS)
        },
        **{kind: Kind(questions.nothing_follows, questions.nothing, stage="") for kind in ("case_when", "case_text")},
    },
    due={clock.KIND: due.look},
    behaviours={"mediation": form},
    matters={"mediation": withdrawing.matter},
    settings={"mediation": Mediation},
    figures={"cases": mediators.counted},
    help={"mediator": ("hint.cases",)},
    exports={"cases": cases.kept},
    stops={"mediation": withdrawing.stopped},
    erases={"mediation": withdrawing.gone},
    hooks={"cried": halting.cried},
    claims=("mediation",),
)
