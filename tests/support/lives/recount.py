"""Figures and lists counted once more, from the events of tickets alone."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from models.tickets import Ticket
from storage import figures, tickets
from storage.database import Transaction

MINUTE = timedelta(minutes=1)


def differences(tx: Transaction, start: datetime, now: datetime) -> Iterator[str]:
    """Where the figures of what was opened since ``start`` are not what the events give."""
    found = figures.figures(tx, start, now, now)
    every = [tickets.rebuild(tx, number) for number in tickets.numbers(tx)]
    mine = [one for one in every if one.flow != "desk" and one.life != "case" and start <= (one.opened_at or now) < now]
    response = [(one.responded_at - one.opened_at) // MINUTE for one in mine if one.responded_at and one.opened_at]
    counted = {
        "opened": len(mine),
        "responded": len(response),
        "within": sum(_in_time(one) for one in mine),
        "promised": sum(bool(one.promised_at) and (bool(one.responded_at) or _past(one, now)) for one in mine),
        "done": sum(one.done_at is not None for one in mine),
        "confirmed": sum(one.confirmed_at is not None for one in mine),
        "reopened": sum(one.reopened > 0 for one in mine),
        "cancelled": sum(one.status == "cancelled" for one in mine),
        "ratings": dict(Counter(one.rating for one in mine if one.rating)),
    }
    for name, number in counted.items():
        if getattr(found, name) != number:
            yield f"{name}: {getattr(found, name)} told, {number} counted"
    median = statistics.median_low(response) if response else None
    if found.response.median != median:
        yield f"median of the response: {found.response.median} told, {median} counted"
    if sum(found.buildings.values()) != len(mine):
        yield f"buildings: {sum(found.buildings.values())} told, {len(mine)} counted"


def _in_time(ticket: Ticket) -> bool:
    return (
        ticket.responded_at is not None and ticket.promised_at is not None and ticket.responded_at <= ticket.promised_at
    )


def _past(ticket: Ticket, now: datetime) -> bool:
    return ticket.promised_at is not None and ticket.promised_at <= now
