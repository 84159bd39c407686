"""Words that were heard wrongly: found by how they sound.

Entries are looked for by their characters first. What is left is cut into pairs of neighbouring syllables, reduced to
their skeletons (what may be confused at all is equal); a pair that no entry has costs one look into a dictionary, the
few entries that share one are compared with rapidfuzz.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from nlu.grammar import table
from nlu.pinyin import skeleton, syllables

_SCORES: dict[str, float] = table("sound")["scores"]

__all__ = ["Hit", "Index", "syllables"]


@dataclass(frozen=True)
class Hit:
    """An entry found in a text."""

    key: str
    words: str
    """The entry's own words, as they should be written."""
    span: tuple[int, int]
    """Where they were heard."""
    score: float
    exact: bool
    """By characters; else by sound."""


@dataclass(frozen=True)
class _Entry:
    key: str
    words: str
    sounds: tuple[str, ...]
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
        self._by_character: dict[str, list[_Entry]] = {}
        self._by_pair: dict[tuple[str, str], list[tuple[int, _Entry]]] = {}
        for key, names in entries.items():
            for words in dict.fromkeys(names):
                self._add(key, words, (weights or {}).get(key, 1.0))

    def _add(self, key: str, words: str, weight: float) -> None:
        if not words:
            return
        sounds = syllables(words, self.foldings)
        entry = _Entry(key, words, sounds, " ".join(sounds), weight)
        self._by_character.setdefault(words[0], []).append(entry)
        bones = [skeleton(sound) for sound in sounds]
        for offset, pair in enumerate(pairwise(bones)):
            self._by_pair.setdefault(pair, []).append((offset, entry))

    def find(self, text: str, cutoff: float | None = None, expected: Collection[str] = ()) -> tuple[Hit, ...]:
        """Exact hits in the order of the text, then sound hits, best first; hits do not overlap.

        ``expected`` are the keys that the open question waits for: they get a lower cutoff.
        """
        taken = bytearray(len(text))
        exact = _apart(sorted(self._exact(text), key=lambda hit: (hit.span[0] - hit.span[1], hit.span)), taken)
        limit = _SCORES["cutoff"] if cutoff is None else cutoff
        similar = (hit for hit in self._similar(text) if hit.score >= self._limit(hit.key, limit, expected))
        sounding = _apart(sorted(similar, key=lambda hit: (-hit.score, hit.span[0] - hit.span[1], hit.span)), taken)
        return (*sorted(exact, key=lambda hit: hit.span), *sounding)

    def _limit(self, key: str, cutoff: float, expected: Collection[str]) -> float:
        return cutoff - _SCORES["expected"] if key in expected else cutoff

    def _exact(self, text: str) -> Iterator[Hit]:
        for start, character in enumerate(text):
            for entry in self._by_character.get(character, ()):
                if text.startswith(entry.words, start):
                    yield Hit(entry.key, entry.words, (start, start + len(entry.words)), 1.0, True)

    def _similar(self, text: str) -> Iterator[Hit]:
        sounds = syllables(text, self.foldings)
        bones = list(map(skeleton, sounds))
        seen: set[tuple[int, int]] = set()
        for position, pair in enumerate(pairwise(bones)):
            for offset, entry in self._by_pair.get(pair, ()):
                start, end = position - offset, position - offset + len(entry.sounds)
                if start < 0 or end > len(text) or (start, id(entry)) in seen:
                    continue
                seen.add((start, id(entry)))
                yield Hit(entry.key, entry.words, (start, end), _likeness(sounds[start:end], entry), False)


def _likeness(sounds: tuple[str, ...], entry: _Entry) -> float:
    """How alike the syllables are, weighted, at most 1."""
    same: float = _SCORES["same"]
    alike = same if sounds == entry.sounds else same * ratio(" ".join(sounds), entry.joined) / 100
    return min(1.0, alike * entry.weight)


def _apart(hits: list[Hit], taken: bytearray) -> tuple[Hit, ...]:
    """The hits that do not overlap an earlier one; marks what they take."""
    kept = []
    for hit in hits:
        start, end = hit.span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(hit)
    return tuple(kept)
