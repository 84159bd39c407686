"""Who read whose details: written whenever details of a person are shown to somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.households import Listed
from models.tickets import Ticket
from storage.database import Row, Transaction, millis, moment


@dataclass(frozen=True)
class Reading:
    """Somebody was shown the details of somebody else."""

    reader: int | None
    person: int | None
    ticket: int | None
    cause: str
    """``claim``, ``desk``, ``ticket``, ``card`` or ``export``."""
    at: datetime


def note(tx: Transaction, reader: int, ticket: Ticket, cause: str, now: datetime) -> None:
    """Write down that somebody reads a ticket's details; one's own are nobody's business."""
    if ticket.reporter != reader:
        note_all(tx, reader, ticket.reporter, ticket.id, cause, now)


def note_all(tx: Transaction, reader: int, person: int | None, ticket: int | None, cause: str, now: datetime) -> None:
    """The same without a single ticket or person: an export holds many."""
    tx.run(
        "INSERT INTO reading (reader, person, ticket, cause, at) VALUES (?, ?, ?, ?, ?)",
        reader,
        person,
        ticket,
        cause,
        millis(now),
    )


def note_card(tx: Transaction, reader: int, listed: Listed, now: datetime) -> None:
    """Write down that somebody was shown the card of a resident of the list; one's own is nobody's business."""
    if listed.person != reader:
        tx.run(
            "INSERT INTO reading (reader, person, resident, cause, at) VALUES (?, ?, ?, 'card', ?)",
            reader,
            listed.person,
            listed.id,
            millis(now),
        )


def of_ticket(tx: Transaction, ticket: int, limit: int = 30) -> list[Reading]:
    """Who read the details of a ticket, newest first."""
    return [
        _reading(row)
        for row in tx.all("SELECT * FROM reading WHERE ticket = ? ORDER BY id DESC LIMIT ?", ticket, limit)
    ]


def of_person(tx: Transaction, person: int) -> list[Reading]:
    """Who read somebody's details, oldest first."""
    return [_reading(row) for row in tx.all("SELECT * FROM reading WHERE person = ? ORDER BY id", person)]


def _reading(row: Row) -> Reading:
    return Reading(row["reader"], row["person"], row["ticket"], row["cause"], moment(row["at"]))
