"""Who a sign of danger is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from nlu.danger import table
from nlu.danger.matching import alternation
from nlu.danger.patterns import Chain, expand, parse

_OWNED = "的"
_SPEAKER = "self"
_OBJECT = 2
"""So many characters after a sign may still name whom it happens to (打 … 我)."""


@cache
def _words(part: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """Word → who it means, and an expression that finds the longest of them."""
    meant = {
        word: key
        for key, sources in reversed(table("people")[part].items())
        for source in sources
        for word in expand(Chain(parse(source).slots))
    }
    return meant, re.compile(alternation(meant))


def person(text: str, signs: Sequence[str]) -> str | None:
    """The key of the one nearest before the first sign, in a cleaned text; another rather than the speaker."""
    start = text.find(signs[0]) if signs else 0
    end = start + len(signs[0]) if signs else len(text)
    done, expression = _words("done")
    if signs and (match := expression.search(text, start, end + _OBJECT)):
        return done[match.group()]
    meant, expression = _words("person")
    named = [(match.end(), meant[match.group()]) for match in expression.finditer(text) if not _owns(text, match.end())]
    before = [key for at, key in named if at <= end] or [key for _, key in named]
    others = [key for key in before if key != _SPEAKER]
    return others[-1] if others else _SPEAKER if before else None


def _owns(text: str, end: int) -> bool:
    """Whether only something that belongs to this person is spoken of (老伴的药)."""
    return text.startswith(_OWNED, end)
