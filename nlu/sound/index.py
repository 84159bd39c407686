"""An index of words by their characters and by their sound.

Entries are looked for by their characters first. What is left is cut into pairs of neighbouring syllables, reduced to
their skeletons (what may be confused at all is equal); a pair that no entry has costs one look into a dictionary, the
few entries that share one are compared with rapidfuzz.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import add

from rapidfuzz.fuzz import ratio

from nlu.grammar import table
from nlu.sound.collisions import plausible
from nlu.sound.pinyin import skeleton, syllables

_SCORES: dict[str, float] = table("sound")["scores"]
SAME: float = _SCORES["same"]
"""The score of what sounds the same after folding."""


@dataclass(frozen=True)
class Hit:
    """An entry found in a text."""

    key: str
    words: str
    """The entry's own words, as they should be written."""
    span: tuple[int, int]
    """Where they were heard."""
    score: float
    """1 by characters, at most 0.96 by sound."""
    exact: bool
    """By characters; else by sound."""


@dataclass(frozen=True)
class _Entry:
    key: str
    words: str
    sounds: tuple[str, ...]
    bones: tuple[str, ...]
    joined: str
    weight: float


class Index:
    """Words that people may mean, to be found by characters and by sound."""

    def __init__(
        self,
        entries: Mapping[str, Sequence[str]],
        foldings: Sequence[str] = (),
        weights: Mapping[str, float] | None = None,
    ) -> None:
        """Key → words people call it; a weight above or below 1 makes a key easier or harder to hear."""
        self.foldings = tuple(foldings)
        self._by_start: dict[str, list[_Entry]] = {}
        self._single: dict[str, list[_Entry]] = {}
        self._by_pair: dict[tuple[str, str], list[tuple[int, _Entry]]] = {}
        for key, names in entries.items():
            for words in filter(None, dict.fromkeys(names)):
                self._add(key, words, (weights or {}).get(key, 1.0))

    def _add(self, key: str, words: str, weight: float) -> None:
        sounds = syllables(words, self.foldings)
        entry = _Entry(key, words, sounds, tuple(map(skeleton, sounds)), " ".join(sounds), weight)
        starts = self._by_start if len(words) > 1 else self._single
        starts.setdefault(words[:2], []).append(entry)
        for offset, pair in enumerate(pairwise(entry.bones)):
            self._by_pair.setdefault(pair, []).append((offset, entry))

    def find(self, text: str, cutoff: float | None = None, expected: Collection[str] = ()) -> tuple[Hit, ...]:
        """Exact hits in the order of the text, then sound hits, best first; hits do not overlap.

        ``expected`` are the keys that the open question waits for: they get a lower cutoff. A measured collision
        (活儿找活了 is no fire) counts only where its context speaks for it.
        """
        limit = _SCORES["cutoff"] if cutoff is None else cutoff
        found = [*self._exact(text), *self._similar(text, limit, frozenset(expected))]
        hits = _apart(sorted(found, key=_rank), len(text))
        exact = sorted((hit for hit in hits if hit.exact), key=lambda hit: hit.span)
        return (*exact, *sorted((hit for hit in hits if not hit.exact), key=lambda hit: (-hit.score, hit.span)))

    def written(self, text: str) -> tuple[Hit, ...]:
        """The exact hits alone, in the order of the text; the longest where they overlap."""
        return tuple(sorted(_apart(sorted(self._exact(text), key=_rank), len(text)), key=lambda hit: hit.span))

    def holds(self, text: str) -> bool:
        """Whether an entry of at least two characters stands in a text, written rightly."""
        return any(len(hit.words) > 1 for hit in self._exact(text))

    def _exact(self, text: str) -> Iterator[Hit]:
        ways = [map(self._by_start.get, map(add, text, text[1:]))]
        if self._single:
            ways.append(map(self._single.get, text))
        for way in ways:
            for start, entries in enumerate(way):
                for entry in entries or ():
                    if text.startswith(entry.words, start):
                        yield Hit(entry.key, entry.words, (start, start + len(entry.words)), 1.0, True)

    def _similar(self, text: str, cutoff: float, expected: frozenset[str]) -> Iterator[Hit]:
        sounds = syllables(text, self.foldings)
        for start, entry in self._candidates(list(map(skeleton, sounds))):
            span = (start, start + len(entry.sounds))
            limit = cutoff - _SCORES["expected"] if entry.key in expected else cutoff
            score = _likeness(sounds[slice(*span)], entry)
            if score * entry.weight < limit or text.startswith(entry.words, start):
                continue
            if entry.key in expected or plausible(text, span, entry.words):
                yield Hit(entry.key, entry.words, span, score, False)

    def _candidates(self, bones: list[str]) -> Iterator[tuple[int, _Entry]]:
        """Start and entry of everything that may be there; each once."""
        seen: set[tuple[int, int]] = set()
        for position, entries in enumerate(map(self._by_pair.get, pairwise(bones))):
            for offset, entry in entries or ():
                start = position - offset
                if start < 0 or (start, id(entry)) in seen:
                    continue
                seen.add((start, id(entry)))
                if _alike(bones[start : start + len(entry.bones)], entry.bones):
                    yield start, entry


def _alike(heard: list[str], meant: tuple[str, ...]) -> bool:
    """Whether the skeletons agree; one syllable in five may be another."""
    if len(heard) != len(meant):
        return False
    return sum(map(str.__ne__, heard, meant)) <= len(meant) // 5


def _likeness(sounds: tuple[str, ...], entry: _Entry) -> float:
    return SAME if sounds == entry.sounds else SAME * ratio(" ".join(sounds), entry.joined) / 100


def _rank(hit: Hit) -> tuple[bool, int, bool, float, tuple[int, int]]:
    """The longest of what is written or sounds the same comes first, then what is only near."""
    return hit.score < SAME, hit.span[0] - hit.span[1], not hit.exact, -hit.score, hit.span


def _apart(hits: list[Hit], length: int) -> list[Hit]:
    """The hits that do not overlap an earlier one."""
    kept, taken = [], bytearray(length)
    for hit in hits:
        start, end = hit.span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(hit)
    return kept
