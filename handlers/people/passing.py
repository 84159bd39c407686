"""Passing a report on to the one it is for: by a code that the filer gives away, or by the desk's hand; never by a name.

Only while nobody has it in hand: the word for the door was told to somebody then, and never moves.
"""

from __future__ import annotations

from handlers import rights
from handlers.people import dismissing, family
from handlers.questions import number_of
from handlers.tickets import behalf
from handlers.turn import Turn
from models.people import Person
from models.tickets import Ticket, can
from storage import readings, tickets
from storage.invitations import digest

VERB = "pass_on"


def command(turn: Turn, words: str) -> None:
    """/pass 12: a code for the one it is for; /pass 12 赵大爷: the desk hands it over."""
    number, _, who = words.strip().partition(" ")
    found = number_of(number.lstrip("#"))
    ticket = tickets.get(turn.tx, found) if found is not None else None
    if ticket is None or not rights.may(turn, VERB, ticket) or not _passes(ticket):
        return turn.answer("pass.how")
    if ticket.owner is not None:
        return turn.answer("behalf.mine_late", number=ticket.id)
    if who.strip() and turn.person.roles & rights.table().ticket[VERB]:
        return _by_hand(turn, ticket, who.strip())
    return _by_code(turn, ticket)


def _passes(ticket: Ticket) -> bool:
    return "for" in ticket.slots and ticket.is_open and ticket.life != "case" and can(ticket, "correct")


def _by_code(turn: Turn, ticket: Ticket) -> None:
    """The newest code counts; only its hash is kept, and only while nobody has taken it."""
    digits = "".join(turn.house.random.choice(family.DIGITS) for _ in range(8))
    turn.record(ticket, "correct", slots={**ticket.slots, behalf.PASSCODE: digest(digits)})
    spaced = turn.text("family.spaced").join(" ".join(part) for part in (digits[:4], digits[4:]))
    turn.answer("pass.code", code=spaced, number=ticket.id)


def _by_hand(turn: Turn, ticket: Ticket, who: str) -> None:
    """The desk knows who it is: exactly one person of this name or number, whom it can reach."""
    found = dismissing.named(turn, who)
    if len(found) > 1:
        numbers = "、".join(str(one.id) for one in found)
        return turn.answer("pass.several", name=who, numbers=numbers, number=ticket.id)
    if not found or found[0].chat is None or found[0].id == ticket.reporter:
        return turn.answer("pass.nobody", name=who)
    readings.note(turn.tx, turn.person.id, ticket, "desk", turn.now)
    behalf.pass_on(turn, ticket, found[0])
    return turn.answer("pass.done", number=ticket.id, name=found[0].called)


def redeem(turn: Turn, code: str) -> bool:
    """Take over the report whose code was said; False when it is none."""
    ticket = _with_code(turn, digest(code.replace("-", "")), turn.person)
    if ticket is None:
        return False
    if ticket.owner is not None:
        turn.answer("behalf.mine_late", number=ticket.id)
    else:
        behalf.pass_on(turn, ticket, turn.person)
    return True


def _with_code(turn: Turn, kept: str, person: Person) -> Ticket | None:
    return next(
        (
            one
            for one in tickets.open_in(turn.tx)
            if one.slots.get(behalf.PASSCODE) == kept and one.reporter != person.id and _passes(one)
        ),
        None,
    )
