"""Whether a line says that something is dangerous or is not: 没什么危险 · 会摔着人.

Pure; the words are ``[risk.told]`` of ``grammar/zh/slots.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlu.grammar import table


def denied(text: str) -> Iterator[re.Match[str]]:
    """Where it is said that there is no danger."""
    return (found for pattern in _told("no") for found in pattern.finditer(text))


def told(text: str) -> bool | None:
    """Whether the words say that there is danger, that there is none, or neither."""
    rest = list(text)
    for found in denied(text):
        rest[slice(*found.span())] = "," * (found.end() - found.start())
    if any(pattern.search("".join(rest)) for pattern in _told("yes")):
        return True
    return False if rest != list(text) else None


@cache
def _told(key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, table("slots")["risk"]["told"][key]))
