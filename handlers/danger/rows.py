"""What the wing of danger declares."""

from __future__ import annotations

from functools import partial

from handlers import questions
from handlers.buttons import numbered
from handlers.danger import (
    door,
    doubts,
    drills,
    due,
    inquiries,
    mistaken,
    person,
    presses,
    records,
    responders,
    updates,
)
from handlers.danger.settings import Danger
from handlers.questions import Kind, agreed
from handlers.rights import HELPING
from handlers.rows import Command, Line, Wing
from storage import kept

MANAGERS = frozenset({"manager"})

WING = Wing(
    "danger",
    after={
        "bookings": "somebody in danger hears of nothing else",
        "forms": "a weak sign is asked about before a form goes on",
    },
    lines=(
        Line("danger sign", person.heard, when=("sign", "command", "word.danger.panic"), passed_on=True),
        Line("incident", responders.words, when=("incident", "reply", "word.danger.hold")),
        Line("danger", door.words, roles=HELPING, when=("word.danger.opened", "sign")),
        Line("danger", mistaken.heard, when=("incident",)),
        Line("danger", inquiries.answer, asked=tuple(inquiries.ANSWERS)),
        Line("danger", person.more, when=("incident",)),
        Line("danger", doubts.ask, when=("sign",), passed_on=True),
        Line("danger", doubts.answer, asked=(doubts.KIND,)),
    ),
    buttons={
        "take": numbered(presses.take_ticket),
        "over": numbered(presses.over),
        "urgent": lambda turn, target, number: person.cry(turn),
        "mistake": partial(mistaken.press, False),
        "real": partial(mistaken.press, True),
        "athome": numbered(door.at_home),
        **presses.PRESSES,
    },
    commands={
        "drill": Command(drills.command, private=True, also=("演练",)),
        "incident": Command(records.command, private=True, also=("险情",)),
        "verify": Command(records.verify, private=True, also=("核实",)),
    },
    questions={
        doubts.KIND: Kind(
            agreed(doubts.decide), questions.nothing, doubts.asks, "", {"doubt_yes": "yes", "doubt_no": "no"}
        ),
        **{kind: Kind(questions.nothing_follows, questions.nothing, stage="") for kind in ("missing", "discreet")},
        "where": Kind(questions.nothing_follows, questions.nothing, inquiries.asks_where, ""),
    },
    due={
        "incident.step": due.step,
        "incident.more": updates.collected,
        "incident.doubt": doubts.due,
        "drill.weekly": drills.weekly,
    },
    matters={"danger": person.matter},
    work={"alert": ("append", door.alert)},
    hooks={"adopt": person.adopt, "unreachable": responders.unreachable},
    settings={"danger": Danger},
    figures={"danger": records.counted, "danger_times": records.times, "danger_false": records.false},
    exports=kept.parts("incidents"),
    help={"manager": ("hint.incident", "hint.drill"), "desk": ("hint.incident",), "duty": ("hint.incident",)},
    claims=("emergency", "scam"),
    yields=("emergency", "scam"),
)
