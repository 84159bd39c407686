"""Money between helper and resident: a small sum is written down, a larger one is confirmed by both sides."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from handlers.rows import Meant
from handlers.tickets import desk
from handlers.turn import Turn
from models.events import Due
from models.people import Person
from models.tickets import Ticket
from nlu.meaning import about
from storage import dialogues, people, sums, tickets
from storage.dialogues import OpenQuestion
from storage.sums import Sum

RECENT = timedelta(days=14)
"""How long after a task money can be spoken of."""
PATIENCE = timedelta(days=1)
"""After this a sum that not both confirmed is the desk's business."""
SIDES = ("resident", "helper")


def heard(turn: Turn) -> Meant | None:
    """「小张垫了80块买药」 from either side of a task, when it is about a task of theirs."""
    fen = about.money(turn.parse.clean)
    ticket = _meant(turn) if fen else None
    return Meant(partial(_note, turn, ticket, fen, turn.person.id)) if fen is not None and ticket is not None else None


def named(turn: Turn, number: int) -> None:
    """Somebody was found: a sum that the request for help named (搬柜子给两百) is theirs to agree on now."""
    ticket = tickets.get(turn.tx, number)
    flow = turn.house.flows.get(ticket.flow) if ticket else None
    if ticket is None or flow is None or not flow.vetted or None in (ticket.owner, ticket.reporter):
        return
    if sums.of_ticket(turn.tx, number):
        return
    fen = about.money(ticket.words, "offered") or about.money(ticket.words)
    if fen is not None:
        _note(turn, ticket, fen, ticket.reporter or 0)


def _note(turn: Turn, ticket: Ticket, fen: int, by: int) -> None:
    """Write a small sum down, ask both about a larger one."""
    small = fen <= turn.house.small_sum * 100
    noted = sums.add(turn.tx, ticket.id, fen, by, "small" if small else "asked", turn.now)
    if not small:
        return _ask_both(turn, ticket, noted)
    for _, person in _sides(turn, ticket):
        turn.say(_chat(turn, ticket, person), "money.small", about=ticket.id, number=ticket.id, sum=yuan(fen))
    return None


def _meant(turn: Turn) -> Ticket | None:
    """The newest task of theirs that somebody took; the one whose other side is named first."""
    mine = [*tickets.held_by(turn.tx, turn.person.id), *tickets.of_helper(turn.tx, turn.person.id, turn.now - RECENT)]
    mine += [t for t in tickets.of_reporter(turn.tx, turn.person.id) if t.reporter == turn.person.id]
    found = [
        t for t in mine if t.life == "task" and t.flow != "desk" and t.owner and t.reporter and _is_recent(turn, t)
    ]
    named = [t for t in found if any(p.name and p.name in turn.parse.clean for _, p in _sides(turn, t))]
    return max(named or found, key=lambda ticket: ticket.id, default=None)


def _is_recent(turn: Turn, ticket: Ticket) -> bool:
    return ticket.is_open or turn.now - (ticket.done_at or turn.now) <= RECENT


def _sides(turn: Turn, ticket: Ticket) -> list[tuple[str, Person]]:
    """Resident and helper of a task, as far as they are still known."""
    numbers = zip(SIDES, (ticket.reporter, ticket.owner), strict=True)
    return [(side, people.get(turn.tx, number)) for side, number in numbers if number]


def _chat(turn: Turn, ticket: Ticket, person: Person) -> int | None:
    return ticket.chat if person.id == ticket.reporter else person.chat


def _ask_both(turn: Turn, ticket: Ticket, noted: Sum) -> None:
    for side, person in _sides(turn, ticket):
        chat = _chat(turn, ticket, person)
        if chat is not None:
            question = dialogues.ask(turn.tx, chat, person.id, "money", ticket.id, turn.now, sum=noted.id, side=side)
            yes, no = (
                turn.button(key, verb, ticket.id, question.id) for key, verb in (("yes", "agree"), ("no", "refuse"))
            )
            turn.say(chat, "money.ask", yes, no, about=ticket.id, number=ticket.id, sum=yuan(noted.fen))
    turn.later(f"money:{noted.id}", turn.now + PATIENCE, "money.due", ticket=ticket.id, sum=noted.id)


def yuan(fen: int) -> str:
    """A sum as it is said: 80, 80.5."""
    return f"{fen / 100:g}"


def answered(turn: Turn, question: OpenQuestion, agreed: bool) -> None:
    """One side says whether it is right: both, and it is written down; a no, and a person asks."""
    ticket, noted = tickets.get(turn.tx, question.ticket or 0), sums.get(turn.tx, int(question.data.get("sum", 0)))
    if ticket is None or noted is None or noted.state != "asked":
        return turn.answer("press.stale")
    noted = sums.answer(turn.tx, noted.id, str(question.data["side"]), agreed)
    if noted.state == "asked":
        return turn.answer("money.waiting", number=ticket.id)
    turn.drop(f"money:{noted.id}")
    dialogues.forget_questions(turn.tx, ticket.id, "money")
    if noted.state == "disputed":
        _to_desk(turn, ticket)
    for _, person in _sides(turn, ticket):
        turn.say(
            _chat(turn, ticket, person), f"money.{noted.state}", about=ticket.id, number=ticket.id, sum=yuan(noted.fen)
        )
    return None


def due(turn: Turn) -> None:
    """A day later not both sides answered: a person asks."""
    number = int(turn.event.data.get("sum", 0)) if isinstance(turn.event, Due) else 0
    noted = sums.get(turn.tx, number)
    ticket = tickets.get(turn.tx, noted.ticket) if noted else None
    if ticket is not None and sums.dispute(turn.tx, number):
        dialogues.forget_questions(turn.tx, ticket.id, "money")
        _to_desk(turn, ticket)


def _to_desk(turn: Turn, ticket: Ticket) -> None:
    """The desk gets it as the resident's, with the number of the task."""
    resident = people.get(turn.tx, ticket.reporter) if ticket.reporter else turn.person
    asked = turn.as_person(resident, turn.chat)
    desk.open_ticket(asked, "money", words=turn.text("money.words", number=ticket.id), answer=None, about=ticket.id)


def lines(turn: Turn, ticket: Ticket) -> list[str]:
    """What was said about money on a ticket, for the desk."""
    return [
        turn.text("money.line", sum=yuan(one.fen), state=turn.text(f"money.state.{one.state}"))
        for one in sums.of_ticket(turn.tx, ticket.id)
    ]
