"""The grammar tables: words and rules as TOML, one folder for each language."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from models import files as tables


@cache
def table(name: str, language: str = "zh") -> dict[str, Any]:
    """The grammar table ``name`` of a language, read once; treat it as read-only. Raises :class:`models.faults.Fault`."""
    return tables.table(files(__name__) / language / f"{name}.toml", f"nlu/grammar/{language}/{name}.toml")
