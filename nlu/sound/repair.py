"""Words that were heard wrongly, and their repair by context.

A word is repaired when enough speaks for it: that it sounds the same, that it is long, that words stand near which go
with it, that the open question waits for it, that the recognizer was not sure. What speaks how much is data
(``grammar/zh/collisions.toml``). Words of danger are never made by a repair.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from models.meaning import Lexicon
from models.transcripts import Transcript
from nlu.grammar import table
from nlu.sound.collisions import around, cuts, misheard, opposed, requested, whole, written
from nlu.sound.index import SAME, Hit, Index
from nlu.sound.pinyin import known_foldings, syllables

__all__ = ["Hit", "Index", "Repair", "known_foldings", "repair", "syllables", "vocabulary"]

_TABLE: dict[str, Any] = table("collisions")
_POINTS: dict[str, float] = _TABLE["evidence"]
_DANGER: tuple[str, ...] = tuple(_TABLE["danger"]["words"])
_FUNCTION = frozenset(_TABLE["nearby"]["function"])
_SPARE = max(map(len, _DANGER))
"""How far beyond a repair a word of danger may reach."""


@dataclass(frozen=True)
class Repair:
    """A word that was put right."""

    span: tuple[int, int]
    """Where it was written in the original text; a repair never changes the length."""
    heard: str
    words: str
    key: str
    evidence: float
    """Points that spoke for it."""


@dataclass(frozen=True)
class _Scene:
    """A text with what bears on every repair in it."""

    text: str
    index: Index
    expected: frozenset[str]
    alternative: str
    confidence: tuple[float | None, ...]
    sounds: tuple[str, ...]
    """Its syllables, without regional folding."""


def repair(
    text: str, index: Index, expected: Collection[str] = (), heard: Transcript | None = None
) -> tuple[str, tuple[Repair, ...]]:
    """The text with misheard words of the index put right where the context is for it, and what was changed.

    ``expected`` are the keys that the open question waits for; ``heard`` makes words easier to repair of which the
    recognizer was not sure, and harder of which it was.
    """
    hits = index.find(text, expected=expected)
    sounding = [hit for hit in hits if not hit.exact][: _TABLE["nearby"]["most"]]
    if not sounding:
        return text, ()
    scene = _Scene(
        text,
        index,
        frozenset(expected),
        (heard.alternative or "") if heard else "",
        _confidence(text, heard),
        syllables(text),
    )
    return _applied(text, _weighed(sounding, scene, any(hit.exact for hit in hits)))


def _weighed(hits: list[Hit], scene: _Scene, known: bool) -> list[Repair]:
    """The repairs for which enough speaks, in the order of the text; ``known``: a known word stands there too."""
    first = [(hit, _evidence(hit, scene, known)) for hit in hits]
    sure = sum(points >= _POINTS["needed"] for _, points in first)
    if sure and not known:
        first = [(hit, points if points >= _POINTS["needed"] else _evidence(hit, scene, True)) for hit, points in first]
    repairs = (
        Repair(hit.span, scene.text[slice(*hit.span)], hit.words, hit.key, points)
        for hit, points in first
        if points >= _POINTS["needed"]
    )
    return sorted(repairs, key=lambda made: made.span)


def _applied(text: str, repairs: list[Repair]) -> tuple[str, tuple[Repair, ...]]:
    """The repaired text; a repair that would make a word of danger is left out."""
    made = []
    for candidate in repairs:
        start, end = candidate.span
        repaired = text[:start] + candidate.words + text[end:]
        if not _dangers(repaired, candidate.span) - _dangers(text, candidate.span):
            text = repaired
            made.append(candidate)
    return text, tuple(made)


def _dangers(text: str, span: tuple[int, int]) -> frozenset[str]:
    nearby = text[max(0, span[0] - _SPARE) : span[1] + _SPARE]
    return frozenset(word for word in _DANGER if word in nearby)


def _evidence(hit: Hit, scene: _Scene, known: bool) -> float:
    """How much speaks for a repair."""
    points = _sound(hit, scene.sounds)
    points += min(_POINTS["longest"], _POINTS["long"] * (len(hit.words) - 2))
    points += _POINTS["part"] * scene.index.holds(scene.text[slice(*hit.span)])
    points += _POINTS["cut"] * cuts(scene.text, hit.span)
    points += _POINTS["expected"] * (hit.key in scene.expected)
    points += _POINTS["alternative"] * (hit.words in scene.alternative)
    return points + _context(hit, scene, known) + _certainty(hit, scene)


def _sound(hit: Hit, sounds: tuple[str, ...]) -> float:
    """How alike it sounds; what sounds the same only in the region counts for less."""
    if hit.score < SAME:
        return _POINTS["near"]
    return _POINTS["same" if sounds[slice(*hit.span)] == syllables(hit.words) else "folded"]


def _context(hit: Hit, scene: _Scene, known: bool) -> float:
    """What stands around: words that go with what is meant or with what was written."""
    nearby, collisions = around(scene.text, hit.span), misheard(hit.words, scene.text, hit.span[0])
    points = _POINTS["context"] * any(collision.near.search(nearby) for _, collision in collisions)
    points += _POINTS["against"] * any(opposed(collision, scene.text, hit.span) for _, collision in collisions)
    if any(written(collision, offset, scene.text, hit.span) for offset, collision in collisions):
        return points + _POINTS["ordinary"]
    points += _POINTS["cut"] * whole(scene.text[slice(*hit.span)])
    heard = zip(scene.text[slice(*hit.span)], hit.words, strict=True)
    points += _POINTS["function"] * any(c in _FUNCTION and c != meant for c, meant in heard)
    return points + _POINTS["request"] * (known or requested(nearby))


def _certainty(hit: Hit, scene: _Scene) -> float:
    """What the recognizer thought of its own words there."""
    heard = [c for c in scene.confidence[slice(*hit.span)] if c is not None]
    if not heard:
        return 0.0
    least = min(heard)
    return _POINTS["doubted"] * (least < _POINTS["low"]) + _POINTS["certain"] * (least >= _POINTS["high"])


def _confidence(text: str, heard: Transcript | None) -> tuple[float | None, ...]:
    """The recognizer's confidence for each character of the text, where its words are found again."""
    found: list[float | None] = [None] * len(text) if heard else []
    position = 0
    for word in heard.words if heard else ():
        start = text.find(word.text, position)
        if start >= 0 and word.text:
            position = start + len(word.text)
            found[start:position] = [word.confidence] * len(word.text)
    return tuple(found)


def vocabulary(lexicon: Lexicon) -> Index:
    """The index of all that is listened for: the general words, and this community's services, spots and people.

    Keys are ``service.haircut``, ``object.lift``, ``command.cancel``, ``person.小李``, ``place.南门`` ...
    """
    return _vocabulary(
        _frozen(lexicon.services),
        _frozen(lexicon.spots),
        lexicon.people,
        tuple(lexicon.learned.items()),
        lexicon.foldings,
    )


def _frozen(words: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key, tuple(names)) for key, names in words.items())


@lru_cache(maxsize=32)
def _vocabulary(
    services: tuple[tuple[str, tuple[str, ...]], ...],
    spots: tuple[tuple[str, tuple[str, ...]], ...],
    people: tuple[str, ...],
    learned: tuple[tuple[str, str], ...],
    foldings: tuple[str, ...],
) -> Index:
    kinds: dict[str, dict[str, list[str]]] = table("vocabulary")
    entries = {f"{kind}.{name}": list(words) for kind, names in kinds.items() for name, words in names.items()}
    for key, names in services:
        entries.setdefault(f"service.{key}", []).extend(names)
    for spot, nicknames in spots:
        entries.setdefault(f"place.{spot}", []).extend((spot, *nicknames))
    for nickname, spot in learned:
        entries.setdefault(f"place.{spot}", []).append(nickname)
    entries |= {f"person.{name}": [name] for name in people}
    return Index(entries, foldings)
