"""Words that sound alike, told apart by what stands around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from nlu.grammar import table

_TABLE: dict[str, Any] = table("collisions")
_WINDOW: int = _TABLE["nearby"]["window"]


@dataclass(frozen=True)
class Collision:
    """A word, what is written for it by mistake, and the words that decide."""

    meant: str
    heard: frozenset[str]
    """Words of their own: they stay unless the context speaks for the other."""
    usual: frozenset[str]
    """Spellings that are no words: they nearly always mean the other."""
    near: tuple[str, ...]
    against: tuple[str, ...]


@cache
def known() -> dict[str, Collision]:
    """Word that may be meant → its collisions, as measured."""
    rows = [(meant, row) for row in _TABLE["measured"]["collision"] for meant in row["meant"]]
    return {
        meant: Collision(
            meant,
            frozenset(row.get("heard", ())),
            frozenset(row.get("usual", ())),
            tuple(row.get("near", ())),
            tuple(row.get("against", ())),
        )
        for meant, row in rows
    }


@cache
def within(words: str) -> tuple[tuple[int, Collision], ...]:
    """The collisions of every part of an entry's words, with the part's offset."""
    return tuple((words.find(meant), collision) for meant, collision in known().items() if meant in words)


def around(text: str, span: tuple[int, int]) -> str:
    """What stands near a span, without the span itself."""
    start, end = span
    return f"{text[max(0, start - _WINDOW) : start]}\0{text[end : end + _WINDOW]}"


def speaks(words: Iterable[str], nearby: str) -> bool:
    """Whether one of the words stands there."""
    return any(word in nearby for word in words)


def plausible(text: str, span: tuple[int, int], words: str) -> bool:
    """Whether these words may be meant at the span: a word of its own there is kept unless the context is for them."""
    for offset, collision in within(words):
        start = span[0] + offset
        if text[start : start + len(collision.meant)] in collision.heard:
            return favoured(collision, text, (start, start + len(collision.meant)))
    return True


def favoured(collision: Collision, text: str, span: tuple[int, int]) -> bool:
    """Whether the context is for what is meant and not for what was written."""
    return speaks(collision.near, around(text, span)) and not opposed(collision, text, span)


def opposed(collision: Collision, text: str, span: tuple[int, int]) -> bool:
    """Whether the context is for what was written (几分钟 for 几分)."""
    start, end = span
    return speaks(collision.against, text[max(0, start - _WINDOW) : end + _WINDOW])
