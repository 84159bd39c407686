"""What /ticket adds about one ticket: what it waits for, and what somebody was not satisfied with."""

from __future__ import annotations

from handlers.tickets import cards
from handlers.tickets import waiting as waits
from handlers.turn import Turn
from models.tickets import Ticket
from storage import people, tickets


def waiting(turn: Turn, ticket: Ticket) -> list[str]:
    """What it waits for, until when, and by whose word."""
    if ticket.status != "onhold":
        return []
    waiter = ticket.slots.get("waiter", "")
    who = people.get(turn.tx, int(waiter)).called if waiter.isdigit() else turn.text("managers.clock")
    why, until = (
        waits.why(turn, ticket),
        f"{until_at.astimezone(turn.house.zone):%m-%d %H:%M}" if (until_at := waits.until_of(ticket)) else "—",
    )
    return [turn.text("managers.waiting", why=why, until=until, who=who)]


def unhappy(turn: Turn, ticket: Ticket) -> list[str]:
    """The words of whoever was not satisfied with it, or what a complaint is about."""
    if line := cards.complaint(turn, ticket):
        return [line]
    if ticket.rating is None or ticket.reporter is None:
        return []
    people_asked = (ticket.reporter, *ticket.joined)
    found = (one for person in people_asked for one in tickets.of_reporter(turn.tx, person, 100))
    about = [one for one in found if one.category == "bad" and one.slots.get("about") == str(ticket.id)]
    return [turn.text("managers.unhappy", words=one.words) for one in about if one.words]
