"""The room of a case: every change of it, whom it may be told, and what the mediator has before them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handlers import clock as handlers_clock
from handlers.mediation import clock, mediators
from handlers.turn import Turn
from models.cases import CASE, File, Side
from models.outgoing import Button
from models.people import Person
from models.tickets import Ticket, TicketEvent
from storage import cases, dialogues, people, tickets
from storage.cases import Right

CAUSE = "case"
"""What a case's ticket says of every change: the file alone knows who did it."""


def ticket_of(turn: Turn, number: int) -> Ticket:
    """The empty ticket of a case; raises ``LookupError`` when the number is none."""
    ticket = tickets.get(turn.tx, number)
    if ticket is None or ticket.life != "case":
        raise LookupError(number)
    return ticket


def file_of(turn: Turn, number: int) -> File:
    """Who is in a case; raises ``LookupError`` when the number is none."""
    file = cases.file(turn.tx, cases.house(number))
    if file is None:
        raise LookupError(number)
    return file


def move(turn: Turn, by: Right, action: str, side: str = "", **changes: Any) -> Ticket:
    """Let something happen to a case: its ticket names nobody, its file who it was."""
    event = TicketEvent(action, turn.now, None, CAUSE, changes)
    ticket = tickets.record(turn.tx, ticket_of(turn, by.number), event)
    cases.note(turn.tx, by, action, turn.now, side)
    clock.watch(turn, ticket, file_of(turn, by.number))
    return ticket


def over(turn: Turn, number: int) -> None:
    """Nothing is asked and nobody is spoken with any more."""
    dialogues.forget_questions(turn.tx, number)
    cases.change(turn.tx, cases.house(number), talking="")


def mediator(turn: Turn, file: File) -> Person | None:
    """The mediator who still may: holds the role, can be reached, and is no party and no neighbour by now."""
    person = people.get(turn.tx, file.mediator) if file.mediator is not None else None
    if person is None or not person.may(mediators.ROLE) or mediators.barred(person, file):
        return None
    return person


def give_back(turn: Turn, number: int) -> None:
    """The mediator cannot any more: somebody else is looked for, and the first side is told."""
    file = file_of(turn, number)
    by = Right(number, "house", file.mediator)
    if ticket_of(turn, number).status == "settled":
        move(turn, by, "resume")
    over(turn, number)
    cases.change(turn.tx, by, mediator=None, wanted=None)
    move(turn, by, "recuse", promised_at=_due(turn))
    turn.say(file.a.chat, "case.another")
    if not mediators.offer(turn, file_of(turn, number)):
        mediators.tell_desk(turn, "case.desk.nobody")


def mediates(turn: Turn, number: int) -> Right | None:
    """The speaker's right as the mediator of this case at this moment; answers and gives None without it."""
    try:
        by = cases.right(turn.tx, number, turn.person.id)
    except cases.NoRight:
        by = None
    if by is None or by.role != mediators.ROLE:
        turn.answer("press.stale")
        return None
    if mediators.barred(turn.person, file_of(turn, number)):
        too_near(turn, number)
        return None
    return by


def too_near(turn: Turn, number: int) -> None:
    """The mediator turned out to be a party or a neighbour: somebody else does it."""
    turn.answer("case.too_near")
    if (ticket_of(turn, number).status, "recuse") in CASE or ticket_of(turn, number).status == "settled":
        give_back(turn, number)


def _due(turn: Turn) -> datetime:
    minutes = turn.house.timing.promise["P2"]
    return handlers_clock.due(turn.now, minutes, turn.house.hours, turn.house.zone)


def called(turn: Turn, side: Side) -> str:
    """What the mediator calls a side."""
    return people.get(turn.tx, side.person).called if side.person is not None else turn.text("case.other")


def when(turn: Turn, file: File) -> str:
    """The time of the meeting and where, as people say it."""
    if file.at is None:
        return ""
    return handlers_clock.clock(turn.now, file.at, turn.house.zone) + turn.text(f"case.where.{file.where or 'phone'}")


# ---------------------------------------------------------------- what the mediator has before them


_TALK, _COMMON = ("talk",), ("refer", "hurt")
PANEL = {
    "heard": (*_TALK, "invite", *_COMMON, "recuse"),
    "invited": (*_TALK, "for", *_COMMON, "recuse"),
    "willing": (*_TALK, "time", "deal", *_COMMON, "recuse"),
    "proposed": (*_TALK, "for", "time", *_COMMON, "recuse"),
    "set": (*_TALK, "deal", "time", *_COMMON, "recuse"),
    "drafted": (*_TALK, "for", "deal", *_COMMON, "recuse"),
    "settled": (*_TALK, "for", "resume", *_COMMON),
}
"""Status → what the mediator may do next."""
KEPT = "case.told.kept_phone"
"""Only then somebody without an account has been asked whether it was kept."""


def panel(turn: Turn, number: int, key: str, **values: Any) -> None:
    """Tell the mediator something, with the buttons of what may come next; never a word of either side."""
    file, ticket = file_of(turn, number), ticket_of(turn, number)
    person = mediator(turn, file)
    if person is not None:
        verbs = [
            verb for verb in PANEL.get(ticket.status, ()) if verb != "for" or ticket.status != "settled" or key == KEPT
        ]
        buttons = [button for verb in verbs for button in _buttons(turn, file, verb, ticket.status)]
        head = turn.text("case.head", number=number)
        turn.tell(person.chat, head + turn.text(key, **values), *buttons, kind="reminder", wide=2)


def _buttons(turn: Turn, file: File, verb: str, status: str) -> list[Button]:
    if verb == "talk":
        return [_named(turn, "talk", "talk", file, side) for side in file.sides.values() if may_talk(side)]
    if verb == "for":
        silent = [side for side in file.sides.values() if side.chat is None]
        said = "kept" if status == "settled" else "for"
        return [_named(turn, f"for_{key}", f"{said}_{key}", file, side) for side in silent for key in ("yes", "no")]
    return [turn.button(f"case_{verb}", f"case_{verb}", file.number)]


def _named(turn: Turn, verb: str, label: str, file: File, side: Side) -> Button:
    label = turn.text(f"button.case_{label}", name=called(turn, side))
    return Button(label, f"case_{verb}:{file.number}:{side.name}")


def may_talk(side: Side) -> bool:
    """Whether the bot may join the mediator with a side: the other one only after they were willing."""
    return side.chat is not None and (side.name == "a" or side.consent == "yes")
