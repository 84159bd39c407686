"""When a booking is looked at: the evening before, two hours before, and when it is over. One row on the agenda each."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers import clock
from handlers.turn import Turn
from models.tickets import Ticket


def looks(turn: Turn, at: datetime, minutes: int) -> tuple[tuple[str, datetime], ...]:
    """The steps of a booking in order, none of them while people sleep."""
    zone, hours = turn.house.zone, turn.house.hours
    local = at.astimezone(zone)
    eve = datetime.combine(local.date() - timedelta(days=1), hours.evening, zone)
    wakes = datetime.combine(local.date(), hours.wakes, zone)
    soon = max(local - timedelta(minutes=turn.house.timing.soon), min(wakes, local))
    return ("eve", eve), ("soon", soon), ("end", local + timedelta(minutes=minutes))


def once_more(turn: Turn, ticket: Ticket, step: str = "again") -> None:
    """Look at a booking that is over the next morning; nobody said yet who came."""
    morning = clock.tomorrow(turn.now, turn.house.hours, turn.house.zone)
    turn.later(f"booking:{ticket.id}", morning, "booking.look", chat=ticket.chat, ticket=ticket.id, step=step)


def watch(turn: Turn, ticket: Ticket, at: datetime, minutes: int) -> bool:
    """Write the next look at a booking; whether it will be a reminder."""
    found = next(((step, when) for step, when in looks(turn, at, minutes) if when > turn.now), None)
    if found is None:
        turn.drop(f"booking:{ticket.id}")
        return False
    turn.later(
        f"booking:{ticket.id}",
        found[1],
        "booking.look",
        chat=ticket.chat,
        ticket=ticket.id,
        step=found[0],
    )
    return found[0] != "end"
