"""Buttons: ``verb:target:turn``. Every verb takes the same way as the word; rights are checked now, not when it was shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from handlers.bookings import life, provider
from handlers.danger import door, doubts, person
from handlers.danger import presses as danger_presses
from handlers.forms import speaking
from handlers.managers.figures import asked as figures_asked
from handlers.mediation import mediator, parties, presses, withdrawing
from handlers.people import agreeing, privacy, unlinking
from handlers.tickets import asked, desk, rating, working
from handlers.turn import Turn
from models.dialogues import Flow
from models.meaning import Match, Parse
from models.tickets import Ticket
from storage import dialogues, tickets

Pressed = Callable[[Turn, str, str], None]


def press(turn: Turn, data: str) -> None:
    """Do what a button says, or say that it is over; forged data changes nothing."""
    verb, _, rest = data.partition(":")
    target, _, number = rest.partition(":")
    work = PRESSES.get(verb)
    if work is None or len(data.encode()) > 64:
        return turn.answer("press.stale")
    return work(turn, target, number)


def _numbered(work: Callable[[Turn, int], object]) -> Pressed:
    """A button whose target is a ticket's number."""

    def pressed(turn: Turn, target: str, number: str) -> None:
        if target.isascii() and target.isdigit() and len(target) < 10:
            work(turn, int(target))
        else:
            turn.answer("press.stale")

    return pressed


def _door(turn: Turn, target: str, number: str) -> None:
    """A door of the menu: the form begins with its first question."""
    flow = turn.house.flows.get(target)
    if flow is None or turn.chat.kind != "private":
        return turn.answer("press.stale")
    return open_door(turn, flow)


def open_door(turn: Turn, flow: Flow) -> None:
    """Begin a form with its first question, unless one is open."""
    if dialogues.get(turn.tx, turn.chat.id, turn.person.id) is not None:
        return turn.answer("form.one_at_a_time")
    match = Match(flow.intents[0], 1.0)
    turn.parse = Parse("", "", (match,))
    return speaking.begin(turn, flow, match)


def _human(turn: Turn, target: str, number: str) -> None:
    desk.human(turn)


def _own(work: Callable[[Turn, Ticket], None]) -> Pressed:
    """A button about one of the presser's own tickets."""

    def pressed(turn: Turn, number: int) -> None:
        ticket = tickets.get(turn.tx, number)
        if ticket is None or turn.person.id not in (ticket.reporter, *ticket.joined):
            return turn.answer("press.stale")
        return work(turn, ticket)

    return _numbered(pressed)


def _cancel_answer(yes: bool, turn: Turn, target: str, number: str) -> None:
    question = dialogues.question(turn.tx, int(number)) if number.isdigit() else None
    if question is None or question.person != turn.person.id or str(question.ticket) != target:
        return turn.answer("press.stale")
    return asked.answer_cancel(turn, question.ticket or 0, yes)


def _private(work: Callable[[Turn, str], None]) -> Pressed:
    """A button about the presser alone, in private."""

    def pressed(turn: Turn, target: str, number: str) -> None:
        if turn.chat.kind != "private":
            return turn.answer("press.stale")
        return work(turn, "")

    return pressed


def _work(verb: str, turn: Turn, number: int) -> None:
    working.act(turn, verb, number)


def _serve(verb: str, turn: Turn, number: int) -> None:
    provider.act(turn, verb, number)


def _offered(yes: bool, turn: Turn, number: int) -> None:
    life.answer_offer(turn, number, yes)


def _book_move(turn: Turn, target: str, number: str) -> None:
    """One of several bookings is to be moved."""
    flow = speaking.flow_for(turn, "booking.change")
    if flow is None or dialogues.get(turn.tx, turn.chat.id, turn.person.id) is not None:
        return turn.answer("press.stale")
    turn.parse = Parse("", "", (Match("booking.change", 1.0, {"ref": target}),))
    return speaking.begin(turn, flow, turn.parse.intents[0])


PRESSES: Mapping[str, Pressed] = {
    "answer": speaking.press_answer,
    "wrong": speaking.press_wrong,
    "door": _door,
    "human": _human,
    "claim": _numbered(working.claim),
    "take": _numbered(danger_presses.take_ticket),
    "over": _numbered(danger_presses.over),
    "fixed_yes": partial(rating.press, "fixed"),
    "fixed_no": partial(rating.press, "unfixed"),
    **{f"rate_{key}": partial(rating.press, key) for key in rating.RATINGS},
    **{verb: _numbered(partial(_work, verb)) for verb in working.ACTIONS},
    "figures": figures_asked.press,
    "urgent": lambda turn, target, number: person.cry(turn),
    "doubt_yes": partial(doubts.press, True),
    "doubt_no": partial(doubts.press, False),
    **danger_presses.PRESSES,
    "athome": _numbered(door.at_home),
    "mine": _private(privacy.mine),
    "erase": _private(privacy.ask_erase),
    "erase_yes": partial(privacy.press, True),
    "erase_no": partial(privacy.press, False),
    "kin": unlinking.press,
    "agree": partial(agreeing.press, True),
    "refuse": partial(agreeing.press, False),
    **{verb: _numbered(partial(_serve, verb)) for verb in provider.ACTIONS},
    "book_yes": _numbered(partial(_offered, True)),
    "book_no": _numbered(partial(_offered, False)),
    "book_cancel": _numbered(life.press_cancel),
    "book_move": _book_move,
    **{verb: partial(presses.press, verb) for verb in presses.ACTIONS},
    "case_take": _numbered(mediator.take),
    "case_pass": _numbered(mediator.let_pass),
    "case_yes": partial(parties.press, True),
    "case_no": partial(parties.press, False),
    "case_leave": _numbered(withdrawing.withdraw),
    "case_call": _numbered(withdrawing.call),
    "query": _own(asked.query),
    "urge": _own(asked.urge),
    "cancel": _own(asked.cancel),
    "append": _own(asked.append),
    "cancel_yes": partial(_cancel_answer, True),
    "cancel_no": partial(_cancel_answer, False),
}
"""Verb → what is done."""
