"""Where one need ends and another begins: at a pause or a 还有, where the scores change hands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise

from nlu.grammar import table
from nlu.meaning.deciding import shares, thresholds
from nlu.meaning.scorer import NOTHING, Scorer, Scores
from nlu.words.matching import Span
from nlu.words.normalize import word as plain
from nlu.words.utterance import Said

_MARKS = table("ambiguity")["marks"]
_BRIEFEST = 2
"""A part of fewer characters is no part."""
PAUSE = re.compile(r"[,。!?;、\s]+")
_SHORTEST = 4
"""Characters of the shortest stretch that is looked at by itself."""
_MOST = 24
"""Stretches that are looked at."""
_COMPANY = frozenset({"chat", "dialog", "emergency", "feedback", "checkin", NOTHING})


@cache
def marks() -> frozenset[str]:
    """Words that open another need, plain."""
    return frozenset(map(plain, _MARKS["words"]))


@cache
def _not_before() -> tuple[str, ...]:
    return tuple(map(plain, _MARKS["not_before"]))


def cuts(said: Said) -> tuple[int, ...]:
    """Positions in the plain text where a word stands that opens another need."""
    text, found = said.plain.text, list[Span]()
    for start, end in sorted(said.scanned.hits(marks()), key=lambda span: (span[0], -span[1])):
        if not text.startswith(_not_before(), end) and (not found or start >= found[-1][1]):
            found.append((start, end))
    last = len(text) - _BRIEFEST
    return tuple(start for start, end in found if start >= _BRIEFEST and end <= last)


def clauses(said: Said) -> tuple[Span, ...]:
    """The stretches of the plain text between its marks."""
    edges = [0, *cuts(said), len(said.plain.text)]
    return tuple(pairwise(edges))


def parts(said: Said, known: Scorer, whole: Scores) -> tuple[Span, ...]:
    """The stretches of the plain text that want different things; none where the line wants one thing."""
    stretches = list(_stretches(said))
    if len(stretches) < 2:
        return ()
    marked = set(cuts(said))
    meant = [_meant(said, known, span, whole, bool(marked)) for span in stretches]
    groups = list(_joined(stretches, meant, marked))
    return tuple(groups) if len(groups) > 1 else ()


def _stretches(said: Said) -> Iterator[Span]:
    """What stands between two pauses or marks, the short ones joined to what follows."""
    text = said.plain.text
    edges = sorted({0, len(text), *(found.end() for found in PAUSE.finditer(text)), *cuts(said)})
    begin = 0
    for _, end in list(pairwise(edges))[:_MOST]:
        if end - begin >= _SHORTEST or end == len(text):
            yield begin, end
            begin = end


def _meant(said: Said, known: Scorer, span: Span, whole: Scores, marked: bool) -> str:
    """What a stretch wants, if it is likely in itself and in the whole line."""
    begin, end = said.plain.said(*span)
    found = shares(known, said, said.text[begin:end])
    best, share = next(iter(found.intents.items()))
    rules = thresholds()["second"]
    least = rules["line" if not marked or share < rules["plain"] else "trace"]
    likely = share >= rules["part"] and whole.of(best) >= least
    return best if likely and best.partition(".")[0] not in _COMPANY else ""


def _domain(intent: str) -> str:
    return intent.partition(".")[0]


@cache
def _one_need() -> frozenset[frozenset[str]]:
    """Pairs of domains that speak of one need where no 还有 stands between them."""
    return frozenset(map(frozenset, thresholds()["second"]["one_need"]))


def _joined(stretches: Sequence[Span], meant: Sequence[str], marked: set[int]) -> Iterator[Span]:
    """Neighbours that want the same are one part; what wants nothing belongs to what was said before it."""
    number, numbers, last = 0, list[int](), ""
    for span, intent in zip(stretches, meant, strict=True):
        apart = span[0] in marked or (intent != last and frozenset((_domain(intent), _domain(last))) not in _one_need())
        if intent and last and apart:
            number += 1
        last = intent or last
        numbers.append(number)
    for _, some in groupby(zip(numbers, stretches, strict=True), key=lambda pair: pair[0]):
        spans = [span for _, span in some]
        yield spans[0][0], spans[-1][1]
