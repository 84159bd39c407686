"""The words that can be heard, how common they are and how they sound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.hearing.units import units_of


@dataclass(frozen=True)
class Lexicon:
    """Words with their counts and with one or more readings each (rows of unit numbers)."""

    counts: Mapping[str, int]
    readings: Mapping[str, tuple[tuple[int, ...], ...]]

    def with_words(self, words: Iterable[str], count: int) -> Lexicon:
        """The lexicon with more words, each counted at least ``count`` times; what has no sound is left out."""
        known = {word: units for word in words if (units := units_of(word))}
        counts = {**self.counts, **{word: max(count, self.counts.get(word, 0)) for word in known}}
        return replace(
            self, counts=counts, readings={**{word: (units,) for word, units in known.items()}, **self.readings}
        )


def read(file: Path) -> Lexicon:
    """A lexicon from lines of word, count and unit numbers; a second reading is a second line."""
    counts: dict[str, int] = {}
    readings: dict[str, tuple[tuple[int, ...], ...]] = {}
    for line in file.read_text("utf-8").splitlines():
        word, count, units = line.split("\t")
        counts[word] = int(count)
        readings[word] = (*readings.get(word, ()), tuple(map(int, units.split())))
    return Lexicon(counts, readings)


def write(words: Lexicon, file: Path) -> None:
    """Write a lexicon as :func:`read` reads it, the commonest words first."""
    lines = [
        f"{word}\t{words.counts[word]}\t{' '.join(map(str, reading))}"
        for word in sorted(words.counts, key=lambda word: (-words.counts[word], word))
        for reading in words.readings[word]
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")
