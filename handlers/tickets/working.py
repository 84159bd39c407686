"""The work on a taken task until it is done or given back, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handlers import clock, rights, rows
from handlers.saying import titles
from handlers.tickets import cards, clocks, desk, hands, promises, steps
from handlers.turn import Turn
from models.outgoing import Button
from models.people import Person
from models.tickets import Ticket, can
from storage import dialogues, people, tickets

ROLES = rights.HELPING


def to_helper(turn: Turn, key: str, **values: Any) -> None:
    """Answer a helper in private where that is possible."""
    turn.say(turn.person.chat or turn.chat.id, key, **values)


def start(turn: Turn, ticket: Ticket) -> None:
    """The helper is on the way."""
    ticket = steps.step(turn, ticket, "start")
    buttons = [turn.button(verb, verb, ticket.id) for verb in ("arrive", "finish", "release")]
    _to_helper_with(turn, "work.started", ticket, buttons)
    turn.say(ticket.chat, "ticket.enroute", about=ticket.id, helper=turn.person.called, code=ticket.code)


def arrive(turn: Turn, ticket: Ticket) -> None:
    """The helper stands at the door."""
    ticket = steps.step(turn, ticket, "arrive")
    _to_helper_with(turn, "work.arrived", ticket, [turn.button("finish", "finish", ticket.id)])
    turn.say(ticket.chat, "ticket.arrived", about=ticket.id, helper=turn.person.called, code=ticket.code)


def finish(turn: Turn, ticket: Ticket) -> None:
    """Done, says the helper; the resident will be asked, and what was asked between the two is over."""
    dialogues.forget_questions(turn.tx, ticket.id, "line", "wait", "wait_until", "hour")
    hands.tell_others(turn, ticket, "hands.done")
    tickets.let_go(turn.tx, ticket.id, turn.now)
    ticket = steps.step(turn, ticket, "finish", done_at=turn.now, responded_at=ticket.responded_at or turn.now)
    _to_helper_with(turn, "work.done", ticket, [])
    turn.say(
        ticket.chat, "ticket.done", about=ticket.id, helper=turn.person.called, title=titles.title(turn.house, ticket)
    )
    for person in ticket.joined:
        turn.say(
            people.get(turn.tx, person).chat,
            "ticket.done_joined",
            about=ticket.id,
            title=titles.title(turn.house, ticket),
        )


def release(turn: Turn, ticket: Ticket) -> None:
    """The helper cannot come; no reproach, back to the group."""
    back_to_group(turn, ticket, "release", turn.person)
    _to_helper_with(turn, "work.released", ticket, [])


def back_to_group(turn: Turn, ticket: Ticket, action: str, leaving: Person | None = None) -> None:
    """A ticket is open again: offered, and its resident is told; others who hold it too stay when one leaves."""
    tickets.let_go(turn.tx, ticket.id, turn.now, leaving.id if leaving else None)
    others = tickets.holders(turn.tx, ticket.id)
    relay = dialogues.relay_of(turn.tx, ticket.id)
    if relay is not None and relay.helper == ticket.owner:
        dialogues.end_relay(turn.tx, ticket.id)
    helper = people.get(turn.tx, ticket.owner).called if ticket.owner else ""
    answered = ticket.responded_at if others else None  # given back is not answered
    ticket = steps.step(turn, ticket, action, owner=None, responded_at=answered)
    hands.tell_others(turn, ticket, "hands.again")
    offer(turn, ticket, "group.again")
    _tell_of_it(turn, ticket, "ticket.returned" if action == "return" else "ticket.released", helper)


def _tell_of_it(turn: Turn, ticket: Ticket, told: str, helper: str) -> None:
    """The resident hears that somebody else is looked for; where the promise is over, until when they hear again."""
    title, when = titles.title(turn.house, ticket), ""
    if ticket.promised_at is not None and ticket.promised_at <= turn.now:
        until = clock.due(turn.now, turn.house.timing.promise["P1"], turn.house.hours, turn.house.zone)
        promises.look_for_answer(turn, ticket, until, 0)
        told, when = f"{told}_late", clock.clock(turn.now, until, turn.house.zone)
    kind = "reminder" if told.startswith("ticket.returned") else "answer"
    turn.say(ticket.chat, told, kind=kind, about=ticket.id, number=ticket.id, helper=helper, title=title, until=when)


def unreachable(turn: Turn) -> bool:
    """Whoever took something and cannot be written to never gets its details: it goes back, and the desk hears which."""
    held = [one for one in tickets.held_by(turn.tx, turn.person.id) if one.flow != "desk" and can(one, "release")]
    for ticket in held:
        back_to_group(turn, ticket, "release", turn.person)
        desk.open_ticket(turn, "helpergone", words="—", answer=None, about=ticket.id)
    return bool(held)


def offer(turn: Turn, ticket: Ticket, key: str, kind: str = "answer") -> None:
    """Ask the group who is free: for all of it, or for the hands that are missing."""
    missing = hands.missing(turn, ticket)
    partly = 0 < missing < hands.needed(ticket)
    cards.offer(turn, ticket, "hands.some_missing" if partly else key, missing, kind)


def delay(turn: Turn, ticket: Ticket, minutes: int) -> None:
    """The helper is later than thought by so many minutes: the clock waits as long."""
    turn.record(ticket, "watch")
    clocks.postpone(turn, ticket, minutes)


def to_desk(turn: Turn, ticket: Ticket, reason: str) -> None:
    """The desk has it now, and is told why."""
    cards.show_desk(turn, ticket, reason)


def defer(turn: Turn, ticket: Ticket) -> None:
    """The helper comes a little later: the clock waits."""
    turn.record(ticket, "watch")
    clocks.postpone(turn, ticket)
    _to_helper_with(turn, "work.deferred", ticket, [])


def _to_helper_with(turn: Turn, key: str, ticket: Ticket, buttons: list[Button]) -> None:
    chat = turn.person.chat or turn.chat.id
    turn.say(chat, key, *buttons, about=ticket.id, wide=3, number=ticket.id)


ACTIONS: Mapping[str, tuple[str, Callable[[Turn, Ticket], None]]] = {
    "start": ("start", start),
    "arrive": ("arrive", arrive),
    "finish": ("finish", finish),
    "release": ("release", release),
    "defer": ("watch", defer),
}
"""Verb of a button → action in the table of lives, and what is done; other wings declare more."""


def act(turn: Turn, verb: str, number: int) -> None:
    """Do one step of the work, if the speaker holds the ticket now."""
    ticket = tickets.get(turn.tx, number)
    step: rows.Step = rows.installed().every("work")[verb]
    action, work = step
    if not rights.may(turn, verb, ticket):
        return rights.refuse(turn, verb, ticket)
    if ticket is not None and ticket.status == "open" and verb == "release" and hands.is_on(turn, ticket, turn.person):
        return hands.stand_up(turn, ticket)
    if ticket is None or not hands.is_on(turn, ticket, turn.person) or not can(ticket, action) or not _is_going(ticket):
        return _not_now(turn, ticket, number)
    return work(turn, ticket)


def _not_now(turn: Turn, ticket: Ticket | None, number: int) -> None:
    """Why nothing is done: it is over, it is not theirs, it is and that was done already, or other hands are missing."""
    if ticket is None or not ticket.is_open:
        return to_helper(turn, "press.stale", number=number)
    if not hands.is_on(turn, ticket, turn.person):
        return to_helper(turn, "work.given_back", number=number)
    left = hands.missing(turn, ticket)
    return to_helper(turn, "hands.sat" if left else "claim.yours", about=ticket.id, number=number, missing=left)


def _is_going(ticket: Ticket) -> bool:
    """Whether somebody is on their way or about to be."""
    return ticket.is_open and ticket.owner is not None


def pressed(verb: str, turn: Turn, number: int) -> None:
    """A helper's button."""
    act(turn, verb, number)
