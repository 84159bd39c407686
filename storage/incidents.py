"""Incidents, their steps, who was alerted, who is to be called first, and relatives who may be told."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from models.incidents import LIVE, Incident, Step, evolve
from storage.database import Row, Transaction, millis, moment

_TIMES = frozenset(field.name for field in fields(Incident) if field.name.endswith("_at"))
_COLUMNS = tuple(field.name for field in fields(Incident))
_LIVE = ", ".join(f"'{status}'" for status in LIVE)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM incident"


def _store(name: str, value: Any) -> Any:
    if name in _TIMES:
        return None if value is None else millis(value)
    return json.dumps(value) if name == "families" else value


def _load(name: str, value: Any) -> Any:
    if name in _TIMES:
        return None if value is None else moment(value)
    return tuple(json.loads(value)) if name == "families" else value


def _incident(row: Row) -> Incident:
    return Incident(**{name: _load(name, row[name]) for name in _COLUMNS})


def add(tx: Transaction, incident: Incident, now: datetime, actor: int | None, **data: Any) -> Incident:
    """Open an incident; the ticket of the same number is there already."""
    opened = evolve(incident, "open", opened_at=now, active_at=now)
    values = {name: _store(name, getattr(opened, name)) for name in _COLUMNS}
    tx.run(f"INSERT INTO incident ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", *values.values())
    join(tx, opened.id, opened.mark)
    log(tx, opened.id, Step("open", now, actor, data))
    return opened


def record(
    tx: Transaction,
    incident: Incident,
    action: str,
    now: datetime,
    actor: int | None,
    data: dict[str, Any],
    **changes: Any,
) -> Incident:
    """Let something happen to an incident; raises ``NotNow`` when its life has no row for it."""
    after = evolve(incident, action, **changes)
    values = {name: _store(name, getattr(after, name)) for name in ("status", *changes)}
    tx.run(f"UPDATE incident SET {', '.join(f'{n} = ?' for n in values)} WHERE id = ?", *values.values(), incident.id)
    log(tx, incident.id, Step(action, now, actor, data))
    return after


def touch(tx: Transaction, incident: Incident, **changes: Any) -> None:
    """Change what is no step of its own."""
    settings = ", ".join(f"{name} = ?" for name in changes)
    values = [_store(name, value) for name, value in changes.items()]
    tx.run(f"UPDATE incident SET {settings} WHERE id = ?", *values, incident.id)


def log(tx: Transaction, number: int, step: Step) -> None:
    """Write a step down."""
    tx.run(
        "INSERT INTO incident_step (incident, action, at, actor, data) VALUES (?, ?, ?, ?, ?)",
        number,
        step.action,
        millis(step.at),
        step.actor,
        json.dumps(step.data, ensure_ascii=False),
    )


def steps(tx: Transaction, number: int) -> list[Step]:
    """Everything that happened to an incident, in order."""
    rows = tx.all("SELECT action, at, actor, data FROM incident_step WHERE incident = ? ORDER BY id", number)
    return [Step(row["action"], moment(row["at"]), row["actor"], json.loads(row["data"])) for row in rows]


def join(tx: Transaction, number: int, mark: str) -> None:
    """One more event belongs to an incident."""
    tx.run("INSERT INTO incident_mark (mark, incident) VALUES (?, ?) ON CONFLICT DO NOTHING", mark, number)


# ---------------------------------------------------------------- finding


def get(tx: Transaction, number: int) -> Incident | None:
    """An incident by its number."""
    row = tx.one(f"{_SELECT} WHERE id = ?", number)
    return _incident(row) if row else None


def by_mark(tx: Transaction, mark: str) -> Incident | None:
    """The incident an event belongs to."""
    row = tx.one(f"{_SELECT} WHERE id = (SELECT incident FROM incident_mark WHERE mark = ?)", mark)
    return _incident(row) if row else None


def known_marks(tx: Transaction, marks: Iterable[str]) -> set[str]:
    """Those of these marks that belong to an incident."""
    return {mark for mark in marks if tx.one("SELECT 1 FROM incident_mark WHERE mark = ?", mark)}


def live_of(tx: Transaction, person: int) -> Incident | None:
    """The newest incident of a person that is still going on; drills are none."""
    row = tx.one(
        f"{_SELECT} WHERE person = ? AND kind <> 'drill' AND status IN ({_LIVE}) ORDER BY id DESC LIMIT 1",
        person,
    )
    return _incident(row) if row else None


def about(tx: Transaction, person: int) -> list[Incident]:
    """Everything not closed that somebody is in or has in hand, newest first."""
    rows = tx.all(f"{_SELECT} WHERE status <> 'closed' AND (person = ? OR holder = ?) ORDER BY id DESC", person, person)
    return [_incident(row) for row in rows]


def unclosed(tx: Transaction) -> list[Incident]:
    """Everything that is not closed, oldest first."""
    return [_incident(row) for row in tx.all(f"{_SELECT} WHERE status <> 'closed' ORDER BY id")]


def held_by(tx: Transaction, person: int) -> list[Incident]:
    """What somebody has in hand, newest first; also what is over and wants its cause."""
    rows = tx.all(f"{_SELECT} WHERE status <> 'closed' AND holder = ? ORDER BY id DESC", person)
    return [_incident(row) for row in rows]


def newest(tx: Transaction, limit: int) -> list[Incident]:
    """The newest incidents."""
    return [_incident(row) for row in tx.all(f"{_SELECT} ORDER BY id DESC LIMIT ?", limit)]


# ---------------------------------------------------------------- people


def alert(tx: Transaction, number: int, person: int, rung: str, now: datetime) -> None:
    """Somebody is being alerted."""
    tx.run(
        "INSERT INTO incident_alerted (incident, person, rung, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        number,
        person,
        rung,
        millis(now),
    )


def alerted(tx: Transaction, number: int) -> dict[int, str]:
    """Who was alerted, each with the rung on which it happened first."""
    rows = tx.all("SELECT person, rung FROM incident_alerted WHERE incident = ? ORDER BY at, person", number)
    return {row["person"]: row["rung"] for row in rows}


def alerted_to(tx: Transaction, person: int) -> list[Incident]:
    """What is going on that somebody was alerted to, newest first."""
    rows = tx.all(
        f"{_SELECT} WHERE status IN ({_LIVE}) AND id IN (SELECT incident FROM incident_alerted WHERE person = ?)"
        " ORDER BY id DESC",
        person,
    )
    return [_incident(row) for row in rows]


def caution(tx: Transaction, person: int, by: int | None, now: datetime, on: bool = True) -> None:
    """Mark somebody 「先打电话核实」, or take the mark away."""
    tx.run("DELETE FROM caution WHERE person = ?", person)
    if on:
        tx.run("INSERT INTO caution (person, marked_by, at) VALUES (?, ?, ?)", person, by, millis(now))


def is_cautioned(tx: Transaction, person: int | None) -> bool:
    """Whether somebody is to be called first."""
    return person is not None and tx.one("SELECT 1 FROM caution WHERE person = ?", person) is not None


def add_kin(tx: Transaction, person: int, relative: int, now: datetime) -> None:
    """A relative who may be told."""
    tx.run(
        "INSERT INTO kin (person, relative, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", person, relative, millis(now)
    )


def kin_of(tx: Transaction, person: int) -> list[int]:
    """The relatives of a person who may be told."""
    return [row["relative"] for row in tx.all("SELECT relative FROM kin WHERE person = ? ORDER BY relative", person)]


def is_due(tx: Transaction, key: str) -> bool:
    """Whether something with this key stands on the agenda."""
    return tx.one("SELECT 1 FROM agenda WHERE key = ?", key) is not None
