"""The closed set of sounds that the starter model knows, and how a word is written in them."""

from __future__ import annotations

from functools import cache

BLANK = "_"
_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s"
_FINALS = (
    "a ai an ang ao e ei en eng er i ia ian iang iao ie in ing iong iou o ong ou "
    "u ua uai uan uang uei uen ueng uo v van ve vn"
)
INITIALS, FINALS = _INITIALS.split(), _FINALS.split()
UNITS = (BLANK, *INITIALS, *FINALS)
"""Unit number 0 is the blank; the order is that of the net's outputs and must never change."""
SPELLED = str.maketrans("嗯ABCDEF", "恩诶毕西弟衣福")
"""Characters and letters without a reading of their own → one that sounds alike."""
NUMBER = {unit: number for number, unit in enumerate(UNITS)}


@cache
def units_of(word: str) -> tuple[int, ...] | None:
    """Numbers of the sounds of a Chinese word, or None when it holds a character without a known sound."""
    from pypinyin import Style, pinyin  # half a second of every start, and of no use before something is heard

    word = word.translate(SPELLED)
    starts = pinyin(word, style=Style.INITIALS, strict=True, errors="ignore")
    ends = pinyin(word, style=Style.FINALS, strict=True, errors="ignore")
    if len(starts) != len(word) or any(end not in NUMBER for (end,) in ends):
        return None
    pairs = zip(starts, ends, strict=True)
    return tuple(NUMBER[sound] for (start,), (end,) in pairs for sound in (start, end) if sound)
