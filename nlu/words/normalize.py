"""Cleaning of what arrives: width, traditional characters, control characters, faces, the recognizer's spaces, length."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

from nlu.grammar import table

LONGEST = 4096
"""Characters that are read; what follows is left unread."""

_HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
_BETWEEN = re.compile(rf"(?<={_HAN}) +(?={_HAN})")
_NUMBER = "零〇一二两三四五六七八九十百幺洞拐"
_APART = re.compile(rf"(?<![^ ])(?=[^ ]{{3}}|[^ ]*[^ {_NUMBER}])([^ ]*[{_NUMBER}]) +(?=[{_NUMBER}])")
"""Two numbers typed apart (二月二 十点, 三零二 五栋); a recognizer's 三 零 二 is one."""
_SPACES = re.compile(r"\s+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_NAMES = "|".join(map(re.escape, (*table("answers")["faces"], *table("answers")["expressions"]["words"])))
_FACE = re.compile(rf"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]|\[(?:{_NAMES})\]")
_FACES = re.compile(rf"(?:{_FACE.pattern}|\s)+$")


def clean(text: str) -> str:
    """The text in half width and simplified characters, without control characters or a face behind words, capped."""
    wide = unicodedata.normalize("NFKC", text[:LONGEST])
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
    old, new = source.read_text(encoding="utf-8").splitlines()
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
