"""A party's words about their case: how it stands, a wish to speak with the mediator, and the one word that ends it."""

from __future__ import annotations

from functools import partial

from handlers.mediation import mediators, parties, room
from handlers.mediation.room import called, file_of, move, panel, ticket_of, when
from handlers.rows import Matter, Meant
from handlers.turn import Turn
from models.cases import LIVE
from models.people import GONE
from nlu.words import heard as words
from storage import case_lists, cases, dialogues
from storage.cases import Right


def heard(turn: Turn) -> Meant | None:
    """A party's word that ends their case, or that what was agreed was not kept."""
    if not turn.situation.cases:
        return None
    asked, busy = turn.situation.newest, turn.situation.form is not None
    ours = not busy and asked is not None and asked.kind in parties.KINDS
    if leaves(turn, alone=ours or (asked is None and not busy)):
        return Meant(partial(leave, turn))
    return Meant(partial(_broken, turn)) if not busy and _says_broken(turn) else None


def _says_broken(turn: Turn) -> bool:
    """没做到, said without being asked, to what was agreed."""
    said = turn.parse.clean in parties.answers(turn.house, "case_kept")["no"]
    return said and ticket_of(turn, turn.situation.cases[0]).status == "settled"


def _broken(turn: Turn) -> None:
    by = cases.right(turn.tx, turn.situation.cases[0], turn.person.id)
    parties.was_kept(turn, by, by.role, False)


def leaves(turn: Turn, alone: bool) -> bool:
    """不调了 at any time; 算了 where nothing else is meant."""
    if turn.heard("mediation.withdraw", "word.case.leave"):
        return True
    return alone and turn.heard("dialog.stop")


def matter(turn: Turn) -> list[Matter]:
    """That a case is going on, and nothing of what it is about."""
    return [
        Matter(turn.text("matter.case", number=number), names=words.words("case.named"))
        for number in turn.situation.cases[:1]
    ]


def query(turn: Turn) -> None:
    """How it stands, to a party; with nothing going on, that."""
    mine = case_lists.of_party(turn.tx, turn.person.id)
    if not mine:
        return turn.answer("case.none")
    file = file_of(turn, mine[0])
    person = room.mediator(turn, file)
    buttons = [turn.button(verb, verb, mine[0]) for verb in (("case_call",) if person else ()) + ("case_leave",)]
    name = person.called if person else turn.text("case.anybody")
    key = f"case.status.{ticket_of(turn, mine[0]).status}"
    return turn.answer(key, *buttons, number=mine[0], mediator=name, when=when(turn, file))


def call(turn: Turn, number: int) -> None:
    """A party would like to speak with the mediator: who comes when they can."""
    if number not in case_lists.of_party(turn.tx, turn.person.id):
        return turn.answer("press.stale")
    file = file_of(turn, number)
    side, person = file.side_of(turn.person.id), room.mediator(turn, file)
    if side is None or person is None:
        return turn.answer("case.wait")
    panel(turn, number, "case.told.calls", name=called(turn, side))
    return turn.answer("case.called", mediator=person.called)


def leave(turn: Turn) -> None:
    """不调了: the newest case of the speaker is over."""
    mine = case_lists.of_party(turn.tx, turn.person.id)
    return withdraw(turn, mine[0]) if mine else turn.answer("case.none")


def withdraw(turn: Turn, number: int, told: bool = True) -> None:
    """Either side ends it, at any time, without a reason; one who was only asked says no by it."""
    if number not in case_lists.of_party(turn.tx, turn.person.id):
        return turn.answer("press.stale")
    by, ticket = cases.right(turn.tx, number, turn.person.id), ticket_of(turn, number)
    if by.role == "b" and ticket.status == "invited":
        dialogues.forget_questions(turn.tx, number, "case_join")
        return parties.consented(turn, by, "b", False)
    if ticket.status in LIVE:
        _end(turn, by)
    else:
        dialogues.forget_questions(turn.tx, number)
    return turn.answer("case.withdrawn") if told else None


def _end(turn: Turn, by: Right) -> None:
    move(turn, by, "withdraw", by.role)
    room.over(turn, by.number)
    ended(turn, by.number, but=by.role)


def ended(turn: Turn, number: int, but: str = "") -> None:
    """Whoever takes part hears that it is over, each in words of their own."""
    for side in file_of(turn, number).sides.values():
        if side.name != but and room.may_talk(side):
            turn.say(side.chat, f"case.ended.{side.name}", kind="reminder")
    panel(turn, number, "case.told.withdrawn")


def gone(turn: Turn) -> None:
    """Somebody is being forgotten: their own cases end, those they mediate go to another."""
    for number in case_lists.of_party(turn.tx, turn.person.id):
        withdraw(turn, number, told=False)
    hand_on(turn)


def stopped(turn: Turn, state: str) -> None:
    """Who moved or died takes part in nothing any more; a case of somebody in hospital waits for them."""
    if state in GONE:
        gone(turn)


def hand_on(turn: Turn) -> None:
    """Cases that somebody mediates go to another."""
    for number in case_lists.of_mediator(turn.tx, turn.person.id):
        cases.note(turn.tx, Right(number, mediators.ROLE, turn.person.id), "pass", turn.now)
        room.give_back(turn, number)
