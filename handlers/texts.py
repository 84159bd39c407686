"""What the bot says: ``handlers/texts/zh/*.toml``, one key per line of text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any


def load(language: str = "zh") -> dict[str, str]:
    """Every text under its dotted key; raises ``ValueError`` when two files claim one key."""
    texts: dict[str, str] = {}
    folder = files("handlers").joinpath("texts", language)
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            for key, text in _flatten(tomllib.loads(entry.read_text(encoding="utf-8"))):
                if key in texts:
                    raise ValueError(f"{entry.name}: {key} stands elsewhere too")
                texts[key] = text
    return texts


def _flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value).strip()
