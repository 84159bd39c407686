"""Cutting an utterance where another need begins: 还有, 另外, 顺便."""

from __future__ import annotations

from functools import cache

from nlu.grammar import table
from nlu.matching import Span, Words
from nlu.utterance import Said

_MARKS = table("ambiguity")["marks"]
_SHORTEST = 2
"""A part of fewer characters is no part."""


@cache
def _marks() -> Words:
    return Words(_MARKS["words"])


def cuts(said: Said) -> tuple[int, ...]:
    """Positions where a word stands that opens another need."""
    found: list[Span] = []
    for start, end in sorted(_marks().find(said.text), key=lambda span: (span[0], -span[1])):
        if not said.text.startswith(tuple(_MARKS["not_before"]), end) and (not found or start >= found[-1][1]):
            found.append((start, end))
    last = len(said.text) - _SHORTEST
    return tuple(start for start, end in found if start >= _SHORTEST and end <= last)


def parts(said: Said) -> tuple[Span, ...]:
    """The utterance cut at all its marks."""
    edges = [0, *cuts(said), len(said.text)]
    return tuple((begin, end) for begin, end in zip(edges, edges[1:], strict=False))
