"""Where templates match a text: one pass finds every known word, then only templates whose telling word occurs are tried."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from nlu.templates import Row, Template

Span = tuple[int, int]


class Words:
    """Words to be found in texts."""

    def __init__(self, words: Iterable[str]) -> None:
        """Class references such as ``{time}`` are left to the caller."""
        self._words = frozenset(word for word in words if word and not word.startswith("{"))
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {head: tuple(sorted(found)) for head, found in lengths.items()}

    def __contains__(self, word: str) -> bool:
        """Whether this is one of the words."""
        return word in self._words

    def find(self, text: str) -> Iterator[Span]:
        """Every occurrence, overlapping ones too, from left to right."""
        for start, character in enumerate(text):
            if character in self._lengths:
                yield start, start + 1
            for length in self._lengths.get(text[start : start + 2], ()):
                end = start + length
                if 1 < length <= len(text) - start and text[start:end] in self._words:
                    yield start, end


@dataclass(frozen=True)
class Scanned:
    """A text with every known word that occurs in it."""

    text: str
    where: Mapping[str, list[Span]]
    skips: list[int]
    """Position → where the fillers that begin there end."""
    memory: dict[frozenset[str], list[Span]] = field(default_factory=dict)

    def hits(self, words: frozenset[str]) -> list[Span]:
        """Where any of these words stands, from left to right."""
        found = self.memory.get(words)
        if found is None:
            few, many = (words, self.where) if len(words) < len(self.where) else (self.where, words)
            found = sorted(span for word in few if word in many for span in self.where[word])
            self.memory[words] = found
        return found


def scan(text: str, words: Words, fillers: Words, outside: Mapping[str, Iterable[Span]]) -> Scanned:
    """The text with every word that occurs in it; ``outside`` are the classes that other modules found."""
    where: dict[str, list[Span]] = {f"{{{name}}}": sorted(spans) for name, spans in outside.items()}
    for start, end in words.find(text):
        where.setdefault(text[start:end], []).append((start, end))
    return Scanned(text, {word: spans for word, spans in where.items() if spans}, skips(text, fillers))


def skips(text: str, fillers: Words) -> list[int]:
    """Position → where the fillers that begin there end (the position itself where none begins)."""
    ends = list(range(len(text) + 1))
    for start, end in reversed(list(fillers.find(text))):
        ends[start] = max(ends[start], ends[end])
    return ends


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
    states: dict[int, int] | None = {begin: begin, 0: 0} if row.opens else None
    for step in row.steps:
        if states is None and step.optional:
            continue
        hits = scanned.hits(step.words)
        moved = _anywhere(hits) if states is None else _moved(states, hits, step.gap, scanned.skips)
        states = {**moved, **states} if step.optional and states else moved
        if not states:
            return None
    end = len(scanned.text)
    found = [(start, stop) for stop, start in (states or {}).items() if not row.closes or scanned.skips[stop] >= end]
    return min(found, key=lambda span: (span[0], -span[1])) if found else None


def _anywhere(hits: list[Span]) -> dict[int, int]:
    """End → earliest begin."""
    return {end: start for start, end in reversed(hits)}


def _moved(states: Mapping[int, int], hits: list[Span], gap: int, skips: list[int]) -> dict[int, int]:
    """The states after one more step: end → begin of the whole row."""
    moved: dict[int, int] = {}
    for position, begin in states.items():
        limit = max(skips[position], position + gap)
        for index in range(bisect_left(hits, (position, 0)), len(hits)):
            start, end = hits[index]
            if start > limit:
                break
            moved[end] = min(begin, moved.get(end, begin))
    return moved
