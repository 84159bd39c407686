"""The grammar tables: words and rules as TOML, one folder for each language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from models.faults import Fault


@cache
def table(name: str, language: str = "zh") -> dict[str, Any]:
    """The grammar table ``name`` of a language, read once; treat it as read-only. Raises :class:`Fault`."""
    source = files(__name__) / language / f"{name}.toml"
    return read(source.read_bytes(), f"nlu/grammar/{language}/{name}.toml")


def read(content: bytes, file: str) -> dict[str, Any]:
    """The table of a TOML file; one that is none is named in one line."""
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Fault(file, "", str(error)) from None
