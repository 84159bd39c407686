"""The small files beside the database: whatever lies in them, the service starts; what is odd is moved aside and named."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TypeVar

LOG = logging.getLogger(__name__)
Found = TypeVar("Found")
MOST = 8_000_000
"""Bytes of such a file that are read: the newest."""
MARK = ".aside-"
"""Stands in the name of what was moved aside."""


def read(path: Path, parse: Callable[[str], Found]) -> list[Found]:
    """Every line that can be read; raises nothing. A file with any other line is moved aside once it was read."""
    found, odd = [], 0
    for line in _text(path).splitlines():
        if not line.strip():
            continue
        try:
            found.append(parse(line))
        except Exception:  # whatever a foreign line does to a parser, it is that line's fault
            odd += 1
    if odd:
        aside(path, f"{odd} lines that mean nothing")
    return found


def whole(path: Path, parse: Callable[[str], Found], nothing: Found) -> Found:
    """The file's content; ``nothing`` when it is not there, and when it means nothing: then it is moved aside."""
    text = _text(path)
    if not text:
        return nothing
    try:
        return parse(text)
    except Exception:
        aside(path, "means nothing")
        return nothing


def _text(path: Path) -> str:
    if not path.exists():
        return ""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(max(0, size - MOST))
            content = file.read(MOST)
    except OSError as fault:
        aside(path, type(fault).__name__)
        return ""
    if size > MOST:
        aside(path, f"{size} bytes are too many")
    return content.decode("utf-8", "replace")


def aside(path: Path, why: str) -> None:
    """Move a file out of the way under a name of its own, and say so in one line."""
    there = next(name for n in count(1) if not (name := path.with_name(f"{path.name}{MARK}{n}")).exists())
    try:
        path.rename(there)
        LOG.error("%s: %s; moved aside as %s", path.name, why, there.name)
    except OSError as fault:
        LOG.error("%s: %s; cannot be moved aside (%s)", path.name, why, type(fault).__name__)
