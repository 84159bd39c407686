"""The scorer: how likely each intent, category and urgency is, from the words of a line and who says it where.

Log-linear and of low rank: every feature has a few learned numbers, their weighted sum times one small table gives the scores. So
what a word contributes can be told (``why``), and a line of 200 characters takes about a millisecond. ``make meaning`` learns the
weights; they belong to the sentences and settings they were learned from, and are left unused where they do not.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models import files as tables
from nlu.meaning.features import of_scene, of_text, tidy
from nlu.meaning.vocabulary import vocabulary
from nlu.sentences import FOLDER, SentenceSet, sets

Floats = NDArray[np.float32]
NOTHING = "-"
"""The intent of who wants nothing."""
_FAULTS = (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error)


class WeightsFault(ValueError):
    """Weights that are missing, damaged, or of other sentences; the text says which."""


@dataclass(frozen=True)
class Scores:
    """How likely each meaning of a line is."""

    intents: Mapping[str, float]
    """Best first; ``-``: nothing is wanted. Together 1."""
    categories: Mapping[str, float]
    """Of a report; best first."""
    urgencies: Mapping[str, float]

    def of(self, intent: str) -> float:
        """How likely an intent is."""
        return self.intents.get(intent, 0.0)

    @property
    def danger(self) -> float:
        """How likely some emergency is."""
        return sum(share for intent, share in self.intents.items() if intent.startswith("emergency."))


@dataclass(frozen=True, eq=False)
class Scorer:
    """The weights, ready for use."""

    columns: Mapping[str, int]
    rareness: Floats
    inner: NDArray[np.int8]
    steps: Floats
    """What one step of each inner number is worth."""
    outer: Floats
    bias: Floats
    scene: float
    warmth: float
    """By how much scores are flattened so that shares come true."""
    learned: tuple[str, ...] = ()
    """The sets it was learned from."""

    def scores(self, text: str, role: str = "", where: str = "private", question: str = "-") -> Scores:
        """How likely each meaning of a text is."""
        plain = tidy(text)
        columns, values = self._row(of_text(plain), of_scene(plain, role, where, question))
        return self._shares(self._raw(columns, values))

    def _raw(self, columns: NDArray[np.int64], values: Floats) -> Floats:
        inner: Floats = values @ self.inner[columns].astype(np.float32) * self.steps
        raw: Floats = inner @ self.outer + self.bias
        return raw

    def _row(self, words: set[str], scene: set[str]) -> tuple[NDArray[np.int64], Floats]:
        known = self.columns
        said = np.array([one for one in map(known.get, words) if one is not None], np.int64)
        around = np.array([one for one in map(known.get, scene) if one is not None], np.int64)
        weights = self.rareness[said]
        length = float(np.sqrt((weights * weights).sum())) or 1.0
        values = np.concatenate([weights / length, np.full(len(around), self.scene, np.float32)])
        return np.concatenate([said, around]), values

    def _shares(self, raw: Floats) -> Scores:
        known, begin, found = vocabulary(), 0, []
        for names in ((NOTHING, *known.intents), known.categories, known.urgencies):
            part = raw[begin : begin + len(names)] / self.warmth
            shares = np.exp(part - part.max())
            shares /= shares.sum()
            order = np.argsort(-shares)
            found.append({names[at]: float(shares[at]) for at in order})
            begin += len(names)
        return Scores(*found)

    def why(
        self, text: str, intent: str, role: str = "", where: str = "private", question: str = "-"
    ) -> dict[str, float]:
        """What each feature adds to an intent over the average of all intents, the most first."""
        plain = tidy(text)
        words, scene = of_text(plain), of_scene(plain, role, where, question)
        names = [one for some in (words, scene) for one in some if one in self.columns]
        columns, values = self._row(words, scene)
        known = (NOTHING, *vocabulary().intents)
        table = self.outer[:, : len(known)]
        direction = table[:, known.index(intent)] - table.mean(axis=1)
        added = values * (self.inner[columns].astype(np.float32) * self.steps @ direction)
        return dict(sorted(zip(names, map(float, added), strict=True), key=lambda one: -one[1]))


@cache
def settings() -> dict[str, Any]:
    """``settings.toml``: how the scorer is trained."""
    return tables.table(files("nlu.meaning") / "settings.toml", "nlu/meaning/settings.toml")


def learnable() -> tuple[SentenceSet, ...]:
    """The shipped sets that weights are learned from: not sealed, and without intents of their own."""
    return tuple(one for one in sets() if not one.intents)


def fingerprint(names: Iterable[str]) -> str:
    """A hash of all that weights are learned from: these sets, settings, vocabulary; raises ``OSError`` where one is missing."""
    digest, own = hashlib.sha256(), files("nlu.meaning")
    for file in (own / "settings.toml", own / "vocabulary.toml", *(FOLDER / f"{name}.tsv" for name in sorted(names))):
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def load(file: Path) -> Scorer:
    """The scorer of a file of weights; raises ``WeightsFault``."""
    try:
        with np.load(file, allow_pickle=False) as rows:
            kept = {name: rows[name] for name in rows.files}
        names, learned, belongs = (
            bytes(kept[name]).decode("utf-8").split("\n") for name in ("features", "sets", "belongs")
        )
        scorer = Scorer(
            {one: column for column, one in enumerate(names)},
            kept["rareness"].astype(np.float32),
            kept["inner"],
            kept["steps"],
            kept["outer"],
            kept["bias"],
            float(kept["numbers"][0]),
            float(kept["numbers"][1]),
            tuple(learned),
        )
    except _FAULTS as fault:
        raise WeightsFault(f"{file.name} cannot be read ({fault}): run make meaning") from fault
    if not _belongs(learned, belongs[0]):
        raise WeightsFault(f"{file.name} was learned from other sentences: run make meaning")
    if not _fits(scorer):
        raise WeightsFault(f"{file.name} is damaged: run make meaning")
    return scorer


def _belongs(names: Iterable[str], wanted: str) -> bool:
    try:
        return fingerprint(names) == wanted
    except OSError:
        return False


def _fits(scorer: Scorer) -> bool:
    known = vocabulary()
    width = 1 + len(known.intents) + len(known.categories) + len(known.urgencies)
    rank = len(scorer.steps)
    shapes = (scorer.inner.shape, scorer.rareness.shape, scorer.outer.shape, scorer.bias.shape)
    whole = shapes == ((len(scorer.columns), rank), (len(scorer.columns),), (rank, width), (width,))
    return whole and all(bool(np.isfinite(part).all()) for part in (scorer.rareness, scorer.outer, scorer.bias))


@cache
def shipped() -> tuple[Scorer | None, str]:
    """The scorer that belongs to the shipped sentences, or None and what is wrong with it."""
    with as_file(files("nlu.meaning") / "weights.npz") as file:
        try:
            return load(file), ""
        except WeightsFault as fault:
            return None, str(fault)


_INSTEAD: list[Scorer | None] = []


def scorer() -> Scorer | None:
    """The scorer, if there is one to be trusted."""
    return _INSTEAD[-1] if _INSTEAD else shipped()[0]


@contextmanager
def using(other: Scorer | None) -> Iterator[None]:
    """Another scorer for a while, or none: for measuring, where nothing else runs."""
    _INSTEAD.append(other)
    try:
        yield
    finally:
        _INSTEAD.pop()
