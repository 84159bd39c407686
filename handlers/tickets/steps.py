"""One step of a ticket: it is recorded, the clock is set, and every card that shows it says so. Nobody does these by hand."""

from __future__ import annotations

from typing import Any

from handlers.tickets import cards, clocks
from handlers.turn import Turn
from models.tickets import Ticket

WORDS_ONLY = frozenset({"append", "answer", "join", "watch"})
"""Actions that move no clock and stand on no card, unless they changed what a card shows."""
UNSHOWN = frozenset({"confirm", "rate", "correct"})
"""Actions that only the resident and the desk know of."""
SHOWN = frozenset({"place", "category", "urgency"})
"""Fields whose change a card shows whatever happened."""


def step(turn: Turn, ticket: Ticket, action: str, *, after: str = "", **changes: Any) -> Ticket:
    """Let something happen to a ticket; raises ``NotPossible``. ``after`` names the look at it that was just done."""
    ticket = turn.record(ticket, action, **changes)
    if action not in WORDS_ONLY:
        clocks.watch(turn, ticket, after)
    if action not in WORDS_ONLY | UNSHOWN or changes.keys() & SHOWN:
        shown(turn, ticket)
    return ticket


def shown(turn: Turn, ticket: Ticket) -> None:
    """Every card of a ticket says how it stands now."""
    cards.show(turn, ticket)
    if ticket.flow != "desk" and ticket.life == "task":
        cards.refresh_desk(turn, ticket)
