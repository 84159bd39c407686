"""Cleaning of what arrives: width, control characters, the recognizer's spaces, length."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 4096
"""Characters that are read; what follows is left unread."""

_HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
_BETWEEN = re.compile(rf"(?<={_HAN}) +(?={_HAN})")
_SPACES = re.compile(r"\s+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str) -> str:
    """The text in half width, without control and bidi characters or spaces between Chinese characters, capped."""
    wide = unicodedata.normalize("NFKC", text[:LONGEST])
    spaced = _SPACES.sub(" ", wide)
    seen = spaced if spaced.isprintable() else "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN)
    return _BETWEEN.sub("", seen)[:LONGEST].strip()
