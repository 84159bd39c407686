"""Words around a sign that limit or support it, and what they do to it.

昨天 看电视 [past][media] 有人摔倒   → silent: the limits reach onward
昨天 摔倒了 现在 起不来             → 摔倒 is silent, 起不来 is not: 现在 ends the limit
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from operator import add
from typing import Any, NamedTuple

from nlu.danger import table
from nlu.danger.matching import Found, Span
from nlu.danger.patterns import BREAK, Chain, expand, parse
from nlu.danger.rules import Rule

SILENT, ASK = "silent", "ask"
_AROUND = 48
"""No limit reaches further than this many characters."""
_SUPPORT = frozenset(("now", "own", "help", "real"))
_HERE = {"question": _SUPPORT | {"place", "nearby"}, "hearsay": _SUPPORT | {"nearby"}}


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


class Mark(NamedTuple):
    """A word with a meaning for the signs near it."""

    start: int
    end: int
    kinds: frozenset[str]
    limits: tuple[Limit, ...]


_Meaning = tuple[frozenset[str], tuple[Limit, ...]]


@cache
def _words() -> tuple[dict[str, _Meaning], dict[str, tuple[int, ...]]]:
    """Word → its kinds and limits, and its first character or two → the lengths of such words, longest first."""
    kinds: dict[str, set[str]] = {}
    tables = table("limits")
    for name, entry in (*tables["limit"].items(), *tables["mark"].items()):
        for pattern in entry["words"]:
            for word in expand(Chain(parse(pattern).slots)):
                kinds.setdefault(word, set()).add(name)
    sizes: dict[str, set[int]] = {}
    for word in kinds:
        sizes.setdefault(word[:2], set()).add(len(word))
    meanings = {
        word: (frozenset(found), tuple(LIMITS[kind] for kind in found & LIMITS.keys())) for word, found in kinds.items()
    }
    return meanings, {start: tuple(sorted(found, reverse=True)) for start, found in sizes.items()}


def marks(text: str) -> list[Mark]:
    """The marks of a cleaned text from left to right; the longest word wins."""
    words, sizes = _words()
    found: list[Mark] = []
    free = 0
    for at, (pair, single) in enumerate(zip(map(add, text, text[1:] + BREAK), text, strict=True)):
        if at < free or not (pair in sizes or single in words):
            continue
        for size in (*sizes.get(pair, ()), 1):
            meaning = words.get(text[at : at + size])
            if meaning:
                free = at + size
                found.append(Mark(at, free, *meaning))
                break
    return found


class Surroundings:
    """One text and its marks: what they do to a sign that was found there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._marks = marks(text)
        self._starts = [mark.start for mark in self._marks]

    def _near(self, span: Span) -> list[Mark]:
        low = bisect_left(self._starts, span[0] - _AROUND)
        return self._marks[low : bisect_left(self._starts, span[1] + _AROUND)]

    def supported(self, found: Found) -> bool:
        """Whether a word near the sign says that it is here, now, or in need of help."""
        return any(not mark.kinds.isdisjoint(_SUPPORT) for mark in self._near(found.span))

    def cries(self, found: Found) -> int:
        """How many words of help stand beside the sign: none, one or two."""
        cries = [mark for mark in self._near(found.span) if "help" in mark.kinds and not _within(mark, found)]
        return min(2, len(cries))

    def effect(self, found: Found, rule: Rule, misheard: bool = False) -> str | None:
        """What the limits around a sign do to it: ``silent``, ``ask`` or nothing; if misheard, in its clause only."""
        near = self._near(found.span)
        if misheard:
            low, high = self._clause(found.span)
            near = [mark for mark in near if low <= mark.start < high]
        effect = None
        for mark in near:
            for limit in mark.limits:
                if _concerns(limit, rule) and self._holds(limit, mark, found, near, rule):
                    effect = self._softened(limit, found, near)
                    if effect == SILENT:
                        return SILENT
        return effect

    def _softened(self, limit: Limit, found: Found, near: list[Mark]) -> str:
        """A question about rules, and hearsay, are asked about when the sentence also says that it is here and now."""
        if limit.effect not in _HERE:
            return limit.effect
        low, high = self._clause(found.span)
        here = any(not mark.kinds.isdisjoint(_HERE[limit.effect]) for mark in near if low <= mark.start < high)
        return ASK if here else SILENT

    def _clause(self, span: Span) -> Span:
        return self.text.rfind(BREAK, 0, span[0]) + 1, self.text.find(BREAK, span[1] - 1)

    def _holds(self, limit: Limit, mark: Mark, found: Found, near: list[Mark], rule: Rule) -> bool:
        return (
            _REACHES[limit.reach](self, limit, mark, found)
            and not _within(mark, found)
            and not _ended(limit, mark, found, near, rule)
        )

    def _before(self, limit: Limit, mark: Mark, found: Found) -> bool:
        for start, end in found.slots:
            if end > mark.end:
                return start - mark.end <= limit.near and BREAK not in self.text[mark.end : start]
        return False

    def _onward(self, limit: Limit, mark: Mark, found: Found) -> bool:
        return 0 <= found.slots[-1][0] - mark.end <= limit.near

    def _after(self, limit: Limit, mark: Mark, found: Found) -> bool:
        ends = (end for _, end in found.slots if end <= mark.start)
        return any(mark.start - end <= limit.near and self.text.count(BREAK, end, mark.start) <= 1 for end in ends)

    def _behind(self, limit: Limit, mark: Mark, found: Found) -> bool:
        return 0 <= mark.start - found.slots[-1][1] <= limit.near

    def _around(self, limit: Limit, mark: Mark, found: Found) -> bool:
        low, high = min(mark.end, found.slots[-1][1]), max(mark.start, found.slots[0][0])
        return high - low <= limit.near and BREAK not in self.text[low:high]

    def _text(self, limit: Limit, mark: Mark, found: Found) -> bool:
        return min(abs(mark.start - found.span[1]), abs(found.span[0] - mark.end)) <= limit.near


_REACHES = {
    "before": Surroundings._before,
    "onward": Surroundings._onward,
    "after": Surroundings._after,
    "behind": Surroundings._behind,
    "around": Surroundings._around,
    "text": Surroundings._text,
    "scene": Surroundings._text,
}


def _concerns(limit: Limit, rule: Rule) -> bool:
    return (
        limit.name not in rule.despite
        and (not limit.families or rule.family in limit.families)
        and (not limit.signs or rule.sign in limit.signs)
    )


def _ended(limit: Limit, mark: Mark, found: Found, near: list[Mark], rule: Rule) -> bool:
    """Whether something between the limit and the sign ends the limit; the nearest scope decides."""
    ended_by = limit.ended_by - {"help"} if rule.family == "unknown" else limit.ended_by
    if limit.reach == "scene":
        return any(not ended_by.isdisjoint(other.kinds) for other in near)
    low, high = sorted((mark.end, found.slots[-1][1]))
    if limit.reach in ("around", "text"):
        low, high = min(mark.start, found.slots[0][0]), max(mark.end, found.slots[-1][1])
    enders = [other for other in near if low <= other.start < high and not ended_by.isdisjoint(other.kinds)]
    return any(not _touches(other, found) or other.kinds & ended_by - {"help"} for other in enders)


def _touches(mark: Mark, found: Found) -> bool:
    return any(start < mark.end and mark.start < end for start, end in found.slots)


def _within(mark: Mark, found: Found) -> bool:
    """Whether the mark is a part of the sign itself."""
    return any(start <= mark.start and mark.end <= end for start, end in found.slots)
