"""Scorers that have not seen some sets; kept in ``bench/.folds`` until sentences or settings change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlu.meaning.scorer import Scorer, fingerprint, load, settings
from nlu.sentences import SentenceSet, sets
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
    measured = [one for one in sets() if not one.name.startswith(OWN)]
    for number in range(FOLDS):
        out = tuple(measured[number::FOLDS])
        if out:
            yield Fold(out, _scorer(number, out))


def _scorer(number: int, out: tuple[SentenceSet, ...]) -> Scorer:
    file, belongs = FOLDER / f"{number}.npz", f"{number}:{fingerprint()}"
    if not file.exists() or not _fresh(file, belongs):
        chosen, names = settings(), {one.name for one in out}
        learned = [sentence for one in sets() if one.name not in names for sentence in one.sentences]
        FOLDER.mkdir(exist_ok=True)
        write(train(examples(learned, chosen), chosen), file, belongs, chosen["warmth"])
    return load(file, belongs)


def _fresh(file: Path, belongs: str) -> bool:
    try:
        load(file, belongs)
    except ValueError:
        return False
    return True
