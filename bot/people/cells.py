"""A row of the list as facts, or one line for each cell that cannot be."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from models.households import Door, Facts
from models.meaning import Lexicon, PlaceExpression
from nlu.places import existing, reading

NAME = re.compile(r"[^\W\d_][^\d]{0,19}")
PHONE = re.compile(r"(?:\+?86)?(\d{7,12})")
WRITTEN = {
    "building": re.compile(r"(?:号楼|号|栋|幢|座|楼)$"),
    "unit": re.compile(r"(?:单元|门)$"),
    "room": re.compile(r"(?:室|号|房)$"),
}
"""Key of a part of a door → the measure word that may stand behind it in its own column."""
JOINED = {"building": "号楼", "unit": "单元", "room": "室"}


@dataclass(frozen=True)
class Entry:
    """One row, read."""

    row: int
    facts: Facts
    household: str = ""
    """The list's own number of the household, where it has one."""


@cache
def columns() -> dict[str, dict[str, Any]]:
    """The columns of a list: headers, values, and what stands in the template."""
    return tomllib.loads(files("bot.people").joinpath("columns.toml").read_text(encoding="utf-8"))


def headers() -> dict[str, str]:
    """Header → key of its column."""
    return {name: key for key, column in columns().items() for name in column["names"]}


class Wrong(ValueError):
    """A cell that cannot be: ``key`` of its column, and what is wrong."""

    def __init__(self, key: str, what: str) -> None:
        """Name the column and what is wrong with the cell."""
        super().__init__(what)
        self.key = key


def read(row: int, cells: Mapping[str, str], lexicon: Lexicon) -> Entry:
    """The facts of a row; raises :class:`Wrong` at the first cell that cannot be."""
    phone, phoneless = _phone(cells.get("phone", "")), _value("phoneless", cells)
    if phone and phoneless == "yes":
        raise Wrong("phoneless", f"says yes, but there is a telephone number ({phone})")
    facts = Facts(
        _name(cells.get("name", "")),
        door(cells, lexicon),
        phone,
        _value("tenure", cells),
        _value("alone", cells),
        phoneless,
        _consent(cells),
    )
    return Entry(row, facts, cells.get("household", ""))


def _name(said: str) -> str:
    if not NAME.fullmatch(said):
        raise Wrong("name", f"{said!r} is no name" if said else "is missing")
    return said.replace(" ", "") if said.isascii() is False else said


def _phone(said: str) -> str:
    plain = re.sub(r"[\s()\-—]", "", said)
    found = PHONE.fullmatch(plain)
    if plain and not found:
        raise Wrong("phone", f"{said!r} is no telephone number of 7 to 12 digits")
    return found[1] if found else ""


def _value(key: str, cells: Mapping[str, str]) -> str:
    """The key of the word in a cell; empty when nothing stands there."""
    said = cells.get(key, "")
    table: Mapping[str, list[str]] = columns()[key]["values"]
    found = next((value for value, words in table.items() if said.upper() in words), "")
    if said and not found:
        raise Wrong(key, f"{said!r} is not one of {_words(key)}")
    return found


def _words(key: str) -> str:
    """The words that a cell of a column may hold."""
    return " / ".join(words[0] for words in columns()[key]["values"].values())


def _consent(cells: Mapping[str, str]) -> str:
    agreed, source = _value("consent", cells), _value("source", cells)
    if agreed == "yes" and not source:
        raise Wrong(
            "source",
            f"is missing: where did they agree? {' / '.join(w[0] for w in columns()['source']['values'].values())}",
        )
    return "no" if agreed == "no" else source if agreed == "yes" else ""


def door(cells: Mapping[str, str], lexicon: Lexicon) -> Door:
    """The door of a row, from three columns or from one; raises :class:`Wrong` when it is none or does not exist."""
    key, said = ("address", cells["address"]) if cells.get("address") else ("room", _joined(cells))
    found = [one for one in reading.find(said, lexicon) if one.building]
    if len(found) != 1 or not found[0].room:
        raise Wrong(key, f"{said!r} is no door such as 3 号楼 2 单元 501")
    _refuse_unknown(found[0], lexicon, key)
    return Door(found[0].building or "", found[0].unit or "", found[0].room)


def _refuse_unknown(place: PlaceExpression, lexicon: Lexicon, key: str) -> None:
    if (problem := existing.check(place, lexicon)) is not None:
        column = problem.part if key == "room" and problem.part in JOINED else key
        raise Wrong(column, f"there is no {problem.part} {problem.said}; there are {problem.offer}")


def _joined(cells: Mapping[str, str]) -> str:
    for key in ("building", "room"):
        if not cells.get(key):
            raise Wrong(key, "is missing")
    parts = ((key, WRITTEN[key].sub("", cells.get(key, ""))) for key in JOINED)
    return "".join(f"{part}{JOINED[key]}" for key, part in parts if part)
