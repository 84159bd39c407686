"""Cleaning of what arrives: width, traditional characters, control characters, faces, the recognizer's spaces, length.

Behind it the ways of saying the same made equal, so that a phrase need be written once: 咋 and 怎么, 莫得 and 没有, 俺 and 我.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models import files as tables
from nlu.grammar import table

LONGEST = 4096
"""Characters that are read; what follows is left unread."""

_HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
_BETWEEN = re.compile(rf"(?<={_HAN}) +(?={_HAN})")
_NUMBER = "零〇一二两三四五六七八九十百幺洞拐"
_APART = re.compile(rf"(?<![^ ])(?=[^ ]{{3}}|[^ ]*[^ {_NUMBER}])([^ ]*[{_NUMBER}]) +(?=[{_NUMBER}])")
"""Two numbers typed apart (二月二 十点, 三零二 五栋); a recognizer's 三 零 二 is one."""
_SPACES = re.compile(r"\s+")
_SHAPES = re.compile(rf"(?<={_HAN})[\ufe00-\ufe0f]+")
"""Marks that choose the shape of a character: they show nothing behind a Chinese one."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_NAMES = "|".join(map(re.escape, (*table("answers")["faces"], *table("answers")["expressions"]["words"])))
_FACE = re.compile(rf"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]|\[(?:{_NAMES})\]")
_FACES = re.compile(rf"(?:{_FACE.pattern}|\s)+$")


def clean(text: str) -> str:
    """The text in half width and simplified characters, without control characters or a face behind words, capped."""
    wide = unicodedata.normalize("NFKC", _SHAPES.sub("", text[:LONGEST]))
    spaced = simplified(_SPACES.sub(" ", wide))
    seen = spaced if spaced.isprintable() else "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN)
    return faceless(_BETWEEN.sub("", _APART.sub(r"\1,", seen))[:LONGEST].strip())


def simplified(text: str) -> str:
    """Traditional characters as simplified ones, one for one, so that every span stays."""
    return text if text.isascii() else text.translate(_simplified())


@cache
def _simplified() -> dict[int, str]:
    """Code point → simplified character; made from OpenCC by ``tools/traditional.py``."""
    source = files("nlu.grammar") / "zh" / "traditional.txt"
    old, new = tables.text(source, "nlu/grammar/zh/traditional.txt").splitlines()
    return {ord(before): after for before, after in zip(old, new, strict=True)}


def faceless(text: str) -> str:
    """Without the faces behind words (对👍, 好的[强]); of nothing but faces, the word that the first of them means."""
    behind = _FACES.search(text)
    if behind is None or not _FACE.search(behind.group()):
        return text
    words = text[: behind.start()].rstrip()
    if words:
        return words
    meanings = table("answers")["faces"]
    said = (meanings.get(face.strip("[]")) for face in _FACE.findall(text))
    return next((word for word in said if word), text)


# ---------------------------------------------------------------- plain words


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
