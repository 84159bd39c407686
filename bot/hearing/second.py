"""A second opinion for engines that do not tell how sure they are: another model listens too, and agreeing by sound is sure.

heard  四 号 楼 灯 不 亮      the engine's characters
other  十 号 楼 等 不 亮      the other's, aligned by their syllables
       ?  ✓  ✓  ✓  ✓  ✓
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from bot.hearing import models
from bot.hearing.judging import thresholds
from bot.hearing.settings import HearingSettings
from bot.hearing.units import UNITS, units_of
from models.transcripts import Word

TELLING = ("vosk", "whisper")
"""Engines that tell how sure they are."""


def helper(settings: HearingSettings) -> HearingSettings | None:
    """The settings of a real model that is here beside the one that hears; None where there is none."""
    if models.engine_of(settings) in TELLING:
        return None
    known = models.sources().values()
    names = (one.name for one in known if one.engine in TELLING and one.name != settings.model)
    found = next((name for name in names if models.fault_of(name, settings) is None), None)
    return replace(settings, model=found, engine=models.sources()[found].engine) if found else None


def weighed(words: Sequence[Word], others: Sequence[Word]) -> tuple[Word, ...]:
    """Every character as a word, sure where the second recognizer heard the same sound; a number stays one word."""
    rows = [_sounds(words), _sounds(others)]
    level = thresholds()["second"]
    same = {
        at
        for block in Levenshtein.opcodes(*rows)
        if block.tag == "equal"
        for at in range(block.src_start, block.src_end)
    }
    signs = [(sign, word) for word in words for sign in word.text]
    return joined(
        [
            Word(sign, level["same"] if at in same else level["other"], word.start, word.end)
            for at, (sign, word) in enumerate(signs)
        ]
    )


def joined(words: Sequence[Word]) -> tuple[Word, ...]:
    """Characters of one number put together again, as sure as the least sure of them."""
    figures, made = thresholds()["second"]["figures"], list[Word]()
    for word in words:
        if made and word.text in figures and made[-1].text[-1] in figures:
            before = made[-1]
            least = min(before.confidence, word.confidence)
            made[-1] = Word(before.text + word.text, least, before.start, word.end)
        else:
            made.append(word)
    return tuple(made)


def _sounds(words: Sequence[Word]) -> list[str]:
    """One sound for each character."""
    return ["".join(UNITS[unit] for unit in units_of(sign) or ()) or sign for word in words for sign in word.text]
