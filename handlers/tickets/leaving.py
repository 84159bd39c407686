"""Whoever goes, or may not help any more: what they hold is somebody else's again, what they asked for is off."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.tickets import calling_off, cards, steps, working
from handlers.turn import Turn
from models.people import GONE
from models.tickets import Ticket, can
from storage import dialogues, tickets


def stopped(turn: Turn, state: str) -> None:
    """Others do what they held; who is gone for good needs nothing more for themselves. A broken lamp stays broken."""
    give_back(turn, tickets.held_by(turn.tx, turn.person.id))
    if state in GONE:
        _withdraw(turn, [one for one in tickets.open_of(turn.tx, turn.person.id) if _is_personal(turn, one)])


def erased(turn: Turn) -> None:
    """Their work goes back, and all their own wishes are withdrawn."""
    give_back(turn, tickets.held_by(turn.tx, turn.person.id))
    _withdraw(turn, tickets.open_of(turn.tx, turn.person.id))


def _is_personal(turn: Turn, ticket: Ticket) -> bool:
    flow = turn.house.flows.get(ticket.flow)
    return flow is not None and flow.personal


def _withdraw(turn: Turn, mine: Iterable[Ticket]) -> None:
    for ticket in mine:
        if not ticket.joined and can(ticket, "cancel"):
            calling_off.withdraw(turn, ticket)


def give_back(turn: Turn, held: Iterable[Ticket]) -> None:
    """What the speaker holds is somebody else's again."""
    for ticket in held:
        tickets.let_go(turn.tx, ticket.id, turn.now, turn.person.id)
        if ticket.flow == "desk" and can(ticket, "reoffer"):
            again = steps.step(turn, ticket, "reoffer", owner=None)
            dialogues.end_relay(turn.tx, ticket.id)
            cards.show_desk(turn, again, "still_open")
        elif can(ticket, "release"):
            working.back_to_group(turn, ticket, "release", turn.person)
        elif ticket.status == "open":
            steps.step(turn, ticket, "lend")
