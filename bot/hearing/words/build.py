"""Builds the word graph of a starter model from sentences, in a second or two."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.hearing.settings import STARTER
from bot.hearing.words import fst, lexicon, ngrams
from bot.hearing.words.chains import chains
from bot.hearing.words.cutting import cutter

_NEW_WORD_COUNT = 3000
"""How common a community's own words are taken to be when a sentence is cut into words."""


@dataclass(frozen=True)
class Weights:
    """What was measured to work best on left-out sentences (``tools/starter_model/measure.py``)."""

    scale: float = 0.9
    """Weight of the grammar against the sounds."""
    word_cost: float = 0.5
    trust: float = 0.92


@dataclass(frozen=True)
class Own:
    """A community's own words: name of a class (``service``, ``spot``, ``person``) → words."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def build_words(sentences: Iterable[str], folder: Path, own: Own | None = None, weights: Weights | None = None) -> None:
    """Write ``HCLr.fst``, ``Gr.fst``, ``words.txt`` and ``disambig_tid.int`` into a folder."""
    weights, classes = weights or Weights(), read_classes(own or Own())
    members = {word: name for name, words in classes.items() for word in words}
    words = lexicon.read(STARTER / "lexicon.tsv").with_words(members, _NEW_WORD_COUNT)
    numbers = {word: number for number, word in enumerate(words.counts, 1)}
    folder.mkdir(parents=True, exist_ok=True)
    _write_names(numbers, folder)
    readings = ((numbers[word], reading) for word in numbers for reading in words.readings[word])
    chains(readings, weights.word_cost).write(folder / "HCLr.fst", fst.OUTPUT_SORTED, order=1)
    cut = cutter(words.counts)
    rows = ([members.get(word, word) for word in cut(text)] for text in sentences)
    counts = ngrams.Counts(ngrams.count(rows), _general(words.counts, members), weights.trust, _shares(classes))
    machine = ngrams.grammar(counts, numbers, weights.scale)
    machine.write(folder / "Gr.fst", fst.ACCEPTOR | fst.INPUT_SORTED | fst.OUTPUT_SORTED, order=0)


def read_classes(own: Own) -> dict[str, tuple[str, ...]]:
    """Classes of the data file with a community's own words among their members; a name in capitals is not a word."""
    table = tomllib.loads((STARTER / "classes.toml").read_text("utf-8"))
    names = {**table, **{name: [*table.get(name, []), *words] for name, words in own.words.items()}}
    return {name.upper(): tuple(dict.fromkeys(words)) for name, words in names.items()}


def _general(counts: Mapping[str, int], members: Mapping[str, str]) -> dict[str, float]:
    """Probability of a word in speech at large; members of classes are reached through their class."""
    whole = sum(counts.values())
    return {word: count / whole for word, count in counts.items() if word not in members}


def _shares(classes: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, float]]:
    """Members of a class are equally likely."""
    return {name: dict.fromkeys(words, 1 / len(words)) for name, words in classes.items()}


def _write_names(numbers: Mapping[str, int], folder: Path) -> None:
    """The table of word numbers, and the empty list of auxiliary symbols."""
    lines = ["<eps> 0", *(f"{word} {number}" for word, number in numbers.items())]
    (folder / "words.txt").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "disambig_tid.int").write_bytes(b"")
