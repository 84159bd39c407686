"""Conditions of bookings, from the tables."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.truth.said import Said, Truth
from tests.support.truth.tasks import status

HOLDS = ("open", "accepted", "offered")
"""Statuses in which a place is held."""


def place(held: bool, *statuses: str) -> Truth:
    """A place in an opening is held for it, or none; and it stands in one of these statuses, when some are named."""

    def truth(said: Said) -> str:
        row = said.tx.one("SELECT 1 FROM booked WHERE ticket = ?", said.about)
        if (row is not None) != held:
            return "a place is held" if row else "no place is held"
        return status(*statuses)(said) if statuses else ""

    return truth


def line(said: Said) -> str:
    """It stands in line."""
    row = said.tx.one("SELECT 1 FROM waiting WHERE ticket = ?", said.about)
    return status("waiting")(said) or ("" if row else "it is in no line")


TRUTHS: Mapping[str, Truth] = {
    "booking.held": place(True, "open", "accepted"),
    "booking.open": place(True, "open"),
    "booking.accepted": place(True, "accepted"),
    "booking.waiting": line,
    "booking.offered": place(True, "offered"),
    "booking.over": place(False),
    "booking.declined": place(False, "declined"),
    "booking.past": place(False, "past"),
    "booking.missed": status("missed"),
}
