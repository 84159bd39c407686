"""Signs by their sound: what a recognizer may have misheard. Never more than Tier 2.

Every character stands for its syllable with all that may be confused made equal by region (``nlu.pinyin``), one private
character for each, so that the rules run over a text of sounds as they do over a text of characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import TYPE_CHECKING

from models.meaning import Sign
from nlu.danger import table
from nlu.danger.matching import Found, Index, Span, alternation
from nlu.danger.patterns import BREAK, Choice, Gap, Node, characters, length
from nlu.danger.rules import FREQUENT, Rule, rules
from nlu.sound.pinyin import fold, known_foldings, syllables

if TYPE_CHECKING:
    from nlu.danger.signs import Scene

_TABLE = table("hearing")
_ALSO: dict[str, list[str]] = _TABLE["readings"]
_READ: dict[str, str] = _TABLE["read"]
_PLAIN, _FREQUENT = frozenset(_TABLE["plain"]), frozenset(_TABLE["frequent"])
_WEIGHTS: dict[str, float] = _TABLE["weights"]
_BURDEN: dict[str, float] = _TABLE["burden"]
_DECOYS = re.compile(alternation(_TABLE["decoys"].split()))
_SETTINGS = frozenset(_TABLE["settings"])
_SETTING, _SETTING_OTHER = _WEIGHTS["setting"], _WEIGHTS["setting_other"]
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
        read = _READ.get(letter)
        syllable = fold(read, known_foldings()) if read else syllables(letter, known_foldings())[0]
        self[character] = letter if syllable == letter else self.code(syllable)
        return self[character]


_SOUNDS = _Sounds()


def sound_of(text: str) -> str:
    """A cleaned text as its sounds, character by character."""
    return text.translate(_SOUNDS)


@cache
def spelled(character: str) -> str:
    """The sounds a character of a rule may have."""
    return "".join(
        {_SOUNDS[ord(character)], *(_SOUNDS.code(fold(also, known_foldings())) for also in _ALSO.get(character, ()))}
    )


@cache
def spoken_rules() -> tuple[Rule, ...]:
    """The rules that may be found by sound: those with a slot of two syllables or more."""
    return tuple(rule for rule in rules() if _can_be_heard(rule))


def _can_be_heard(rule: Rule) -> bool:
    longest = max(length(slot)[0] for slot in rule.pattern.slots)
    return longest >= 2 and rule.pattern.audible and rule.strength in _TABLE["strengths"]


@cache
def spoken() -> Index:
    """These rules, to be found in a text of sounds."""
    return Index((rule.pattern for rule in spoken_rules()), FREQUENT, spelled, shortest=2)


@cache
def _written_in(key: int) -> tuple[frozenset[str], ...]:
    """The characters that stand somewhere in each slot of a rule."""
    return tuple(characters(slot) for slot in spoken_rules()[key].pattern.slots)


class Closeness:
    """How closely one text says what a rule says."""

    def __init__(self, scene: Scene) -> None:
        self._scene, self._text = scene, scene.text

    @cached_property
    def _ordinary(self) -> set[int]:
        """The places of ordinary words that sound like danger."""
        return {at for match in _DECOYS.finditer(self._text) for at in range(*match.span())}

    def enough(self, found: Found) -> bool:
        """Whether so much speaks for the rule that it is no chance."""
        least = _WEIGHTS["least_weak" if spoken_rules()[found.key].strength == "tier2" else "least"]
        best = self._at_best(found)
        if best + 2 * _WEIGHTS["help"] < least:
            return False
        help_near = self._scene.around.cries(found) * _WEIGHTS["help"]
        return best + help_near >= least and self.of(found) + help_near >= least

    def of(self, found: Found) -> float:
        """What speaks for the rule's words and against those that were written down."""
        slots = zip(spoken_rules()[found.key].pattern.slots, found.slots, strict=True)
        return sum(self._weighed(slot, low).get(high, -9.0) for slot, (low, high) in slots) - _burden(found)

    def _at_best(self, found: Found) -> float:
        """A quick upper bound of that: any character of the rule counts as the right one."""
        total = -_burden(found)
        for (low, high), written in zip(found.slots, _written_in(found.key), strict=True):
            for at in range(low, high):
                character = self._text[at]
                total += self._character(character if character in written else "", at)
        return total

    def _weighed(self, node: Node, at: int) -> dict[int, float]:
        """Where a tree that begins here can end → the most that speaks for it."""
        if isinstance(node, str):
            score = self._word(node, at)
            return {} if score is None else {at + len(node): score}
        if isinstance(node, Gap):
            return {at + more: 0.0 for more in range(node.longest + 1)}
        if isinstance(node, Choice):
            ends = _most(self._weighed(option, at) for option in self._beginning(node, at))
            return self._setting(node, at, ends) if node.name in _SETTINGS else ends
        ends = {at: 0.0}
        for part in node.parts:
            ends = _most(
                {end: sofar + more for end, more in self._weighed(part, low).items()} for low, sofar in ends.items()
            )
        return ends

    def _setting(self, choice: Choice, at: int, ends: dict[int, float]) -> dict[int, float]:
        """A person or a place proves little, however many characters it has."""
        return {
            end: _SETTING if self._text[at:end] in choice.options else min(score, _SETTING_OTHER)
            for end, score in ends.items()
        }

    def _beginning(self, choice: Choice, at: int) -> Iterable[Node]:
        """The options that may begin here, by the sound of their first character."""
        options = _by_first_sound(choice)
        sound = _SOUNDS[ord(self._text[at])] if at < len(self._text) else ""
        return (*options.get(sound, ()), *options[""])

    def _word(self, word: str, at: int) -> float | None:
        """What the characters from here on say for a word; None where they sound otherwise."""
        heard = self._text[at : at + len(word)]
        if len(heard) < len(word) or not all(map(_same, word, heard)):
            return None
        return sum(self._character(meant, at + offset) for offset, meant in enumerate(word))

    def _character(self, meant: str, at: int) -> float:
        written = self._text[at]
        if written == BREAK:
            return 0.0
        if meant == written:
            return _WEIGHTS["same_plain" if written in _PLAIN else "same"]
        return _WEIGHTS["other_frequent" if written in _FREQUENT or at in self._ordinary else "other"]


def _burden(found: Found) -> float:
    """What has to be outweighed: the shorter, the more likely it is chance; and so are words far apart."""
    syllables_heard = sum(high - low for low, high in found.slots)
    between = found.span[1] - found.span[0] - syllables_heard
    apart = _WEIGHTS["apart"] + between * _WEIGHTS["gap"] if len(found.slots) > 1 else 0.0
    return apart + _BURDEN.get(str(syllables_heard), 0.0)


_OPTIONS: dict[int, dict[str, list[Node]]] = {}
"""By identity: trees are made once and live as long as the rules."""


def _by_first_sound(choice: Choice) -> dict[str, list[Node]]:
    """Sound → the words of a choice that begin with it; under "" whatever is no word."""
    if id(choice) not in _OPTIONS:
        options: dict[str, list[Node]] = {"": []}
        for option in choice.options:
            for sound in spelled(option[0]) if isinstance(option, str) and option else ("",):
                options.setdefault(sound, []).append(option)
        _OPTIONS[id(choice)] = options
    return _OPTIONS[id(choice)]


def _same(meant: str, written: str) -> bool:
    return meant == written or _SOUNDS[ord(written)] in spelled(meant)


def _most(found: Iterable[dict[int, float]]) -> dict[int, float]:
    best: dict[int, float] = {}
    for ends in found:
        for end, score in ends.items():
            best[end] = max(score, best.get(end, score))
    return best


def heard(scene: Scene, written_down: Iterable[tuple[Rule, Found]]) -> list[Sign]:
    """The signs that only sound so, each Tier 2; what was written down has been judged by its characters already."""
    judged: dict[str, list[Span]] = {}
    for rule, found in written_down:
        judged.setdefault(rule.sign, []).append(found.span)
    signs: dict[str, Sign] = {}
    close = Closeness(scene)
    for found in spoken().find(sound_of(scene.text)):
        rule = spoken_rules()[found.key]
        if rule.sign in signs or _overlaps(found.span, judged.get(rule.sign, ())):
            continue
        if close.enough(found) and scene.tier(rule, found, True):
            signs[rule.sign] = Sign(rule.family, 2, rule.sign, scene.text[slice(*found.span)])
    return list(signs.values())


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(low < span[1] and span[0] < high for low, high in others)
