"""The sounds with their tones: a finer teacher for the first passes of training."""

from __future__ import annotations

from functools import cache

from pypinyin import Style, pinyin

from bot.hearing.units import BLANK, FINALS, INITIALS, NUMBER, SPELLED

TONED = (BLANK, *INITIALS, *(final + tone for final in FINALS for tone in "12345"))
PLAIN = tuple(NUMBER[unit.rstrip("12345")] for unit in TONED)
"""The unit without its tone, for each toned one."""
_NUMBER = {unit: number for number, unit in enumerate(TONED)}


@cache
def toned_units_of(word: str) -> tuple[int, ...] | None:
    """Numbers of the toned sounds of a word, or None when one is not known."""
    word = word.translate(SPELLED)
    starts = pinyin(word, style=Style.INITIALS, strict=True, errors="ignore")
    ends = pinyin(word, style=Style.FINALS_TONE3, strict=True, errors="ignore", neutral_tone_with_five=True)
    if len(starts) != len(word) or any(end not in _NUMBER for (end,) in ends):
        return None
    pairs = zip(starts, ends, strict=True)
    return tuple(_NUMBER[sound] for (start,), (end,) in pairs for sound in (start, end) if sound)
