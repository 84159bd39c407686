"""How far two people agree on what a sentence means: a tenth of each set, labelled twice (``second_labels.tsv``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from nlu.sentences import Sentence, sets

FILE = Path(__file__).with_name("second_labels.tsv")
Pair = tuple[Sentence, list[str]]


def run(*paths: str) -> Iterator[str]:
    """Shares of the lines on which both agree, and what they disagree on most."""
    pairs = list(_pairs())
    yield f"agreement: {len(pairs)} sentences of {len({second[0] for _, second in pairs})} sets, labelled twice"
    shares = ", ".join(f"{name} {_share(pairs, same)}" for name, same in _SAME.items())
    yield f"agreement: {shares}"
    both = [pair for pair in pairs if _intent(pair) and pair[0].needs]
    yield f"agreement: where the intent agrees: urgency {_share(both, _urgency)}, category {_share(both, _category)}"
    yield f"agreement: domain beyond chance (Cohen's kappa) {_kappa(pairs):.2f}"
    wrong = Counter((_first(pair[0].label), _first(pair[1][4])) for pair in pairs if not _intent(pair))
    for (one, other), number in wrong.most_common(12):
        yield f"agreement:   {number:3}  {one} · {other}"


def _pairs() -> Iterator[Pair]:
    known = {
        (one.name, sentence.role, sentence.open, sentence.text): sentence
        for sealed in (False, True)
        for one in sets(sealed)
        for sentence in one.sentences
    }
    for line in FILE.read_text(encoding="utf-8").splitlines()[1:]:
        second = line.split("\t")
        first = known.get((second[0], second[1], second[3], second[7]))
        if first is not None:
            yield first, second


def _intents(label: str) -> set[str]:
    return {intent for need in label.split("+") for intent in need.split("|")}


def _first(label: str) -> str:
    return label.split("+")[0].split("|")[0]


def _wanted(pair: Pair) -> bool:
    return ("-" in _intents(pair[0].label)) == ("-" in _intents(pair[1][4])) or _intent(pair)


def _domain(pair: Pair) -> bool:
    first, second = ({intent.split(".")[0] for intent in _intents(label)} for label in (pair[0].label, pair[1][4]))
    return bool(first & second)


def _intent(pair: Pair) -> bool:
    return bool(_intents(pair[0].label) & _intents(pair[1][4]))


def _urgency(pair: Pair) -> bool:
    return pair[0].urgency == pair[1][5]


def _category(pair: Pair) -> bool:
    return pair[0].category in pair[1][6].split("|")


_SAME = {"whether anything is wanted": _wanted, "domain": _domain, "intent": _intent}


def _share(pairs: list[Pair], agree: object) -> str:
    return f"{100 * sum(map(agree, pairs)) / max(1, len(pairs)):.1f} %"  # type: ignore[call-overload]


def _kappa(pairs: list[Pair]) -> float:
    """Agreement of the first domain, less what two who guess by their own shares would have in common."""
    firsts = Counter(_first(one.label).split(".")[0] for one, _ in pairs)
    seconds = Counter(_first(second[4]).split(".")[0] for _, second in pairs)
    total = len(pairs)
    chance = sum(firsts[name] * seconds[name] for name in firsts) / total**2
    same = sum(_first(one.label).split(".")[0] == _first(second[4]).split(".")[0] for one, second in pairs) / total
    return (same - chance) / (1 - chance)
