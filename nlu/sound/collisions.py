"""Words that sound alike, told apart by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from nlu.grammar import table

_TABLE: dict[str, Any] = table("collisions")
_WINDOW: int = _TABLE["nearby"]["window"]


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words, and nothing when there are none."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)")


_REQUEST = any_of(_TABLE["nearby"]["request"])
_WHOLE = frozenset(word for words in table("words")["whole"].values() for word in words.split())
_LONGEST = max(map(len, _WHOLE))


@dataclass(frozen=True)
class Collision:
    """A word, what is written for it by mistake, and the words that decide."""

    meant: str
    heard: frozenset[str]
    """Words of their own: they stay unless the context speaks for the other."""
    near: re.Pattern[str]
    against: re.Pattern[str]


@cache
def _known() -> dict[str, Collision]:
    """Word that may be meant → its collisions, as measured."""
    rows = [(meant, row) for row in _TABLE["measured"]["collision"] for meant in row["meant"]]
    return {
        meant: Collision(
            meant, frozenset(row.get("heard", ())), any_of(row.get("near", ())), any_of(row.get("against", ()))
        )
        for meant, row in rows
    }


@cache
def within(words: str) -> tuple[tuple[int, Collision], ...]:
    """The collisions of every part of an entry's words, with the part's offset."""
    return tuple((words.find(meant), collision) for meant, collision in _known().items() if meant in words)


def misheard(words: str, text: str, start: int) -> list[tuple[int, Collision]]:
    """The collisions of the parts of an entry that are not written rightly in the text."""
    return [
        (offset, collision)
        for offset, collision in within(words)
        if not text.startswith(collision.meant, start + offset)
    ]


def written(collision: Collision, offset: int, text: str, span: tuple[int, int]) -> bool:
    """Whether a word of its own stands at the part of the span that collides."""
    start = span[0] + offset
    return text[start : start + len(collision.meant)] in collision.heard


def around(text: str, span: tuple[int, int]) -> str:
    """What stands near a span, without the span itself."""
    start, end = span
    return f"{text[max(0, start - _WINDOW) : start]}\0{text[end : end + _WINDOW]}"


def requested(nearby: str) -> bool:
    """Whether a request or a complaint stands there."""
    return bool(_REQUEST.search(nearby))


def opposed(collision: Collision, text: str, span: tuple[int, int]) -> bool:
    """Whether the context is for what was written (几分钟 for 几分)."""
    start, end = span
    return bool(collision.against.search(text, max(0, start - _WINDOW), end + _WINDOW))


def plausible(text: str, span: tuple[int, int], words: str) -> bool:
    """Whether these words may be meant at the span: a word of its own there is kept unless the context is for them."""
    return all(
        collision.near.search(around(text, span)) and not opposed(collision, text, span)
        for offset, collision in within(words)
        if written(collision, offset, text, span)
    )


def whole(words: str) -> bool:
    """Whether this is a common word of its own."""
    return words in _WHOLE


def cuts(text: str, span: tuple[int, int]) -> bool:
    """Whether the span begins or ends inside a common word."""
    return any(_inside(text, position) for position in span)


def _inside(text: str, position: int) -> bool:
    first = max(0, position - _LONGEST + 1)
    return any(
        text[start:end] in _WHOLE
        for start in range(first, position)
        for end in range(position + 1, min(len(text), start + _LONGEST) + 1)
    )
