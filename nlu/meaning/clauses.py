"""Cutting an utterance where another need begins: 还有, 另外, 顺便."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from nlu.grammar import table
from nlu.words.matching import Span
from nlu.words.plain import word as plain
from nlu.words.utterance import Said

_MARKS = table("ambiguity")["marks"]
_SHORTEST = 2
"""A part of fewer characters is no part."""


@cache
def _marks() -> frozenset[str]:
    return frozenset(map(plain, _MARKS["words"]))


@cache
def _not_before() -> tuple[str, ...]:
    return tuple(map(plain, _MARKS["not_before"]))


def cuts(said: Said) -> tuple[int, ...]:
    """Positions in the plain text where a word stands that opens another need."""
    text, found = said.plain.text, list[Span]()
    for start, end in sorted(said.scanned.hits(_marks()), key=lambda span: (span[0], -span[1])):
        if not text.startswith(_not_before(), end) and (not found or start >= found[-1][1]):
            found.append((start, end))
    last = len(text) - _SHORTEST
    return tuple(start for start, end in found if start >= _SHORTEST and end <= last)


def parts(said: Said) -> tuple[Span, ...]:
    """The stretches of the plain text between its marks."""
    edges = [0, *cuts(said), len(said.plain.text)]
    return tuple(pairwise(edges))
