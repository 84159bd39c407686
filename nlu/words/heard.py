"""Words that handlers ask for by name (``grammar/zh/heard.toml``): read once for a whole line, before anything is written.

Three lists: ``within`` counts wherever it stands, ``whole`` only as the whole line, ``ways`` are further words for an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from models.faults import Fault
from nlu.grammar import table

EDGES = "。！!？?，,~～. …"
"""What people put around a word."""


def find(line: str) -> frozenset[str]:
    """The names of all lists of which a word is said in a line."""
    whole = line.strip(EDGES).lower()
    within = (name for name, words in _lists("within").items() if any(word in line for word in words))
    return frozenset((*within, *(name for name, words in _lists("whole").items() if whole in words)))


def has(name: str) -> bool:
    """Whether there is a list of this name."""
    return name in _lists("within") or name in _lists("whole")


def says(name: str, line: str) -> bool:
    """Whether a word of this list is said in a line."""
    within = _lists("within").get(name)
    return (
        any(word in line for word in within)
        if within is not None
        else line.strip(EDGES).lower() in _lists("whole")[name]
    )


def words(name: str) -> tuple[str, ...]:
    """The words of a list, whatever it is for; raises ``KeyError``."""
    return next(lists[name] for lists in map(_lists, ("whole", "within", "ways")) if name in lists)


@cache
def _lists(kind: str) -> Mapping[str, tuple[str, ...]]:
    return dict(_flatten(table("heard")[kind]))


def _flatten(rows: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, value in rows.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{name}.")
        elif isinstance(value, str):
            yield f"{prefix}{name}", tuple(value.split())
        else:
            raise Fault("nlu/grammar/zh/heard.toml", f"{prefix}{name}", f"words were expected, not {value!r}")
