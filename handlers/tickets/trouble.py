"""What is wrong with the service itself lies on the desk once, with what a person must do."""

from __future__ import annotations

from datetime import datetime

from handlers.settings import House
from handlers.tickets import desk
from handlers.turn import Turn
from models.events import Due
from models.people import Chat, Person
from storage import tickets
from storage.database import Transaction

NOWHERE = Chat(0, "clock", "clock", "private")


def tell(tx: Transaction, house: House, kind: str, now: datetime) -> list[int]:
    """Tell the desk of a kind of trouble, unless it lies there already; returns what is to be sent."""
    if any(ticket.category == kind for ticket in tickets.open_in(tx, "desk")):
        return []
    key = f"trouble:{kind}"
    turn = Turn(tx, house, now, Due(key, now, "trouble"), key, NOWHERE, Person(0))
    desk.open_ticket(turn, kind, words="—", answer=None)
    return turn.sent
