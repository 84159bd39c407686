"""The signs of danger as rules, read from the tables once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from nlu.danger import FAMILIES, table
from nlu.danger.matching import Found, Index, Span
from nlu.danger.patterns import Pattern, parse

STRENGTHS = ("tier1", "supported", "tier2", "hinted")
"""Alerts · alerts if supported, else asked about · asked about · asked about if supported, else nothing."""


@dataclass(frozen=True)
class Rule:
    """One way in which one sign is told."""

    family: str
    sign: str
    strength: str
    pattern: Pattern
    despite: frozenset[str]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the families."""
    return tuple(
        Rule(family, sign, strength, parse(source), frozenset(entry.get("despite", ())))
        for family in FAMILIES
        for sign, entry in table(family).items()
        for strength in STRENGTHS
        for source in entry.get(strength, ())
    )


FREQUENT: str = table("hearing")["frequent"]
"""Characters that stand in any talk."""


@cache
def harmless() -> tuple[tuple[Pattern, str | None], ...]:
    """Stretches that mean nothing, and the sign that each concerns (None: any)."""
    general: list[tuple[str, str | None]] = [(source, None) for source in table("lookalikes")["harmless"]]
    own = [
        (source, sign)
        for family in FAMILIES
        for sign, entry in table(family).items()
        for source in entry.get("harmless", ())
    ]
    return tuple((parse(source), sign) for source, sign in general + own)


@cache
def written() -> Index:
    """The rules, and after them what is harmless, to be found by their characters."""
    return Index([rule.pattern for rule in rules()] + [pattern for pattern, _ in harmless()], FREQUENT)


class Reading:
    """What the rules, and what is harmless, find in one text."""

    def __init__(self, text: str) -> None:
        self._text, self._windows = text, written().windows(text)

    def candidates(self) -> list[tuple[Rule, Found]]:
        """The places where rules match."""
        known = rules()
        return [(known[found.key], found) for key in self._windows if key < len(known) for found in self._matches(key)]

    def _matches(self, key: int) -> Iterator[Found]:
        return written().matches(key, self._text, self._windows[key])

    @cached_property
    def _stretches(self) -> dict[str | None, list[Span]]:
        """Sign → what is harmless for it; under None what is for every sign."""
        found: dict[str | None, list[Span]] = {}
        first = len(rules())
        for key in self._windows:
            if key >= first:
                found.setdefault(harmless()[key - first][1], []).extend(place.span for place in self._matches(key))
        return found

    def excuses(self, sign: str, slots: tuple[Span, ...]) -> bool:
        """Whether a harmless stretch covers a word of the sign or a part of one, and not merely stands within it."""
        first, last = slots[0][0], slots[-1][1]
        for start, end in (*self._stretches.get(None, ()), *self._stretches.get(sign, ())):
            if start < last and first < end and any(_cuts(start, end, *slot) for slot in slots):
                return True
        return False


def _cuts(start: int, end: int, low: int, high: int) -> bool:
    inside = low <= start and end <= high and end - start < high - low
    return start < high and low < end and not inside
