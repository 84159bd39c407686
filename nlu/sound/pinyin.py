"""Chinese characters → syllables without tones, from a table built once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from models import files as tables
from nlu.grammar import table

_TABLE = table("sound")


def known_foldings() -> tuple[str, ...]:
    """Names of the regional foldings that a community may choose."""
    return tuple(_TABLE["foldings"])


def syllables(text: str, foldings: Sequence[str] = ()) -> tuple[str, ...]:
    """One tone-less syllable per Chinese character, folded; every other character as itself.

    Raises ``ValueError`` for a folding that ``sound.toml`` does not know.
    """
    names = tuple(foldings)
    sounds = tuple(map(_table(names).get, text, text))
    exceptions = list(_words().finditer(text))
    return _corrected(sounds, exceptions, names) if exceptions else sounds


def _corrected(sounds: tuple[str, ...], exceptions: list[re.Match[str]], foldings: tuple[str, ...]) -> tuple[str, ...]:
    """The syllables with those words put right whose characters are read otherwise there."""
    found, spoken = list(sounds), _TABLE["words"]
    for match in exceptions:
        found[match.start() : match.end()] = [fold(syllable, foldings) for syllable in spoken[match.group()].split()]
    return tuple(found)


@cache
def fold(syllable: str, foldings: tuple[str, ...]) -> str:
    """The syllable as people of a region say it, foldings applied in the order of ``sound.toml``."""
    for name, rules in _TABLE["foldings"].items():
        if name in foldings:
            syllable = substitute(rules, syllable)
    return syllable


def substitute(rules: Mapping[str, str], syllable: str) -> str:
    """The syllable after every pattern → replacement of the rules, in order."""
    for pattern, replacement in rules.items():
        syllable = re.sub(pattern, replacement, syllable)
    return syllable


@cache
def skeleton(syllable: str) -> str:
    """What is left of a syllable when everything that may be confused is made equal."""
    return substitute(_TABLE["skeleton"], syllable)


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_TABLE["words"], key=len, reverse=True))))


@cache
def _plain() -> dict[str, str]:
    """Character → its usual syllable, from ``syllables.tsv`` and the readings of ``sound.toml``."""
    lines = tables.text(files("nlu.sound") / "syllables.tsv", "nlu/sound/syllables.tsv").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    chosen: dict[str, str] = _TABLE["readings"]
    return {character: syllable for syllable, characters in rows for character in characters} | chosen


@cache
def _table(foldings: tuple[str, ...]) -> dict[str, str]:
    """Character → its usual syllable, folded."""
    unknown = set(foldings) - set(_TABLE["foldings"])
    if unknown:
        raise ValueError(f"unknown sound folding: {', '.join(sorted(unknown))}")
    return {character: fold(syllable, foldings) for character, syllable in _plain().items()}
