"""When no mediator should go on: somebody else can do more, what was agreed was not kept, or there was violence."""

from __future__ import annotations

from handlers.danger import person
from handlers.mediation import parties, room
from handlers.mediation.room import file_of, move, panel, ticket_of
from handlers.turn import Turn
from models.meaning import Sign
from models.outgoing import Button
from models.tickets import can
from storage import case_lists, cases, dialogues, people
from storage.cases import Right


def refer(turn: Turn, by: Right, extra: str) -> None:
    """To whom: the legal adviser or the judicial office."""
    if extra in ("legal", "justice") and can(ticket_of(turn, by.number), "refer"):
        return parties.refer(turn, by, extra)
    buttons = [turn.button(f"case_{whom}", "case_refer", by.number, whom) for whom in ("legal", "justice")]
    return turn.answer("case.refer_whom", *buttons)


def resume(turn: Turn, by: Right, extra: str) -> None:
    """What was agreed was not kept: they talk once more."""
    if not can(ticket_of(turn, by.number), "resume"):
        return turn.answer("press.stale")
    dialogues.forget_questions(turn.tx, by.number)
    move(turn, by, "resume", done_at=None)
    parties.tell(turn, file_of(turn, by.number), "case.resumed", mediator=turn.person.called)
    return panel(turn, by.number, "case.stage.willing")


def recuse(turn: Turn, by: Right, extra: str) -> None:
    """The mediator had better not: another one is looked for."""
    if not can(ticket_of(turn, by.number), "recuse"):
        return turn.answer("press.stale")
    turn.answer("case.passed")
    return room.give_back(turn, by.number)


def hurt(turn: Turn, by: Right, extra: str) -> None:
    """Somebody was hit or threatened: who? Then it is the desk's, at once, and nothing is mediated any more."""
    file = file_of(turn, by.number)
    if extra not in file.sides or not can(ticket_of(turn, by.number), "halt"):
        names = [(side.name, room.called(turn, side)) for side in file.sides.values()]
        buttons = [
            Button(turn.text("button.case_hurt_who", name=name), f"case_hurt:{by.number}:{key}") for key, name in names
        ]
        return turn.answer("case.who_hurt", *buttons)
    halt(turn, by)
    side = file.sides[extra]
    spoken = (
        turn
        if side.chat is None or side.person is None
        else turn.as_person(people.get(turn.tx, side.person), people.chat(turn.tx, side.chat))
    )
    person.alert(spoken, Sign("security", 1, "violence"), turn.text("case.hurt_words", name=turn.person.called))
    return turn.answer("case.halted", number=by.number)


def halt(turn: Turn, by: Right) -> None:
    """Nothing is mediated any more; the other side hears only that it rests."""
    file = file_of(turn, by.number)
    move(turn, by, "halt", by.role if by.role in file.sides else "")
    room.over(turn, by.number)


def cried(turn: Turn) -> None:
    """Somebody who is a party cried for help against violence: their cases stop at once, and so does their form."""
    if not any(sign.tier == 1 and sign.name == "violence" for sign in turn.parse.signs):
        return
    form = dialogues.get(turn.tx, turn.chat.id, turn.person.id)
    if form is not None and turn.house.flows[form.flow].life == "case":
        dialogues.close(turn.tx, form.chat, form.person)
        turn.drop(f"form:{form.chat}")
    for number in case_lists.of_party(turn.tx, turn.person.id):
        if can(ticket_of(turn, number), "halt"):
            halt(turn, cases.right(turn.tx, number, turn.person.id))
            panel(turn, number, "case.told.halted")
