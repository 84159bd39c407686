"""The community's list of residents, with its history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from models.households import Door, Facts, Listed
from storage.database import Row, Transaction, millis, moment

_LISTED = (
    "SELECT r.id, r.name, r.phone, r.tenure, r.alone, r.phoneless, r.consent, r.person, h.building, h.unit, h.room"
    " FROM resident r JOIN household h ON h.id = r.household"
)


def everybody(tx: Transaction) -> list[Listed]:
    """The whole list, in the order in which it grew."""
    return [_listed(row) for row in tx.all(f"{_LISTED} ORDER BY r.id")]


def called(tx: Transaction, name: str) -> list[Listed]:
    """Everybody of this name."""
    return [_listed(row) for row in tx.all(f"{_LISTED} WHERE r.name = ? ORDER BY r.id", name)]


def behind(tx: Transaction, door: Door) -> list[Listed]:
    """Everybody behind a door."""
    found = tx.all(f"{_LISTED} WHERE h.building = ? AND h.unit = ? AND h.room = ? ORDER BY r.id", *door)
    return [_listed(row) for row in found]


def numbered(tx: Transaction, number: int) -> Listed | None:
    """The one under this number of the list."""
    row = tx.one(f"{_LISTED} WHERE r.id = ?", number)
    return _listed(row) if row else None


def of_person(tx: Transaction, person: int) -> Listed | None:
    """The entry of somebody on the bot."""
    row = tx.one(f"{_LISTED} WHERE r.person = ?", person)
    return _listed(row) if row else None


def add(tx: Transaction, facts: Facts, source: str, now: datetime) -> int:
    """A new entry; returns its number."""
    row = tx.one(
        "INSERT INTO resident (household, name, phone, tenure, alone, phoneless, consent, listed_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        _household(tx, facts.door),
        facts.name,
        facts.phone,
        facts.tenure,
        facts.alone,
        facts.phoneless,
        facts.consent,
        millis(now),
    )
    assert row is not None
    _note(tx, row["id"], {"door": ("", str(facts.door))}, source, now)
    return int(row["id"])


def change(tx: Transaction, listed: Listed, newer: Facts, source: str, now: datetime) -> None:
    """Keep what a newer list says otherwise; what was so before stays in the history."""
    changes = listed.facts.changes(newer)
    for field in changes.keys() - {"door"}:
        assert field in Facts.__dataclass_fields__
        tx.run(f"UPDATE resident SET {field} = ? WHERE id = ?", getattr(newer, field), listed.id)
    if "door" in changes:
        tx.run("UPDATE resident SET household = ? WHERE id = ?", _household(tx, newer.door), listed.id)
    if changes:
        _note(tx, listed.id, changes, source, now)


def link(tx: Transaction, number: int, person: int | None) -> None:
    """Say who on the bot this is, or that it is nobody."""
    tx.run("UPDATE resident SET person = ? WHERE id = ?", person, number)


def history(tx: Transaction, number: int) -> list[tuple[datetime, str, Mapping[str, tuple[str, str]]]]:
    """When, from which list and what of an entry changed, oldest first."""
    rows = tx.all("SELECT at, source, changes FROM resident_event WHERE resident = ? ORDER BY id", number)
    return [(moment(row["at"]), row["source"], json.loads(row["changes"])) for row in rows]


def forget(tx: Transaction, person: int) -> None:
    """Take somebody off the list, with everything that the list ever said of them."""
    for row in tx.all("SELECT id FROM resident WHERE person = ?", person):
        tx.run("UPDATE reading SET resident = NULL WHERE resident = ?", row["id"])
        tx.run("DELETE FROM resident_event WHERE resident = ?", row["id"])
        tx.run("DELETE FROM resident WHERE id = ?", row["id"])


def _household(tx: Transaction, door: Door) -> int:
    row = tx.one(
        "INSERT INTO household (building, unit, room) VALUES (?, ?, ?)"
        " ON CONFLICT (building, unit, room) DO UPDATE SET room = excluded.room RETURNING id",
        *door,
    )
    assert row is not None
    return int(row["id"])


def _note(tx: Transaction, number: int, changes: Mapping[str, tuple[str, str]], source: str, now: datetime) -> None:
    tx.run(
        "INSERT INTO resident_event (resident, at, source, changes) VALUES (?, ?, ?, ?)",
        number,
        millis(now),
        source,
        json.dumps(changes, ensure_ascii=False),
    )


def _listed(row: Row) -> Listed:
    door = Door(row["building"], row["unit"], row["room"])
    facts = Facts(row["name"], door, row["phone"], row["tenure"], row["alone"], row["phoneless"], row["consent"])
    return Listed(row["id"], facts, row["person"])
