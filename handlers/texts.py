"""What the bot says: ``handlers/texts/zh/*.toml``, one key per line of text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from string import Formatter
from typing import Any

from models.faults import Fault


def load(language: str = "zh") -> dict[str, str]:
    """Every text under its dotted key; raises :class:`Fault` for a file that is none, or two files that claim one key."""
    texts: dict[str, str] = {}
    owner: dict[str, str] = {}
    folder = files("handlers").joinpath("texts", language)
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            file = f"handlers/texts/{language}/{entry.name}"
            for key, text in _texts(file, entry.read_bytes()):
                if key in texts:
                    raise Fault(file, key, f"stands in {owner[key]} too")
                texts[key], owner[key] = text, entry.name
    return texts


def _texts(file: str, content: bytes) -> Iterator[tuple[str, str]]:
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Fault(file, "", str(error)) from None
    for key, text in _flatten(table):
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
