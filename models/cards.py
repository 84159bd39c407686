"""What a group may see of a ticket: a type that cannot hold free text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.meaning import TimeExpression
from models.tickets import Ticket


@dataclass(frozen=True)
class GroupCard:
    """Keys and numbers only: no name, no words, no unit, no room."""

    ticket: int
    flow: str
    category: str
    building: str | None
    """Number of a building that the community has, else None."""
    spot: str | None
    """Name of a public spot that the community's list has, else None."""
    urgency: str
    status: str
    promised: int | None
    """Minute of the day until which somebody answers, local time."""
    hands: int = 1
    """How many people it takes …"""
    missing: int = 0
    """… and how many of them are not found yet."""
    when: TimeExpression | None = None
    """The time wished for, without the words it was said in."""


def group_card(
    ticket: Ticket,
    buildings: frozenset[str],
    spots: frozenset[str],
    promised: int | None,
    hands: int = 1,
    missing: int = 0,
    when: TimeExpression | None = None,
) -> GroupCard:
    """The card of a ticket; a building or spot that the community does not list is left out."""
    place = ticket.place
    building = place.building if buildings.issuperset((place.building or "-").split("、")) else None
    spot = place.spot if place.spot in spots else None
    return GroupCard(
        ticket.id,
        ticket.flow,
        ticket.category,
        building,
        spot,
        ticket.urgency,
        ticket.status,
        promised,
        hands,
        missing,
        replace(when, text="") if when else None,
    )
