"""The file that a person gets of everything kept about them: plain lines that an old person can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers import rows
from handlers.saying import titles
from handlers.settings import House
from models.places import decode_place
from storage import kept
from storage.database import Row, Transaction, moment

KEPT = kept.parts(
    "person",
    "accounts",
    "homes",
    "roles",
    "kin",
    "kin_of",
    "family_codes",
    "others",
    "listed",
    "listed_changes",
    "readings",
)
"""What this wing itself keeps about somebody: who they are stands first in their file."""


def text(tx: Transaction, house: House, person: int, now: datetime) -> str:
    """The whole file."""
    head = house.texts["privacy.file.head"].format(community=house.community.name, at=_local(house, now))
    declared = rows.installed().every("exports")
    names = sorted(declared, key=lambda name: name not in KEPT)
    parts = [_part(house, name, declared[name](tx, person)) for name in names]
    return "\n\n".join([head, *parts]) + "\n"


def _part(house: House, name: str, found: Sequence[Row]) -> str:
    lines = [_line(house, dict(row)) for row in found] or [house.texts["privacy.file.none"]]
    return "\n".join([f"== {house.texts[f'privacy.file.{name}']}", *lines])


def _line(house: House, row: Mapping[str, object]) -> str:
    shown = {name: _value(house, name, value) for name, value in row.items() if value not in (None, "", "{}", "[]")}
    return "- " + "；".join(
        f"{house.texts.get(f'privacy.column.{name}', name)} {value}" for name, value in shown.items()
    )


def _value(house: House, name: str, value: object) -> str:
    if name in ("home", "place") and isinstance(value, str):
        return titles.spelled(decode_place(value)) or "—"
    if name == "fen" and isinstance(value, int):
        return house.texts["privacy.file.yuan"].format(sum=f"{value / 100:g}")
    if name == "state" and isinstance(value, str):
        return house.texts.get(f"money.state.{value}", value)
    if isinstance(value, int) and (name == "at" or name.endswith("_at")):
        return _local(house, moment(value))
    return house.texts.get(f"register.{name}.{value}") or str(value)


def _local(house: House, at: datetime) -> str:
    return f"{at.astimezone(house.zone):%Y-%m-%d %H:%M}"
