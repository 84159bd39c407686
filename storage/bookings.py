"""Places in openings, who waits for one, and days on which a service rests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta

from models.bookings import Service
from storage.database import Transaction, millis, moment


def take(tx: Transaction, service: Service, at: datetime, ticket: int) -> bool:
    """Take a place for a ticket, or move the ticket's place here; False when none is free and nothing was changed.

    The tables refuse a second ticket in one place, a second place for one ticket, and a provider in two places.
    """
    begun, until = millis(at), _until(service, at)
    seat = _free_seat(tx, service, begun)
    if seat is None or _elsewhere(tx, service, begun, until, ticket):
        return False
    return (
        tx.run(
            "INSERT INTO booked (service, at, seat, ticket, provider, until) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (ticket)"
            " DO UPDATE SET service = excluded.service, at = excluded.at, seat = excluded.seat,"
            " provider = excluded.provider, until = excluded.until",
            service.key,
            begun,
            seat,
            ticket,
            service.provider or None,
            until,
        )
        > 0
    )


def _until(service: Service, at: datetime) -> int:
    return millis(at + timedelta(minutes=service.minutes))


def _free_seat(tx: Transaction, service: Service, begun: int) -> int | None:
    rows = tx.all("SELECT seat FROM booked WHERE service = ? AND at = ?", service.key, begun)
    taken = {row["seat"] for row in rows}
    return next((seat for seat in range(service.capacity) if seat not in taken), None)


def _elsewhere(tx: Transaction, service: Service, begun: int, until: int, ticket: int) -> bool:
    """Whether the provider is with somebody of another opening then."""
    return bool(
        service.provider
        and tx.one(
            "SELECT 1 FROM booked WHERE provider = ? AND at < ? AND until > ? AND ticket <> ?"
            " AND (service <> ? OR at <> ?) LIMIT 1",
            service.provider,
            until,
            begun,
            ticket,
            service.key,
            begun,
        )
    )


def places(tx: Transaction, service: Service, start: datetime, end: datetime) -> Callable[[datetime], bool]:
    """Tells of an opening within a span whether a place is left: not full, the provider nowhere else, not shut."""
    span = (millis(start), millis(end))
    rows = tx.all(
        "SELECT service, at, until, count(*) AS places FROM booked WHERE (service = ? OR provider = ?)"
        " AND until >= ? AND at <= ? GROUP BY service, at, until",
        service.key,
        service.provider or None,
        *span,
    )
    gone = tx.all(
        "SELECT at, until FROM shut WHERE (service = ? OR provider = ?) AND until >= ? AND at <= ?",
        service.key,
        service.provider or None,
        *span,
    )
    taken = {row["at"]: row["places"] for row in rows if row["service"] == service.key}
    kept = [(row["at"], row["until"], row["service"]) for row in rows if service.provider]
    kept += [(row["at"], row["until"], "") for row in gone]

    def has_place(at: datetime) -> bool:
        begun, until = millis(at), _until(service, at)
        here = ((a, key) for a, b, key in kept if a < until and begun < b)
        return taken.get(begun, 0) < service.capacity and all(other == (begun, service.key) for other in here)

    return has_place


def leave(tx: Transaction, ticket: int) -> bool:
    """Give a ticket's place back; False when it had none."""
    return tx.run("DELETE FROM booked WHERE ticket = ?", ticket) > 0


def tickets_between(tx: Transaction, service: str, start: datetime, end: datetime) -> list[int]:
    """The tickets that have a place in a span, in the order of the day."""
    rows = tx.all(
        "SELECT ticket FROM booked WHERE service = ? AND at >= ? AND at < ? ORDER BY at, seat",
        service,
        millis(start),
        millis(end),
    )
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


def lines(tx: Transaction, services: Collection[str], start: datetime, end: datetime) -> list[tuple[str, datetime]]:
    """Openings of these services that begin in a span and have a line, the longest wait first."""
    rows = tx.all(
        "SELECT service, at FROM waiting WHERE at >= ? AND at < ? GROUP BY service, at ORDER BY min(id)",
        millis(start),
        millis(end),
    )
    return [(row["service"], moment(row["at"])) for row in rows if row["service"] in services]


def waiting_between(tx: Transaction, service: str, start: datetime, end: datetime) -> list[int]:
    """The tickets that wait for an opening in a span, the longest wait first."""
    rows = tx.all(
        "SELECT ticket FROM waiting WHERE service = ? AND at >= ? AND at < ? ORDER BY id",
        service,
        millis(start),
        millis(end),
    )
    return [row["ticket"] for row in rows]


def shut(tx: Transaction, service: Service, at: datetime) -> None:
    """Nobody else is put into this time: the provider cannot keep it."""
    tx.run(
        "INSERT INTO shut (service, at, until, provider) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        service.key,
        millis(at),
        _until(service, at),
        service.provider or None,
    )


def open_again(tx: Transaction, service: str, start: datetime, end: datetime) -> None:
    """Times that were shut in a span can be booked again."""
    tx.run("DELETE FROM shut WHERE service = ? AND at >= ? AND at < ?", service, millis(start), millis(end))


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
