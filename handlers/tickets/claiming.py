"""A task is taken: the first one wins, everybody else is told kindly why not."""

from __future__ import annotations

from datetime import timedelta

from handlers import allowances, rights
from handlers.questions import number_of
from handlers.saying import titles
from handlers.settings import House
from handlers.situation import Situation
from handlers.tickets import behalf, desk, dispatch, hands, money, steps
from handlers.tickets.working import ROLES, to_helper
from handlers.turn import Turn
from handlers.understanding import numbered
from models.meaning import Question
from models.people import Person
from models.tickets import Ticket
from storage import tickets

HELPERS = ("volunteer", "property", "desk", "manager")


def may_help(person: Person) -> bool:
    """Whether somebody holds a role that may claim."""
    return bool(person.roles & ROLES)


def claim(turn: Turn, number: int) -> None:
    """Take a task: the first one wins, everybody else is told kindly."""
    ticket = tickets.get(turn.tx, number)
    refusal = refusal_of(turn, ticket)
    if refusal or ticket is None:
        return to_helper(turn, refusal or "claim.unknown", number=number, count=allowances.OPEN_TASKS)
    if hands.needed(ticket) > 1:
        hands.sit(turn, ticket)
        return money.named(turn, number)
    if not tickets.claim(turn.tx, number, turn.person.id, turn.now):
        return to_helper(turn, "claim.lost", number=number)
    responded = ticket.responded_at or turn.now
    ticket = steps.step(turn, ticket, "accept", owner=turn.person.id, accepted_at=turn.now, responded_at=responded)
    won(turn, ticket)
    return money.named(turn, number)


def refusal_of(turn: Turn, ticket: Ticket | None) -> str | None:
    """Why somebody may not take this ticket, as the key of a text."""
    if not rights.may(turn, "claim", ticket):
        return "claim.stranger"
    if ticket is None or ticket.flow == "desk" or ticket.life != "task":
        return "claim.unknown"
    if ticket.is_open and hands.is_on(turn, ticket, turn.person):
        return "claim.yours"
    if ticket.reporter == turn.person.id and "for" not in ticket.slots:
        return "claim.own"
    if turn.person.chat is None:
        return "claim.nochat"
    if not dispatch.may_take(turn, turn.person, ticket):
        return "claim.notyours"
    if not hands.may_enter(turn, turn.person, ticket):
        return "claim.vetted"
    if ticket.status == "open" and (full := _has_enough(turn)):
        return full
    return None if ticket.status == "open" else ("claim.over" if not ticket.is_open else "claim.lost")


def _has_enough(turn: Turn) -> str | None:
    """Three tasks at once and so many a week: nobody collects addresses. Staff of the desk are not counted."""
    if turn.person.roles & desk.SEATED:
        return None
    held = [one for one in turn.situation.held if one.life == "task" and one.flow != "desk" and one.is_open]
    if len(held) >= allowances.OPEN_TASKS:
        return "claim.enough"
    week = allowances.table()[0]["claims"]
    taken = tickets.taken_since(turn.tx, turn.person.id, turn.now - timedelta(minutes=week.minutes))
    return "claim.week" if taken >= week.count else None


def won(turn: Turn, ticket: Ticket) -> None:
    """Tell the winner and the resident; a harvest of addresses is told to the desk."""
    if allowances.use(turn, "harvest") == 1:
        desk.open_ticket(turn, "harvest", words=turn.person.called, answer=None)
    hands.details(turn, ticket)
    turn.say(
        ticket.chat,
        behalf.told(ticket, "ticket.accepted"),
        about=ticket.id,
        helper=turn.person.called,
        number=ticket.id,
        code=ticket.code,
        title=titles.title(turn.house, ticket),
        who=ticket.slots.get("for", ""),
    )


def claim_command(turn: Turn, words: str) -> None:
    """/claim 37, or as an answer to the card."""
    number = number_of(words.strip().lstrip("#") or str(turn.replied_ticket() or ""))
    return claim(turn, number) if number is not None else turn.answer("claim.which")


def listens(house: House, known: Situation) -> Question | None:
    """The number of a task, where one may be taken: 接三十七号."""
    group = known.chat.kind == "group"
    if not group and not may_help(known.person):
        return None
    waiting = tickets.open_in(known.tx, known.chat.queue if group else None)
    return numbered(house, "claim", [str(one.id) for one in waiting if one.status == "open" and one.life == "task"])
