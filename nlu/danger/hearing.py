"""Signs by their sound: what a recognizer may have misheard. Never more than Tier 2.

Every character stands for its syllable with all that may be confused made equal by region (``nlu.pinyin``), one private
character for each, so that the rules run over a text of sounds as they do over a text of characters.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from models.meaning import Sign
from nlu.danger import table
from nlu.danger.judging import Scene
from nlu.danger.matching import Found, Index
from nlu.danger.patterns import characters, expand
from nlu.danger.rules import Rule, rules
from nlu.pinyin import known_foldings, syllables

_TABLE = table("hearing")
_ALSO: dict[str, list[str]] = _TABLE["readings"]
_LEAST: dict[str, list[int]] = _TABLE["least"]
"""Syllables heard → how many of them must be written as in the rule, with no, one, two … supporting words near."""
_PRIVATE = 0xE000


class _Sounds(dict[int, str]):
    """Character → the private character of its sound, filled as texts need it."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def code(self, syllable: str) -> str:
        """The private character of a syllable."""
        return self._codes.setdefault(syllable, chr(_PRIVATE + len(self._codes)))

    def __missing__(self, character: int) -> str:
        letter = chr(character)
        syllable = syllables(letter, known_foldings())[0]
        self[character] = letter if syllable == letter else self.code(syllable)
        return self[character]


_SOUNDS = _Sounds()


def sound_of(text: str) -> str:
    """A cleaned text as its sounds, character by character."""
    return text.translate(_SOUNDS)


def spelled(character: str) -> str:
    """The sounds a character of a rule may have."""
    return "".join({_SOUNDS[ord(character)], *(_SOUNDS.code(also) for also in _ALSO.get(character, ()))})


@cache
def spoken_rules() -> tuple[Rule, ...]:
    """The rules that may be found by sound: those with a slot of two syllables or more."""
    return tuple(rule for rule in rules() if _can_be_heard(rule))


def _can_be_heard(rule: Rule) -> bool:
    shortest = max(min(map(len, expand(slot, 3))) for slot in rule.pattern.slots)
    return shortest >= 2 and rule.strength in _TABLE["strengths"] and rule.sign not in _TABLE["never"]


@cache
def spoken() -> Index:
    """These rules, to be found in a text of sounds."""
    return Index((rule.pattern for rule in spoken_rules()), spelled)


@cache
def _written_in(key: int) -> tuple[frozenset[str], ...]:
    """The characters that stand somewhere in each slot of a rule."""
    return tuple(characters(slot) for slot in spoken_rules()[key].pattern.slots)


def _closeness(text: str, found: Found) -> tuple[int, int]:
    """How many characters were heard, and how many of them are written as in the rule."""
    slots = zip(found.slots, _written_in(found.key), strict=True)
    exact = [text[at] in written for (low, high), written in slots for at in range(low, high)]
    return len(exact), sum(exact)


def _close_enough(scene: Scene, found: Found) -> bool:
    """Whether so much of it is written as in the rule that it is no chance; support counts."""
    heard, exact = _closeness(scene.text, found)
    if exact == heard:
        return False
    least = _LEAST.get(str(heard), _LEAST["more"])
    if exact < min(least):
        return False
    support = min(scene.around.supported(found), len(least) - 1)
    return exact >= least[support]


def heard(scene: Scene, candidates: Iterable[tuple[Rule, Found]]) -> list[Sign]:
    """The signs that only sound so, each Tier 2, among those that are not already found by their characters."""
    signs: dict[str, Sign] = {}
    for found in spoken().find(sound_of(scene.text)):
        rule = spoken_rules()[found.key]
        if rule.sign in signs or not _close_enough(scene, found) or not scene.tier(rule, found):
            continue
        signs[rule.sign] = Sign(rule.family, 2, rule.sign, scene.text[slice(*found.span)])
    return list(signs.values())
