"""Ways of saying the same thing made equal, so that a phrase need be written once: 咋 and 怎么, 莫得 and 没有, 俺 and 我."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nlu.grammar import table


@dataclass(frozen=True)
class Plain:
    """A text in plain words, and where each of its positions was in the text as it was said."""

    text: str
    origin: tuple[int, ...]
    """Position → position in the original; one more than there are characters."""

    def said(self, begin: int, end: int) -> tuple[int, int]:
        """A stretch of the plain text as a stretch of the original."""
        return self.origin[begin], self.origin[end]

    def heard(self, position: int) -> int:
        """A position in the original as a position in the plain text."""
        return bisect_left(self.origin, position)


@cache
def _rules() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Word → plain word, and a pattern that finds them, the longest first."""
    rules: dict[str, str] = {**table("dialect")["words"], **{word: word for word in table("dialect")["keep"]["words"]}}
    return rules, re.compile("|".join(sorted(map(re.escape, rules), key=len, reverse=True)))


def plain(text: str) -> Plain:
    """The text in plain words."""
    rules, pattern = _rules()
    words, origin, position = list[str](), list[int](), 0
    for found in pattern.finditer(text):
        begin, end = found.span()
        word = rules[found.group()]
        words += (text[position:begin], word)
        origin.extend(range(position, begin))
        origin.extend(min(begin + offset, end - 1) for offset in range(len(word)))
        position = end
    words.append(text[position:])
    origin.extend(range(position, len(text) + 1))
    return Plain("".join(words), tuple(origin))


@cache
def word(text: str) -> str:
    """A word of a phrase in plain words."""
    return plain(text).text if text and not text.startswith("{") else text
