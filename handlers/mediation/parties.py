"""The two sides: each is asked by itself, each may say no, and one word ends it at any time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handlers.mediation import room
from handlers.mediation.room import called, file_of, move, panel, ticket_of, when
from handlers.mediation.settings import Mediation
from handlers.settings import House
from handlers.turn import Turn
from models.cases import File, Side
from models.meaning import Question
from models.tickets import can
from nlu.words import heard
from storage import cases, dialogues
from storage.cases import Right
from storage.dialogues import OpenQuestion

KINDS = frozenset({"case_may", "case_join", "case_time", "case_deal", "case_kept", "case_next"})
"""May the other be asked; are you willing; this time; this agreement; was it kept; a lawyer instead."""


def ask(turn: Turn, file: File, side: Side, kind: str, **values: Any) -> None:
    """One question to one side, with its two buttons."""
    if side.chat is None or side.person is None:
        return
    question = dialogues.ask(turn.tx, side.chat, side.person, kind, file.number, turn.now)
    yes, no = (
        turn.button(f"case_answer.{kind}.{answer}", f"case_{answer}", file.number, question.id)
        for answer in ("yes", "no")
    )
    turn.say(side.chat, f"case.ask.{kind}", yes, no, kind="reminder", **values)


def answers(house: House, kind: str) -> dict[str, tuple[str, ...]]:
    """What may be said to a question: its buttons' words first."""
    keys = ("yes", "no")
    texts = house.texts
    return {key: (texts[f"button.case_answer.{kind}.{key}"], *heard.words(f"case.{kind}.{key}")) for key in keys}


def ask_both(turn: Turn, number: int, kind: str, **values: Any) -> None:
    """The same question to each side by itself; nobody has answered yet."""
    cases.ask_anew(turn.tx, cases.house(number))
    dialogues.forget_questions(turn.tx, number, *KINDS)
    file = file_of(turn, number)
    for side in file.sides.values():
        ask(turn, file, side, kind, **values)


def tell(turn: Turn, file: File, key: str, but: str = "", **values: Any) -> None:
    """Tell the sides that take part; whoever was never asked, or said no, hears nothing."""
    for side in file.sides.values():
        if side.name != but and room.may_talk(side):
            turn.say(side.chat, key, kind="reminder", **values)


# ---------------------------------------------------------------- answers


def reads(turn: Turn, question: OpenQuestion) -> str | None:
    """A plain yes or no, where no form is open."""
    if turn.situation.form is not None:
        return None
    return {"dialog.confirm": "yes", "dialog.deny": "no"}.get(turn.parse.best or "")


def asks(house: House, question: OpenQuestion) -> Question:
    """Its two answers in their words, for understanding."""
    return Question(question.kind, "yesno", answers(house, question.kind))


def decide(turn: Turn, question: OpenQuestion, yes: bool) -> None:
    """What a party answered to the one question that was asked."""
    by = cases.right(turn.tx, question.ticket or 0, turn.person.id)
    DECISIONS[question.kind](turn, by, by.role, yes)


def may_ask(turn: Turn, by: Right, side: str, yes: bool) -> None:
    """The first side lets the other be asked, or not yet."""
    cases.change_side(turn.tx, by, "a", consent="yes" if yes else "no")
    cases.note(turn.tx, by, "may" if yes else "may_not", turn.now, side)
    turn.answer("case.may_ask" if yes else "case.may_not")
    panel(turn, by.number, "case.told.may" if yes else "case.told.may_not")


def consented(turn: Turn, by: Right, side: str, yes: bool) -> None:
    """The other side is willing to talk, or not; nobody is pressed."""
    if not can(ticket_of(turn, by.number), "consent"):
        return turn.answer("press.stale")
    cases.change_side(turn.tx, by, side, consent="yes" if yes else "no")
    move(turn, by, "consent" if yes else "refuse", side)
    file = file_of(turn, by.number)
    if side == by.role:
        turn.answer("case.joined" if yes else "case.not_joined")
    if yes:
        turn.say(file.a.chat, "case.b_willing")
    else:
        ask(turn, file, file.a, "case_next")
    return panel(turn, by.number, "case.told.willing" if yes else "case.told.declined")


def timed(turn: Turn, by: Right, side: str, yes: bool) -> None:
    """A side can come at the time that was proposed, or not."""
    if ticket_of(turn, by.number).status != "proposed":
        return turn.answer("press.stale")
    _answered(turn, by, side, yes, "time")
    file = file_of(turn, by.number)
    if not yes:
        move(turn, by, "back", side)
        tell(turn, file, "case.time_again", but=side)
        return panel(turn, by.number, "case.told.no_time", name=called(turn, file.sides[side]))
    if any(other.answer != "yes" for other in file.sides.values()):
        return None
    move(turn, by, "set", side)
    tell(turn, file, "case.set", when=when(turn, file))
    return panel(turn, by.number, "case.told.set", when=when(turn, file))


def dealt(turn: Turn, by: Right, side: str, yes: bool) -> None:
    """A side agrees to what was written down, or wants to talk on."""
    if ticket_of(turn, by.number).status != "drafted":
        return turn.answer("press.stale")
    _answered(turn, by, side, yes, "deal")
    file = file_of(turn, by.number)
    if not yes:
        move(turn, by, "reject", side)
        return panel(turn, by.number, "case.told.no_deal", name=called(turn, file.sides[side]))
    if any(other.answer != "yes" for other in file.sides.values()):
        return None
    move(turn, by, "settle", side, done_at=turn.now)
    room.over(turn, by.number)
    tell(turn, file, "case.settled", days=turn.house.of(Mediation).days[0])
    return panel(turn, by.number, "case.told.settled")


def was_kept(turn: Turn, by: Right, side: str, yes: bool) -> None:
    """说好的事,做到了吗: each side is heard by itself; where it was not kept, the mediator hears it."""
    if ticket_of(turn, by.number).status != "settled":
        return turn.answer("press.stale")
    _answered(turn, by, side, yes, "kept")
    file = file_of(turn, by.number)
    if yes:
        return None
    if room.mediator(turn, file) is None:
        return room.give_back(turn, by.number)
    return panel(turn, by.number, "case.told.broken", name=called(turn, file.sides[side]))


def _answered(turn: Turn, by: Right, side: str, yes: bool, what: str) -> None:
    """Keep the answer; whoever gave it themselves is thanked, unless what follows says it."""
    word = "yes" if yes else "no"
    cases.change_side(turn.tx, by, side, answer=word)
    cases.note(turn.tx, by, f"{what}_{word}", turn.now, side)
    last = what != "kept" and all(other.answer == "yes" for other in file_of(turn, by.number).sides.values())
    if side == by.role and not last:
        turn.answer(f"case.answered.{what}.{word}")


def next_way(turn: Turn, by: Right, side: str, yes: bool) -> None:
    """After a no of the other side: a lawyer looks at it, or it rests."""
    if not can(ticket_of(turn, by.number), "refer"):
        return turn.answer("press.stale")
    if not yes:
        return turn.answer("case.rests")
    return refer(turn, by, "legal")


def refer(turn: Turn, by: Right, whom: str) -> None:
    """Others can do more: both who take part hear who, and how to reach them."""
    file = file_of(turn, by.number)
    move(turn, by, "refer")
    room.over(turn, by.number)
    way = getattr(turn.house.of(Mediation), whom) or turn.text("case.refer.desk")
    tell(turn, file, "case.referred", whom=turn.text(f"case.refer.{whom}"), way=way)
    panel(turn, by.number, "case.told.referred", whom=turn.text(f"case.refer.{whom}"))


STAGES: Mapping[str, Callable[[Turn, Right, str, bool], None]] = {
    "invited": consented,
    "proposed": timed,
    "drafted": dealt,
    "settled": was_kept,
}
"""Status → what stands open; somebody without an account answers the mediator on the telephone."""
DECISIONS: Mapping[str, Callable[[Turn, Right, str, bool], None]] = {
    "case_may": may_ask,
    "case_join": consented,
    "case_time": timed,
    "case_deal": dealt,
    "case_kept": was_kept,
    "case_next": next_way,
}
