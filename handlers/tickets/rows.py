"""What the wing of tickets declares."""

from __future__ import annotations

from functools import partial

from handlers import questions
from handlers.buttons import numbered
from handlers.questions import Kind, agreed
from handlers.rows import Command, Line, Wing
from handlers.tickets import (
    agreeing,
    asked,
    asking_when,
    behalf,
    calling_off,
    claiming,
    conversing,
    desk,
    due,
    helping,
    hurrying,
    leaving,
    line,
    matters,
    money,
    pictures,
    progress,
    promises,
    rating,
    steering,
    working,
)
from models.events import Picture
from storage import kept

OVERSIGHT = frozenset({"manager", "desk"})

WING = Wing(
    "tickets",
    lines=(
        Line("desk card", conversing.replied_to_card, roles=OVERSIGHT),
        Line("relay", conversing.from_resident, when=("relay",), passed_on=True),
        Line("line", line.to_resident, roles=working.ROLES),
        Line("line", progress.heard, roles=working.ROLES),
        Line("themselves", money.heard, when=("word.money",)),
        Line("speaking", conversing.speaking, roles=OVERSIGHT),
        Line("own", line.unasked, when=("reported",)),
        Line("own", hurrying.complains, when=("word.complain",)),
        Line("own", asked.heard, ("ticket.", "feedback.")),
        Line("own", asked.correct, ("dialog.",)),
    ),
    groups={"desk": conversing.in_group},
    events={Picture: pictures.received},
    buttons={
        "human": lambda turn, target, number: desk.human(turn),
        "claim": numbered(claiming.claim),
        **{verb: numbered(partial(working.pressed, verb)) for verb in (*working.ACTIONS, "alert")},
        **{verb: asked.pressed(work) for verb, work in asked.BUTTONS.items()},
    },
    commands={
        "human": Command(lambda turn, words: desk.human(turn), private=True, also=("找人",)),
        "mine": Command(lambda turn, words: helping.mine(turn), also=("我的任务",)),
        "claim": Command(claiming.claim_command, also=("接",)),
        "assign": Command(steering.assign, private=True, also=("派给",)),
        "duty": Command(steering.duty, private=True, also=("值班",)),
        "merge": Command(steering.merge, private=True, also=("合并",)),
        "undo": Command(steering.undo, private=True, also=("撤销",)),
    },
    questions={
        "fixed": Kind(rating.decide, rating.reads, questions.open_fixed, buttons=rating.BUTTONS, several=rating.which),
        "rate": Kind(rating.decide, rating.reads, rating.asks_rating, buttons=rating.BUTTONS, several=rating.which),
        "why": Kind(rating.decide, rating.reads_why),
        "cancel": Kind(
            agreed(calling_off.answer_cancel),
            calling_off.reads_cancel,
            questions.open_fixed,
            buttons={"cancel_yes": "yes", "cancel_no": "no"},
        ),
        "work": Kind(helping.pick, helping.picked, stage="first", lapses=True),
        "wait": Kind(agreed(agreeing.decided), asks=questions.open_yes_no, stage="agreed", buttons=questions.AGREE),
        "hour": Kind(
            agreeing.hour_decided,
            agreeing.reads_hour,
            questions.open_yes_no,
            stage="agreed",
            buttons=questions.AGREE,
        ),
        "hour_back": Kind(
            agreeing.back_decided,
            agreeing.reads_hour,
            questions.open_yes_no,
            stage="agreed",
            buttons=questions.AGREE,
        ),
        "hour_when": Kind(agreeing.hour_decided, agreeing.reads_hour, stage="agreed", lapses=True),
        "wait_until": Kind(asking_when.until_said, asking_when.reads_until, stage="agreed", lapses=True),
        "line": Kind(line.answered, line.reads, stage="question"),
        "mine": Kind(agreed(behalf.answered), asks=questions.open_yes_no, stage="agreed", buttons=questions.AGREE),
        "money": Kind(agreed(money.answered), asks=questions.open_yes_no, stage="agreed", buttons=questions.AGREE),
        "picture": Kind(questions.nothing_follows, questions.nothing, stage="", mark=True),
    },
    due={
        "ticket.watch": due.ticket_watch,
        "money.due": money.due,
        "ticket.due": promises.due,
        "desk.due": promises.unanswered_due,
    },
    steps=due.STEPS,
    work=working.ACTIONS,
    matters={"tickets": matters.mine},
    listens=claiming.listens,
    help={
        **dict.fromkeys(("volunteer", "property"), ("hint.claim", "hint.mine")),
        **dict.fromkeys(("desk", "manager"), ("hint.assign", "hint.mine")),
    },
    exports=kept.parts("tickets", "events", "helped", "joined", "money"),
    stops={"tickets": leaving.stopped},
    erases={"tickets": leaving.erased},
    claims=("ticket",),
)
