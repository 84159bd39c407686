"""Places in openings, who waits for one, and days on which a service rests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from storage.database import Transaction, millis


def _free_seat(tx: Transaction, service: str, at: datetime, capacity: int) -> int | None:
    rows = tx.all("SELECT seat FROM booked WHERE service = ? AND at = ?", service, millis(at))
    taken = {row["seat"] for row in rows}
    return next((seat for seat in range(capacity) if seat not in taken), None)


def take(tx: Transaction, service: str, at: datetime, capacity: int, ticket: int) -> bool:
    """Take a place for a ticket, or move the ticket's place here; False when none is free and nothing was changed.

    The table itself refuses a second ticket in one place and a second place for one ticket.
    """
    seat = _free_seat(tx, service, at, capacity)
    if seat is None:
        return False
    return (
        tx.run(
            "INSERT INTO booked (service, at, seat, ticket) VALUES (?, ?, ?, ?) ON CONFLICT (ticket)"
            " DO UPDATE SET service = excluded.service, at = excluded.at, seat = excluded.seat",
            service, millis(at), seat, ticket,
        )
        > 0
    )  # fmt: skip


def leave(tx: Transaction, ticket: int) -> bool:
    """Give a ticket's place back; False when it had none."""
    return tx.run("DELETE FROM booked WHERE ticket = ?", ticket) > 0


def taken(tx: Transaction, service: str, start: datetime, end: datetime) -> dict[int, int]:
    """How many places are taken in each opening of a span, by its beginning in UTC milliseconds."""
    rows = tx.all(
        "SELECT at, count(*) AS places FROM booked WHERE service = ? AND at >= ? AND at <= ? GROUP BY at",
        service, millis(start), millis(end),
    )  # fmt: skip
    return {row["at"]: row["places"] for row in rows}


def tickets_between(tx: Transaction, service: str, start: datetime, end: datetime) -> list[int]:
    """The tickets that have a place in a span, in the order of the day."""
    rows = tx.all(
        "SELECT ticket FROM booked WHERE service = ? AND at >= ? AND at < ? ORDER BY at, seat",
        service, millis(start), millis(end),
    )  # fmt: skip
    return [row["ticket"] for row in rows]


def wait(tx: Transaction, service: str, at: datetime, ticket: int) -> None:
    """Stand in line for an opening."""
    tx.run("INSERT INTO waiting (service, at, ticket) VALUES (?, ?, ?)", service, millis(at), ticket)


def stop_waiting(tx: Transaction, ticket: int) -> bool:
    """Leave the line; False when not in it."""
    return tx.run("DELETE FROM waiting WHERE ticket = ?", ticket) > 0


def first_waiting(tx: Transaction, service: str, at: datetime) -> int | None:
    """The ticket that has waited longest for an opening."""
    row = tx.one("SELECT ticket FROM waiting WHERE service = ? AND at = ? ORDER BY id LIMIT 1", service, millis(at))
    return row["ticket"] if row else None


def pause(tx: Transaction, service: str, days: Iterable[date]) -> None:
    """The service rests on these days."""
    for day in days:
        tx.run("INSERT INTO pause (service, day) VALUES (?, ?) ON CONFLICT DO NOTHING", service, day.isoformat())


def resume(tx: Transaction, service: str, day: date | None) -> int:
    """The service rests no longer on a day, or on any; returns how many days that were."""
    if day is None:
        return tx.run("DELETE FROM pause WHERE service = ?", service)
    return tx.run("DELETE FROM pause WHERE service = ? AND day = ?", service, day.isoformat())


def paused(tx: Transaction, service: str) -> frozenset[date]:
    """The days on which a service rests."""
    rows = tx.all("SELECT day FROM pause WHERE service = ?", service)
    return frozenset(date.fromisoformat(row["day"]) for row in rows)


def of_person(tx: Transaction, person: int) -> list[int]:
    """A person's appointments that are still to come or waited for, oldest first."""
    rows = tx.all(
        "SELECT id FROM ticket WHERE reporter = ? AND life = 'appointment'"
        " AND status IN ('open', 'accepted', 'waiting', 'offered') ORDER BY id",
        person,
    )
    return [row["id"] for row in rows]
