"""What is understood of sets that were left out, and of sealed sets.

``--talk FILE`` adds ordinary talk, ``--quick`` leaves out what is misheard, ``--sealed FILE…`` only the totals of these sets,
which may not be among those that are learned from. Every set is left out once: its lines are read by a
scorer that has not seen them, through the whole of ``parse``. Sealed sets are read by the shipped scorer, and only their totals
are printed. Beside them, in the same run: the phrases alone (keyword matching with the project's own lists) and the nearest
sentence by rapidfuzz.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from bench.meaning.folds import Fold, folds
from bench.meaning.telling import Outcome, acting, confusions, danger, details, domain, outcomes, ranks, share
from bench.sound import percentile
from models.meaning import Context
from nlu.meaning.scorer import shipped, using
from nlu.parse import parse
from nlu.sentences import Sentence, SentenceFault, SentenceSet, contradictions, overlap, read, sets
from tests.support.labelled import NOW, opens
from tools.meaning.corpus import misheard

MISHEARD = (0.15, 0.25, 0.35)
MOST = 0.7
"""Sets that share more of their pairs of characters are no independent sets."""


def run(*arguments: str) -> Iterator[str]:
    """The figures, line by line."""
    talk = [Path(one) for one in arguments if one.endswith(".txt")]
    shares = () if "--quick" in arguments else MISHEARD
    if "--sealed" in arguments:
        yield from _sealed(shares, [_unseen(Path(one)) for one in arguments if one.endswith(".tsv")])
        return
    yield from _sets()
    some = list(folds())
    yield from _table("left out", [one for fold in some for one in _read(fold)])
    for part in shares:
        yield from _table(
            f"left out, {part:.0%} misheard", [one for fold in some for one in _read(fold, part)], short=True
        )
    yield from _beside(some)
    yield from _calibration(some)
    yield from _sealed(shares, sets(sealed=True))
    for path in talk:
        yield from _talk(path)
    yield from _speed()


def _sets() -> Iterator[str]:
    every = (*sets(), *sets(sealed=True))
    yield f"{len(every)} sets, {sum(len(one.sentences) for one in every)} sentences, {len(sets(sealed=True))} sets sealed"
    for one, other in combinations([one for one in every if not one.name.startswith("own_")], 2):
        if overlap(one, other) > MOST:
            raise SystemExit(f"{one.name} and {other.name} overlap: they are no independent sets")
    yield from (f"contradiction: {line}" for line in contradictions(sets()))


def _heard(some: Iterable[Sentence], part: float) -> Iterator[Sentence]:
    chance = random.Random(13)
    return (replace(one, text=misheard(one.meant, part, chance)) if part else one for one in some)


def _read(fold: Fold, part: float = 0.0) -> list[Outcome]:
    with using(fold.scorer):
        return outcomes(_heard((one for each in fold.sets for one in each.sentences), part))


def _table(name: str, some: Sequence[Outcome], short: bool = False) -> Iterator[str]:
    rows = (
        {**ranks(some), **danger(some)} if short else {**ranks(some), **acting(some), **danger(some), **details(some)}
    )
    yield f"-- {name}"
    yield from (f"{key}: {value}" for key, value in rows.items())
    if not short:
        yield from (f"confused: {line}" for line in confusions(some))


def _beside(some: Sequence[Fold]) -> Iterator[str]:
    """The phrases alone, and the nearest sentence."""
    with using(None):
        yield from _table(
            "the phrases alone, no scorer",
            outcomes(one for fold in some for each in fold.sets for one in each.sentences),
            short=True,
        )
    asking = right = 0
    for fold in some:
        names = {one.name for one in fold.sets}
        known = [one for each in sets() if each.name not in names for one in each.sentences]
        texts = [one.text for one in known]
        for sentence in (one for each in fold.sets for one in each.sentences if one.needs):
            _, _, at = process.extractOne(sentence.text, texts, scorer=fuzz.ratio)
            asking += 1
            right += bool(_domains(known[at]) & _domains(sentence))
    yield f"-- the nearest sentence by rapidfuzz\ndomain first: {share(right, asking)}"


def _domains(sentence: Sentence) -> set[str]:
    return {domain(intent) for need in sentence.needs for intent in need}


def _calibration(some: Sequence[Fold]) -> Iterator[str]:
    """How often the best meaning is right, by how likely it was held to be."""
    found = [
        (match.score, one.got[0] in one.wanted)
        for fold in some
        for one in _read(fold)
        for match in one.meaning.intents[:1]
    ]
    for low in np.arange(0.1, 1.0, 0.1):
        inside = [right for score, right in found if low <= score < low + 0.1]
        yield f"held {low:.1f} to {low + 0.1:.1f} likely: right {share(sum(inside), len(inside))}"


def _unseen(file: Path) -> SentenceSet:
    """The set in a file; ends with 2 where it is learned from, or has a fault."""
    try:
        one = read(file)
    except (OSError, SentenceFault) as fault:
        print(fault, file=sys.stderr)
        raise SystemExit(2) from None
    if near := next((each.name for each in sets() if each.name == one.name or overlap(each, one) > MOST), ""):
        print(f"{file.name} is no sealed set: {near} is learned from", file=sys.stderr)
        raise SystemExit(2)
    return one


def _sealed(shares: Iterable[float], some_sets: Iterable[SentenceSet]) -> Iterator[str]:
    """Totals of sealed sets by the shipped scorer; never a line of them."""
    lines = [one for each in some_sets for one in each.sentences]
    for part in (0.0, *shares):
        some = outcomes(_heard(lines, part))
        rows = (
            {**ranks(some), **danger(some)}
            if part
            else {**ranks(some), **acting(some), **danger(some), **details(some)}
        )
        yield f"-- sealed, {len(lines)} sentences{f', {part:.0%} misheard' if part else ''}"
        yield from (f"{key}: {value}" for key, value in rows.items())


def _talk(path: Path) -> Iterator[str]:
    """What ordinary talk opens and rings."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    meanings = [parse(line, Context(NOW)) for line in lines]
    opened = sum(any(opens(match.intent) and not match.ask for match in one.intents) for one in meanings)
    emergencies = [[match for match in one.intents if match.intent.startswith("emergency.")] for one in meanings]
    rang = sum(any(not match.ask for match in some) for some in emergencies)
    asked = sum(bool(some) and all(match.ask for match in some) for some in emergencies)
    yield (
        f"-- ordinary talk, {path.name}: per 1,000 lines {1000 * opened / len(lines):.1f} false openings, "
        f"{1000 * rang / len(lines):.2f} alarms, {1000 * asked / len(lines):.1f} questions about danger"
    )


def _speed() -> Iterator[str]:
    """One message of 200 characters: the scorer alone, and all of understanding."""
    every: Sequence[SentenceSet] = sets()
    joined = "".join(one.text for each in every for one in each.sentences)
    texts = [joined[at : at + 200] for at in range(0, 40_000, 200)]
    scorer, trouble = shipped()
    if scorer is None:
        yield trouble
        return
    context = Context(NOW)
    yield f"scorer, 200 characters: 95 % within {percentile(scorer.scores, texts):.2f} ms"
    yield f"parse, 200 characters: 95 % within {percentile(lambda text: parse(text, context), texts):.2f} ms"
