"""Tickets and their events: every change is an event row and the row that follows from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from models.places import decode_place, encode_place
from models.tickets import OPEN, Ticket, TicketEvent, evolve
from storage.database import Row, Transaction, millis, moment

_TIMES = frozenset(field.name for field in fields(Ticket) if field.name.endswith("_at"))
_JSON = frozenset({"slots", "joined", "pictures"})
_COLUMNS = tuple(field.name for field in fields(Ticket))
_OPEN = ", ".join(f"'{status}'" for status in OPEN)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM ticket"


def _store(name: str, value: Any) -> Any:
    """A field of a ticket as the database keeps it."""
    if name in _TIMES:
        return None if value is None else millis(value)
    if name == "place":
        return encode_place(value)
    return json.dumps(value, ensure_ascii=False) if name in _JSON else value


def _load(name: str, value: Any) -> Any:
    """The field that :func:`_store` stored."""
    if name in _TIMES:
        return None if value is None else moment(value)
    if name == "place":
        return decode_place(value)
    if name in _JSON:
        loaded = json.loads(value)
        return tuple(loaded) if isinstance(loaded, list) else loaded
    return value


def _ticket(row: Row) -> Ticket:
    return Ticket(**{name: _load(name, row[name]) for name in _COLUMNS})


def add(tx: Transaction, flow: str, life: str, event: TicketEvent) -> Ticket:
    """Open a ticket with its first event; the database gives the number."""
    row = tx.one("SELECT coalesce(max(id), 0) + 1 AS id FROM ticket")
    assert row is not None
    ticket = evolve(Ticket(row["id"], flow, life), event)
    values = {name: _store(name, getattr(ticket, name)) for name in _COLUMNS} | {"building": ticket.place.building}
    tx.run(f"INSERT INTO ticket ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", *values.values())
    _log(tx, ticket.id, event)
    return ticket


def record(tx: Transaction, ticket: Ticket, event: TicketEvent) -> Ticket:
    """Let an event happen; raises ``NotPossible`` when the table of its life has no row for it."""
    after = evolve(ticket, event)
    values = {name: _store(name, getattr(after, name)) for name in ("status", *event.changes)}
    if "place" in values:
        values["building"] = after.place.building
    settings = ", ".join(f"{name} = ?" for name in values)
    tx.run(f"UPDATE ticket SET {settings} WHERE id = ?", *values.values(), ticket.id)
    _log(tx, ticket.id, event)
    return after


def claim(tx: Transaction, number: int, person: int, now: datetime) -> bool:
    """Win a ticket: one conditional UPDATE and a unique index; False for everybody but the first."""
    won = tx.run(
        "UPDATE ticket SET owner = ? WHERE id = ? AND status = 'open'"
        " AND NOT EXISTS (SELECT 1 FROM claim WHERE ticket = ? AND ended_at IS NULL)",
        person,
        number,
        number,
    )
    return won > 0 and _hold(tx, number, person, now)


def _hold(tx: Transaction, number: int, person: int, now: datetime, seat: int = 1) -> bool:
    sql = "INSERT INTO claim (ticket, person, seat, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
    return tx.run(sql, number, person, seat, millis(now)) > 0


def hold(tx: Transaction, number: int, person: int, now: datetime) -> bool:
    """Take up a claim again (a ticket that went back to the same person)."""
    return _hold(tx, number, person, now)


def sit(tx: Transaction, number: int, person: int, seats: int, now: datetime) -> bool:
    """Win a seat of a task that needs several pairs of hands; False when all are taken, or they sit there already."""
    taken = {row["seat"] for row in tx.all("SELECT seat FROM claim WHERE ticket = ? AND ended_at IS NULL", number)}
    free = next((seat for seat in range(1, seats + 1) if seat not in taken), None)
    return free is not None and _hold(tx, number, person, now, free)


def holders(tx: Transaction, number: int) -> list[int]:
    """Who holds a ticket now: the one who leads first, then further hands."""
    rows = tx.all("SELECT person FROM claim WHERE ticket = ? AND ended_at IS NULL ORDER BY seat", number)
    return [row["person"] for row in rows]


def let_go(tx: Transaction, number: int, now: datetime, person: int | None = None) -> None:
    """End every claim on a ticket, or one person's."""
    tx.run(
        "UPDATE claim SET ended_at = ? WHERE ticket = ? AND ended_at IS NULL AND (? IS NULL OR person = ?)",
        millis(now),
        number,
        person,
        person,
    )


def _log(tx: Transaction, number: int, event: TicketEvent) -> None:
    changes = {name: _store(name, value) for name, value in event.changes.items()}
    tx.run(
        "INSERT INTO ticket_event (ticket, action, at, actor, cause, changes) VALUES (?, ?, ?, ?, ?, ?)",
        number,
        event.action,
        millis(event.at),
        event.actor,
        event.cause,
        json.dumps(changes, ensure_ascii=False),
    )


def get(tx: Transaction, number: int) -> Ticket | None:
    """A ticket by its number."""
    row = tx.one(f"{_SELECT} WHERE id = ?", number)
    return _ticket(row) if row else None


def of_reporter(tx: Transaction, person: int, limit: int = 20) -> list[Ticket]:
    """A person's own tickets, newest first; joined ones too."""
    rows = tx.all(
        f"{_SELECT} WHERE reporter = ? OR (status IN ({_OPEN})"
        " AND EXISTS (SELECT 1 FROM json_each(joined) WHERE value = ?)) ORDER BY id DESC LIMIT ?",
        person,
        person,
        limit,
    )
    return [_ticket(row) for row in rows]


def caused(tx: Transaction, numbers: Iterable[int], cause: str) -> int | None:
    """Which of these tickets an event did something to, the last one."""
    wanted = list(numbers)
    row = tx.one(
        f"SELECT ticket FROM ticket_event WHERE ticket IN ({','.join('?' * len(wanted))}) AND cause = ? ORDER BY id DESC LIMIT 1",
        *wanted,
        cause,
    )
    return int(row["ticket"]) if row else None


def open_of(tx: Transaction, person: int) -> list[Ticket]:
    """What somebody reported and still waits for, oldest first."""
    rows = tx.all(f"{_SELECT} WHERE reporter = ? AND status IN ({_OPEN}) ORDER BY id", person)
    return [_ticket(row) for row in rows]


def of_helper(tx: Transaction, person: int, since: datetime) -> list[Ticket]:
    """What somebody led and finished since then, newest first."""
    rows = tx.all(f"{_SELECT} WHERE owner = ? AND done_at >= ? ORDER BY id DESC", person, millis(since))
    return [_ticket(row) for row in rows]


def held_by(tx: Transaction, person: int) -> list[Ticket]:
    """What a volunteer holds now, newest claim first."""
    rows = tx.all(
        f"SELECT {', '.join('t.' + name for name in _COLUMNS)} FROM claim c JOIN ticket t ON t.id = c.ticket"
        " WHERE c.person = ? AND c.ended_at IS NULL ORDER BY c.id DESC",
        person,
    )
    return [_ticket(row) for row in rows]


def open_in(tx: Transaction, queue: str | None = None) -> list[Ticket]:
    """Open tickets, of one queue or of all, oldest first."""
    rows = tx.all(
        f"{_SELECT} WHERE status IN ({_OPEN}) AND (? IS NULL OR queue = ?) ORDER BY id",
        queue,
        queue,
    )
    return [_ticket(row) for row in rows]


def alike(tx: Transaction, flow: str, category: str) -> list[Ticket]:
    """Open tickets of the same flow and category, oldest first."""
    rows = tx.all(
        f"{_SELECT} WHERE status IN ({_OPEN}) AND category = ? AND flow = ? ORDER BY id",
        category,
        flow,
    )
    return [_ticket(row) for row in rows]


def events_of(tx: Transaction, number: int) -> list[TicketEvent]:
    """Everything that happened to a ticket, in order."""
    rows = tx.all("SELECT action, at, actor, cause, changes FROM ticket_event WHERE ticket = ? ORDER BY id", number)
    return [_event(row) for row in rows]


def _event(row: Row) -> TicketEvent:
    changes: Mapping[str, Any] = json.loads(row["changes"])
    loaded = {name: _load(name, value) for name, value in changes.items()}
    return TicketEvent(row["action"], moment(row["at"]), row["actor"], row["cause"], loaded)


def rebuild(tx: Transaction, number: int) -> Ticket:
    """The ticket folded from its events alone; raises ``KeyError``."""
    row = tx.one("SELECT flow, life FROM ticket WHERE id = ?", number)
    if row is None:
        raise KeyError(number)
    ticket = Ticket(number, row["flow"], row["life"])
    for event in events_of(tx, number):
        ticket = evolve(ticket, event)
    return ticket


def numbers(tx: Transaction) -> list[int]:
    """The numbers of all tickets."""
    return [row["id"] for row in tx.all("SELECT id FROM ticket ORDER BY id")]


def taken_since(tx: Transaction, person: int, since: datetime) -> int:
    """How many tickets somebody took since a moment, also those they gave back."""
    row = tx.one("SELECT count(DISTINCT ticket) AS n FROM claim WHERE person = ? AND at >= ?", person, millis(since))
    return int(row["n"]) if row else 0
