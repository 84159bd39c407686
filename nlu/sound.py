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
from nlu.collisions import around, opposed, speaks, within
from nlu.grammar import table
from nlu.index import SAME, Hit, Index
from nlu.pinyin import known_foldings, syllables

__all__ = ["Hit", "Index", "Repair", "known_foldings", "repair", "syllables", "vocabulary"]

_TABLE: dict[str, Any] = table("collisions")
_POINTS: dict[str, float] = _TABLE["evidence"]
_DANGER: tuple[str, ...] = tuple(_TABLE["danger"]["words"])
_REQUEST: tuple[str, ...] = tuple(_TABLE["nearby"]["request"])
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
    exact: tuple[tuple[int, int], ...]
    expected: frozenset[str]
    alternative: str
    confidence: tuple[float | None, ...]


def repair(
    text: str, index: Index, expected: Collection[str] = (), heard: Transcript | None = None
) -> tuple[str, tuple[Repair, ...]]:
    """The text with misheard words of the index put right where the context is for it, and what was changed.

    ``expected`` are the keys that the open question waits for; ``heard`` makes words easier to repair of which the
    recognizer was not sure, and harder of which it was.
    """
    hits = index.find(text, expected=expected)
    scene = _Scene(
        text,
        tuple(hit.span for hit in hits if hit.exact),
        frozenset(expected),
        (heard.alternative or "") if heard else "",
        _confidence(text, heard),
    )
    sounding = [hit for hit in hits if not hit.exact]
    sure = [hit for hit in sounding if _evidence(hit, scene, ()) >= _POINTS["needed"]]
    known_spans = scene.exact + tuple(hit.span for hit in sure)
    weighed = [(hit, _evidence(hit, scene, known_spans)) for hit in sounding]
    repairs = [
        Repair(hit.span, text[slice(*hit.span)], hit.words, hit.key, points)
        for hit, points in weighed
        if points >= _POINTS["needed"]
    ]
    return _applied(text, sorted(repairs, key=lambda made: made.span))


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


def _evidence(hit: Hit, scene: _Scene, known_spans: Sequence[tuple[int, int]]) -> float:
    """How much speaks for a repair."""
    written = scene.text[slice(*hit.span)]
    points = _POINTS["same"] if hit.score >= SAME else _POINTS["near"]
    points += min(_POINTS["longest"], _POINTS["long"] * (len(hit.words) - 2))
    points += _POINTS["function"] * any(c in _FUNCTION and c != m for c, m in zip(written, hit.words, strict=True))
    points += _POINTS["part"] * any(hit.span[0] <= s and e <= hit.span[1] for s, e in scene.exact)
    points += _POINTS["expected"] * (hit.key in scene.expected)
    points += _POINTS["alternative"] * (hit.words in scene.alternative)
    return points + _context(hit, scene, known_spans) + _certainty(hit, scene)


def _context(hit: Hit, scene: _Scene, known_spans: Sequence[tuple[int, int]]) -> float:
    """What stands around: words that go with what is meant or with what was written."""
    nearby, points = around(scene.text, hit.span), 0.0
    ordinary = False
    for offset, collision in within(hit.words):
        start = hit.span[0] + offset
        written = scene.text[start : start + len(collision.meant)]
        ordinary |= written in collision.heard
        points = max(points, _POINTS["context"] * speaks(collision.near, nearby))
        points += _POINTS["usual"] * (written in collision.usual)
        points += _POINTS["against"] * opposed(collision, scene.text, hit.span)
    if ordinary:
        return points + _POINTS["ordinary"]
    return points + _POINTS["request"] * (bool(set(known_spans) - {hit.span}) or speaks(_REQUEST, nearby))


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
        _frozen(lexicon.services), _frozen(lexicon.spots), lexicon.people, tuple(lexicon.learned.items()), lexicon.foldings
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
