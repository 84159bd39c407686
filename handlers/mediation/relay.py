"""The mediator speaks with one side after the other, through the bot; what is said is passed on and kept nowhere."""

from __future__ import annotations

from functools import partial

from handlers.mediation import room, withdrawing
from handlers.mediation.room import called, file_of
from handlers.rows import Meant
from handlers.settings import House
from handlers.turn import Turn
from models.cases import File, Side
from models.events import Origin
from storage import case_lists, cases, dialogues, people
from storage.cases import Right
from storage.database import Transaction


def begin(turn: Turn, by: Right, name: str) -> None:
    """Speak with this side; the other one, if it was spoken with, is asked to wait."""
    file = file_of(turn, by.number)
    side = file.sides.get(name)
    if side is None or not room.may_talk(side):
        return turn.answer("press.stale")
    for number in case_lists.of_mediator(turn.tx, turn.person.id):
        hush(turn, number)
    cases.change(turn.tx, by, talking=name)
    cases.note(turn.tx, by, "talk", turn.now, name)
    turn.say(side.chat, "case.talk.begun", mediator=turn.person.called)
    return turn.answer("case.talk.with", turn.button("case_over", "case_over", by.number), name=called(turn, side))


def end(turn: Turn, by: Right) -> None:
    """说完了: the bot speaks again."""
    _stop(turn, file_of(turn, by.number), "case.talk.ended")
    room.panel(turn, by.number, "case.told.over")


def hush(turn: Turn, number: int) -> None:
    """Whoever is spoken with waits a little."""
    _stop(turn, file_of(turn, number), "case.talk.wait")


def _stop(turn: Turn, file: File, key: str) -> None:
    side = _spoken_with(file)
    if side is not None:
        cases.change(turn.tx, cases.house(file.number), talking="")
        turn.say(side.chat, key, mediator=turn.person.called)


def _spoken_with(file: File) -> Side | None:
    return file.sides.get(file.talking)


def from_mediator(turn: Turn) -> Meant | None:
    """A mediator's line goes to the one side they speak with."""
    number = next((one.number for one in turn.situation.parts if one.mediates and one.speaks), None)
    file = file_of(turn, number) if number is not None else None
    side = _spoken_with(file) if file else None
    return Meant(partial(_to_side, turn, file, side)) if file is not None and side is not None else None


def _to_side(turn: Turn, file: File, side: Side) -> None:
    number = file.number
    if room.mediator(turn, file) is None:
        room.give_back(turn, number)
        turn.answer("case.too_near")
    elif turn.heard("word.case.over"):
        end(turn, cases.right(turn.tx, number, turn.person.id))
    else:
        turn.tell(side.chat, turn.text("case.talk.line", name=turn.person.called, words=turn.parse.text))


def from_party(turn: Turn) -> Meant | None:
    """A party's line goes to the mediator they speak with; what ends it all, and 找人, keep their meaning."""
    number = next((one.number for one in turn.situation.parts if not one.mediates and one.speaks), None)
    if number is None or turn.heard("dialog.human", "privacy.delete"):
        return None
    return Meant(partial(_to_mediator, turn, number))


def _to_mediator(turn: Turn, number: int) -> None:
    file = file_of(turn, number)
    person = room.mediator(turn, file)
    if person is None:
        room.give_back(turn, number)
    elif withdrawing.leaves(turn, alone=True):
        withdrawing.withdraw(turn, number)
    else:
        words = turn.text("case.talk.line", name=turn.person.called, words=turn.parse.text)
        turn.tell(person.chat, words, turn.button("case_over", "case_over", number))


def confidential(tx: Transaction, house: House, origin: Origin) -> bool:
    """Whether somebody may be speaking of a case just now: then no recording of theirs is kept for anybody."""
    chat, person = people.chat_at(tx, origin.channel, origin.chat), people.known(tx, origin.channel, origin.account)
    return chat is not None and person is not None and _confidential(tx, house, chat.id, person.id)


def about(turn: Turn) -> bool:
    """The same for the speaker of this turn."""
    return _confidential(turn.tx, turn.house, turn.chat.id, turn.person.id)


def quarrels(turn: Turn, chat: int, person: int) -> bool:
    """The same for anybody: what is said there may be of a case."""
    return _confidential(turn.tx, turn.house, chat, person)


def _confidential(tx: Transaction, house: House, chat: int, person: int) -> bool:
    form = dialogues.get(tx, chat, person)
    filling = form is not None and house.flows[form.flow].confidential
    return filling or bool(case_lists.of_party(tx, person) or case_lists.of_mediator(tx, person))
