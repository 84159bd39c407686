"""The tables of danger: signs, limits and words as TOML, and the small language they are written in."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from models import files as tables

FAMILIES = ("medical", "fire", "gas", "trapped", "lost", "security", "crisis", "scam", "unknown")


@cache
def table(name: str, language: str = "zh") -> dict[str, Any]:
    """The table ``name`` of a language, read once; treat it as read-only."""
    return tables.table(files(__name__) / language / f"{name}.toml", f"nlu/danger/{language}/{name}.toml")
