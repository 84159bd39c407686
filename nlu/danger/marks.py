"""Words around a sign that limit or support it, and what they do to it.

    昨天 看电视 [past][media] 有人摔倒   → silent: the limits reach onward
    昨天 摔倒了 现在 起不来             → 摔倒 is silent, 起不来 is not: 现在 ends the limit
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from nlu.danger import table
from nlu.danger.matching import Found, Span
from nlu.danger.patterns import BREAK, Chain, expand, parse

SILENT, ASK = "silent", "ask"
_AROUND = 48
"""No limit reaches further than this many characters."""
_SUPPORT = ("now", "own", "help", "real")


class Mark(NamedTuple):
    """A word with a meaning for the signs near it."""

    kinds: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True)
class Limit:
    """A kind of word that limits signs; see ``limits.toml``."""

    name: str
    reach: str
    near: int
    ended_by: frozenset[str]
    effect: str
    families: frozenset[str]
    signs: frozenset[str]


def _limit(name: str, entry: dict[str, Any]) -> Limit:
    named = {key: frozenset(entry.get(key, ())) for key in ("ended_by", "families", "signs")}
    return Limit(name, entry["reach"], entry["near"], effect=entry["effect"], **named)


LIMITS = {name: _limit(name, entry) for name, entry in table("limits")["limit"].items()}


@cache
def _words() -> tuple[dict[str, frozenset[str]], dict[str, tuple[int, ...]]]:
    """Word → what it means, and first character → the lengths of such words, longest first."""
    kinds: dict[str, set[str]] = {}
    tables = table("limits")
    for name, entry in (*tables["limit"].items(), *tables["mark"].items()):
        for pattern in entry["words"]:
            for word in expand(Chain(parse(pattern).slots)):
                kinds.setdefault(word, set()).add(name)
    sizes: dict[str, set[int]] = {}
    for word in kinds:
        sizes.setdefault(word[0], set()).add(len(word))
    ordered = {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}
    return {word: frozenset(found) for word, found in kinds.items()}, ordered


def marks(text: str) -> list[Mark]:
    """The marks of a cleaned text from left to right; the longest word wins."""
    words, sizes = _words()
    found, free = [], 0
    for at in [at for at, first in enumerate(text) if first in sizes]:
        if at >= free:
            for size in sizes[text[at]]:
                kinds = words.get(text[at : at + size])
                if kinds:
                    free = at + size
                    found.append(Mark(kinds, at, free))
                    break
    return found


class Surroundings:
    """One text and its marks: what they do to a sign that was found there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._marks = marks(text)
        self._by_start = [mark.start for mark in self._marks]

    def _near(self, span: Span) -> Iterator[Mark]:
        low = bisect_left(self._by_start, span[0] - _AROUND)
        high = bisect_left(self._by_start, span[1] + _AROUND)
        return iter(self._marks[low:high])

    def supported(self, found: Found) -> int:
        """How many words near the sign say that it is here, now, and in need of help."""
        return sum(1 for mark in self._near(found.span) if mark.kinds & {*_SUPPORT})

    def effect(self, found: Found, family: str, sign: str, despite: frozenset[str]) -> str | None:
        """What the limits around a sign do to it: ``silent``, ``ask`` or nothing."""
        near = list(self._near(found.span))
        effects = set()
        for mark in near:
            for kind in mark.kinds - despite:
                limit = LIMITS.get(kind)
                if limit and _concerns(limit, family, sign) and self._holds(limit, mark, found, near):
                    effects.add(self._softened(limit, found, near))
        return SILENT if SILENT in effects else ASK if ASK in effects else None

    def _softened(self, limit: Limit, found: Found, near: list[Mark]) -> str:
        """A question about rules is asked about when the sentence also says that it is here and now."""
        if limit.effect != "question":
            return limit.effect
        low, high = self._clause(found.span)
        here = any(mark.kinds & {*_SUPPORT, "place"} for mark in near if low <= mark.start < high)
        return ASK if here else SILENT

    def _clause(self, span: Span) -> Span:
        return self.text.rfind(BREAK, 0, span[0]) + 1, self.text.find(BREAK, span[1] - 1)

    def _holds(self, limit: Limit, mark: Mark, found: Found, near: list[Mark]) -> bool:
        if _within(mark, found):
            return False
        return _REACHES[limit.reach](self, limit, mark, found) and not _ended(limit, mark, found, near)

    def _before(self, limit: Limit, mark: Mark, found: Found) -> bool:
        starts = [start for start, _ in found.slots if start >= mark.end]
        return bool(starts) and starts[0] - mark.end <= limit.near and BREAK not in self.text[mark.end : starts[0]]

    def _onward(self, limit: Limit, mark: Mark, found: Found) -> bool:
        start = found.slots[-1][0]
        return mark.end <= start and start - mark.end <= limit.near

    def _after(self, limit: Limit, mark: Mark, found: Found) -> bool:
        distance = mark.start - found.span[1]
        return 0 <= distance <= limit.near and self.text.count(BREAK, found.span[1], mark.start) <= 1

    def _around(self, limit: Limit, mark: Mark, found: Found) -> bool:
        low, high = min(mark.end, found.span[1]), max(mark.start, found.span[0])
        return high - low <= limit.near and BREAK not in self.text[low:high]

    def _text(self, limit: Limit, mark: Mark, found: Found) -> bool:
        return min(abs(mark.start - found.span[1]), abs(found.span[0] - mark.end)) <= limit.near


_REACHES = {
    "before": Surroundings._before,
    "onward": Surroundings._onward,
    "after": Surroundings._after,
    "around": Surroundings._around,
    "text": Surroundings._text,
}


def _concerns(limit: Limit, family: str, sign: str) -> bool:
    return (not limit.families or family in limit.families) and (not limit.signs or sign in limit.signs)


def _ended(limit: Limit, mark: Mark, found: Found, near: list[Mark]) -> bool:
    """Whether something between the limit and the sign ends the limit; the nearest scope decides."""
    low, high = sorted((mark.end, found.slots[-1][1]))
    if limit.reach in ("around", "text"):
        low, high = min(mark.start, found.span[0]), max(mark.end, found.span[1])
    enders = (other for other in near if low <= other.start < high and other.kinds & limit.ended_by)
    return any(not _within(other, found) or other.kinds & limit.ended_by - {"help"} for other in enders)


def _within(mark: Mark, found: Found) -> bool:
    """Whether the mark is a part of the sign itself."""
    return any(start <= mark.start and mark.end <= end for start, end in found.slots)
