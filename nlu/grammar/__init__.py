"""The grammar tables: words and rules as TOML, one folder for each language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str, language: str = "zh") -> dict[str, Any]:
    """The grammar table ``name`` of a language, read once; treat it as read-only."""
    source = files(__name__) / language / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
