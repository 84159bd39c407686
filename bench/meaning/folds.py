"""Scorers that have not seen some sets; kept in ``bench/.folds`` until sentences or settings change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlu.meaning.scorer import Scorer, WeightsFault, learnable, load, settings
from nlu.sentences import SentenceSet
from tools.meaning.__main__ import write
from tools.meaning.corpus import examples
from tools.meaning.training import train

FOLDS = 6
FOLDER = Path(__file__).parents[1] / ".folds"
OWN = "own_"
"""Sets by those who wrote the rules: learned from, never measured on."""


@dataclass(frozen=True)
class Fold:
    """Some sets, and a scorer that has not seen them."""

    sets: tuple[SentenceSet, ...]
    scorer: Scorer


def folds() -> Iterator[Fold]:
    """Every set that is learned from, left out once."""
    measured = [one for one in learnable() if not one.name.startswith(OWN)]
    for number in range(FOLDS):
        out = tuple(measured[number::FOLDS])
        if out:
            yield Fold(out, _scorer(number, out))


def _scorer(number: int, out: tuple[SentenceSet, ...]) -> Scorer:
    file, left = FOLDER / f"{number}.npz", {one.name for one in out}
    known = [one for one in learnable() if one.name not in left]
    names = [one.name for one in known]
    try:
        kept = load(file)
    except WeightsFault:
        kept = None
    if kept is None or kept.learned != tuple(names):
        chosen = settings()
        FOLDER.mkdir(exist_ok=True)
        learned = examples([sentence for one in known for sentence in one.sentences], chosen)
        write(train(learned, chosen), file, names, chosen["warmth"])
        kept = load(file)
    return kept
