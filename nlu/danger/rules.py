"""The signs of danger as rules, read from the tables once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nlu.danger import FAMILIES, table
from nlu.danger.matching import Index, Span
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
def written() -> Index:
    """The rules, to be found by their characters."""
    return Index((rule.pattern for rule in rules()), FREQUENT)


@cache
def _harmless() -> tuple[Index, tuple[str | None, ...]]:
    """Stretches that mean nothing, and the sign that each concerns (None: any)."""
    sources = [(source, None) for source in table("lookalikes")["harmless"]]
    for family in FAMILIES:
        for sign, entry in table(family).items():
            sources += [(source, sign) for source in entry.get("harmless", ())]
    return Index((parse(source) for source, _ in sources), FREQUENT), tuple(sign for _, sign in sources)


class Harmless:
    """The stretches of one text that mean nothing."""

    def __init__(self, text: str) -> None:
        index, signs = _harmless()
        self._stretches: dict[str | None, list[Span]] = {}
        for found in index.find(text):
            self._stretches.setdefault(signs[found.key], []).append(found.span)

    def covers(self, sign: str, slots: tuple[Span, ...]) -> bool:
        """Whether one covers a word of the sign or a part of one, and not merely stands within it."""
        first, last = slots[0][0], slots[-1][1]
        for start, end in (*self._stretches.get(None, ()), *self._stretches.get(sign, ())):
            if start < last and first < end and any(_cuts(start, end, *slot) for slot in slots):
                return True
        return False


def _cuts(start: int, end: int, low: int, high: int) -> bool:
    inside = low <= start and end <= high and end - start < high - low
    return start < high and low < end and not inside
