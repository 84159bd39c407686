"""Where templates match a text: one pass finds every known word, then a template is compared with those."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nlu.words.templates import Row, Template

Span = tuple[int, int]


class Words:
    """Words to be found in texts."""

    def __init__(self, words: Iterable[str]) -> None:
        """Class references such as ``{time}`` are left to the caller."""
        self._words = frozenset(word for word in words if word and not word.startswith("{"))
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            if len(word) > 1:
                lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {head: tuple(sorted(found)) for head, found in lengths.items()}

    def all(self) -> frozenset[str]:
        """The words themselves."""
        return self._words

    def find(self, text: str) -> list[Span]:
        """Every occurrence, overlapping ones too, from left to right."""
        found, words, lengths, size = list[Span](), self._words, self._lengths, len(text)
        for start, character in enumerate(text):
            if character in words:
                found.append((start, start + 1))
            for length in lengths.get(text[start : start + 2], ()):
                end = start + length
                if end <= size and text[start:end] in words:
                    found.append((start, end))
        return found


@dataclass(frozen=True)
class Scanned:
    """A text with every known word that occurs in it."""

    text: str
    where: Mapping[str, list[Span]]
    words: frozenset[str]
    """The words that occur."""
    skips: list[int]
    """Position → where the fillers that begin there end at last …"""
    reach: list[int]
    """… and every position that they can end at, as bits."""
    memory: dict[frozenset[str], list[Span]] = field(default_factory=dict)

    def hits(self, words: frozenset[str]) -> list[Span]:
        """Where any of these words stands, from left to right."""
        found = self.memory.get(words)
        if found is None:
            there = words & self.words
            if len(there) == 1:
                found = self.where[next(iter(there))]
            else:
                found = sorted(span for word in there for span in self.where[word])
            self.memory[words] = found
        return found


def scan(text: str, words: Words, fillers: frozenset[str], outside: Mapping[str, Iterable[Span]]) -> Scanned:
    """The text with every word that occurs in it; ``outside`` are the classes that other modules found."""
    where = {f"{{{name}}}": found for name, spans in outside.items() if (found := sorted(spans))}
    for start, end in words.find(text):
        word = text[start:end]
        if word in where:
            where[word].append((start, end))
        else:
            where[word] = [(start, end)]
    skippable = sorted((span for word in fillers.intersection(where) for span in where[word]), reverse=True)
    return Scanned(text, where, frozenset(where), *_skipped(len(text), skippable))


def _skipped(length: int, fillers: Iterable[Span]) -> tuple[list[int], list[int]]:
    """Where fillers that begin at a position end at last, and where they can end."""
    ends, reach = list(range(length + 1)), [1 << position for position in range(length + 1)]
    for start, end in fillers:
        ends[start] = max(ends[start], ends[end])
        reach[start] |= reach[end]
    return ends, reach


def match(template: Template, scanned: Scanned) -> list[Span] | None:
    """The span of each row of a template, or None where it does not match."""
    spans = []
    for row in template.rows:
        span = _match_row(row, scanned)
        if span is None:
            return None
        spans.append(span)
    return None if any(_match_row(row, scanned) for row in template.barred) else spans


def _match_row(row: Row, scanned: Scanned) -> Span | None:
    """The first stretch, and there the longest, where the steps of a row stand in order."""
    begin = scanned.skips[0]
    states: list[Span] | None = [(begin, begin), (0, 0)] if row.opens else None
    for step in row.steps:
        hits = scanned.hits(step.words)
        if states is None:
            states = None if step.optional else hits
        elif hits:
            moved = _moved(states, hits, step.gap, scanned)
            states = states + moved if step.optional else moved
        elif not step.optional:
            return None
        if states is not None and not states:
            return None
    found = states or []
    if row.closes:
        end = len(scanned.text)
        found = [span for span in found if scanned.skips[span[1]] >= end]
    return min(found, key=_first_longest) if found else None


def _first_longest(span: Span) -> Span:
    return span[0], -span[1]


def _moved(states: list[Span], hits: list[Span], gap: int, scanned: Scanned) -> list[Span]:
    """The stretches after one more step, each end once, with its earliest begin."""
    moved: dict[int, int] = {}
    size = len(hits)
    for begin, position in states:
        near, limit, reach = position + gap, scanned.skips[position], scanned.reach[position]
        index = bisect_left(hits, (position, 0))
        while index < size:
            start, end = hits[index]
            if start > near and start > limit:
                break
            if (start <= near or reach >> start & 1) and (end not in moved or begin < moved[end]):
                moved[end] = begin
            index += 1
    return [(begin, end) for end, begin in moved.items()]
