"""A text as it was typed or heard → one line of clauses, each end of a clause a ``，``."""

from __future__ import annotations

import re

from nlu.danger import table
from nlu.danger.patterns import BREAK

_TABLE = table("cleaning")
_VARIANTS = str.maketrans(_TABLE["variants"])
_SIGNS: dict[str, str] = _TABLE["signs"]
_FILLERS = re.compile(_TABLE["fillers"])
_OTHER = re.compile(r"[\W_]+")
_REPEATED = re.compile(r"(.)\1{2,}")
_DECIMAL = re.compile(r"(?<=\d)[.．](?=\d)")
_SPACED = 2.2
"""Below this average length, stretches between spaces are a recognizer's words, not clauses."""


def clean(text: str) -> str:
    """The text in simplified characters without fillers, a ``，`` at both ends and wherever something ends a clause."""
    for symbol, words in _SIGNS.items():
        if symbol in text:
            text = text.replace(symbol, words)
    pieces = text.split()
    if len(pieces) > 2 and sum(map(len, pieces)) < _SPACED * len(pieces):
        text = "".join(pieces)
    text = _DECIMAL.sub("点", text).lower().translate(_VARIANTS)
    text = _FILLERS.sub("", _OTHER.sub(BREAK, f"{BREAK}{text}{BREAK}"))
    return _REPEATED.sub(r"\1", text)
