"""Sentences as what the scorer learns from: features and targets, and copies with misheard characters."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.meaning.features import of_scene, of_text, tidy
from nlu.meaning.vocabulary import vocabulary, voice
from nlu.sentences import Sentence
from nlu.sound.pinyin import known_foldings, syllables

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Example:
    """One sentence as features, with what it means."""

    words: frozenset[str]
    scene: frozenset[str]
    sentence: Sentence
    weight: float = 1.0


def examples(sentences: Iterable[Sentence], settings: dict[str, float], seed: int = 0) -> list[Example]:
    """Each sentence as it stands, and as it may be heard; sometimes nobody knows who speaks."""
    chance, found = random.Random(seed), list[Example]()
    for sentence in sentences:
        found.append(_example(sentence, sentence.text, chance, settings["nobody"]))
        for share in (settings["misheard"],) if settings["misheard"] else ():
            text = misheard(sentence.text, share, chance)
            found.append(_example(sentence, text, chance, settings["nobody"], settings["copy"]))
    return found


def _example(sentence: Sentence, text: str, chance: random.Random, nobody: float, weight: float = 1.0) -> Example:
    plain = tidy(text)
    role = "" if chance.random() < nobody else voice(sentence.role)
    scene = of_scene(plain, role, sentence.where, sentence.open)
    return Example(frozenset(of_text(plain)), frozenset(scene), sentence, weight)


_BY_SOUND: dict[str, str] = {}


def _sounding(character: str) -> str:
    """Common characters that sound alike by the foldings."""
    if not _BY_SOUND:
        rows = (bytes([high, low]) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
        for one in "".join(row.decode("gb2312", "ignore") for row in rows):
            (sound,) = syllables(one, known_foldings())
            _BY_SOUND[sound] = _BY_SOUND.get(sound, "") + one
    return _BY_SOUND.get(syllables(character, known_foldings())[0], "").replace(character, "")


def misheard(text: str, share: float, chance: random.Random) -> str:
    """The text with this share of its Chinese characters replaced by others that sound alike."""
    heard = list(text)
    for at, character in enumerate(text):
        if "一" <= character <= "鿿" and chance.random() < share:
            heard[at] = chance.choice(_sounding(character) or character)
    return "".join(heard)


@dataclass(frozen=True)
class Targets:
    """What each example means, as shares of one: intents, category, urgency; rows of zeros where nothing is known."""

    intents: Floats
    categories: Floats
    urgencies: Floats


def targets(some: Sequence[Example]) -> Targets:
    """The targets of the examples; the first intent is that nothing is wanted."""
    known = vocabulary()
    intents, categories, urgencies = (
        np.zeros((len(some), size), np.float32)
        for size in (1 + len(known.intents), len(known.categories), len(known.urgencies))
    )
    for row, example in enumerate(some):
        sentence = example.sentence
        if not sentence.needs:
            intents[row, 0] = 1
        for either in sentence.needs:
            for intent in either:
                intents[row, 1 + known.intents.index(intent)] += 1 / len(either) / len(sentence.needs)
        if sentence.category != "-":
            categories[row, known.categories.index(sentence.category)] = 1
        if sentence.urgency != "-":
            urgencies[row, known.urgencies.index(sentence.urgency)] = 1
    return Targets(intents, categories, urgencies)


def frequent(some: Sequence[Example], least: int, most: int) -> tuple[dict[str, int], Floats]:
    """The features that are learned with their columns, and how telling each is by its rareness."""
    counted = Counter[str]()
    for example in some:
        counted.update(example.words)
        counted.update(example.scene)
    kept = sorted((one for one, count in counted.items() if count >= least), key=lambda one: (-counted[one], one))[
        :most
    ]
    rare = [np.log((1 + len(some)) / (1 + counted[one])) + 1 for one in kept]
    return {one: column for column, one in enumerate(kept)}, np.array(rare, np.float32)
