"""A text cut into known words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log

_LONGEST = 8
_UNKNOWN = -50.0


def cutter(counts: Mapping[str, int]) -> Callable[[str], list[str]]:
    """A function that cuts a text into its likeliest row of known words; what no word has is dropped."""
    total = log(len(counts) + sum(counts.values()))

    def cut(text: str) -> list[str]:
        best: list[tuple[float, str]] = [(0.0, "")]
        for end in range(1, len(text) + 1):
            choices = [(best[end - 1][0] + _UNKNOWN, "")]
            for start in range(max(0, end - _LONGEST), end):
                count = counts.get(text[start:end])
                if count:
                    choices.append((best[start][0] + log(count) - total, text[start:end]))
            best.append(max(choices))
        return _trace(best)

    return cut


def _trace(best: list[tuple[float, str]]) -> list[str]:
    """The words on the best way to the end."""
    words, end = [], len(best) - 1
    while end:
        word = best[end][1]
        words += [word] if word else []
        end -= len(word) or 1
    return words[::-1]
