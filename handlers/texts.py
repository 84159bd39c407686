"""What the bot says: ``handlers/texts/zh/*.toml``, one key per line of text, and what each says of how things stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from models import files as tables
from models.conditions import CONDITIONS
from models.faults import Fault

ASSERTS = "asserts"
"""The table of a file that names, by text key, the conditions that a text says are so."""


class Values(dict[str, Any]):
    """What is filled into a text; ``linsheng check`` names what is not here, a resident reads a gap."""

    def __missing__(self, key: str) -> str:
        """A gap."""
        return "…"


def load(language: str = "zh") -> dict[str, str]:
    """Every text under its dotted key; raises :class:`Fault` for a file that is none, or two files that claim one key."""
    texts: dict[str, str] = {}
    owner: dict[str, str] = {}
    for file, name, table in _files(language):
        for key, text in _texts(file, table):
            if key in texts:
                raise Fault(file, key, f"stands in {owner[key]} too")
            texts[key], owner[key] = text, name
    return texts


def file_of(key: str, language: str = "zh") -> str:
    """The file in which a text stands; its folder where it stands in none."""
    found = (file for file, _, table in _files(language) if key in dict(_texts(file, table)))
    return next(found, f"handlers/texts/{language}")


@cache
def asserted(language: str = "zh") -> Mapping[str, tuple[str, ...]]:
    """Text key → the conditions it says are so; raises :class:`Fault` for a key or a condition that is not there."""
    found: dict[str, tuple[str, ...]] = {}
    for file, _, table in _files(language):
        own = dict(_texts(file, table))
        for key, conditions in table.get(ASSERTS, {}).items():
            if key not in own:
                raise Fault(file, f"{ASSERTS}.{key}", "no text of this file has that key")
            found[key] = tuple(str(conditions).split())
            for unknown in (one for one in found[key] if one not in CONDITIONS):
                raise Fault(file, f"{ASSERTS}.{key}", f"{unknown} is no condition of models/conditions.py")
    return found


def _files(language: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    folder = files("handlers").joinpath("texts", language)
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            file = f"handlers/texts/{language}/{entry.name}"
            yield file, entry.name, tables.table(entry, file)


def _texts(file: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, text in _flatten({name: value for name, value in table.items() if name != ASSERTS}):
        if not isinstance(text, str):
            raise Fault(file, key, f"a text was expected, not {text!r}")
        try:
            list(Formatter().parse(text))
        except ValueError as error:
            raise Fault(file, key, str(error)) from None
        yield key, text.strip()


def _flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
