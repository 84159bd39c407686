"""An utterance, or a part of it, with everything that was found in it before its meaning is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from models.meaning import Context, Lexicon, PlaceExpression, TimeExpression
from nlu import numbers, places, times
from nlu.intents import phrasebook
from nlu.matching import Scanned, Span, scan
from nlu.numbers import NumberExpression
from nlu.things import fillers, services

_Expression = TypeVar("_Expression", TimeExpression, PlaceExpression, NumberExpression)


@dataclass(frozen=True)
class Said:
    """Words with the numbers, times, places and services in them; spans are positions in ``text``."""

    text: str
    context: Context
    times: tuple[TimeExpression, ...]
    places: tuple[PlaceExpression, ...]
    numbers: tuple[NumberExpression, ...]
    services: tuple[tuple[str, Span], ...]
    """Key of a service and where it stands."""
    scanned: Scanned

    @property
    def lexicon(self) -> Lexicon:
        """The community's own words."""
        return self.context.lexicon


def hear(text: str, context: Context) -> Said:
    """An utterance with what is found in it."""
    return _said(
        text,
        context,
        times.find(text, context.now),
        places.find(text, context.lexicon),
        numbers.find(text),
        tuple(_services(text, context.lexicon)),
    )


def part(said: Said, span: Span) -> Said:
    """A stretch of an utterance as an utterance of its own."""
    begin, end = span
    if (begin, end) == (0, len(said.text)):
        return said
    return _said(
        said.text[begin:end],
        said.context,
        tuple(_within(said.times, begin, end)),
        tuple(_within(said.places, begin, end)),
        tuple(_within(said.numbers, begin, end)),
        tuple((key, (start - begin, stop - begin)) for key, (start, stop) in said.services if begin <= start <= stop <= end),
    )


def rewritten(said: Said, text: str) -> Said:
    """The same utterance with misheard words put right; the length stays, and so do times and places."""
    found = tuple(_services(text, said.lexicon))
    return _said(text, said.context, said.times, said.places, said.numbers, found)


def _said(
    text: str,
    context: Context,
    found_times: tuple[TimeExpression, ...],
    found_places: tuple[PlaceExpression, ...],
    found_numbers: tuple[NumberExpression, ...],
    found_services: tuple[tuple[str, Span], ...],
) -> Said:
    outside: Mapping[str, Iterable[Span]] = {
        "time": [one.span for one in found_times],
        "place": [one.span for one in found_places],
        "number": [one.span for one in found_numbers],
        "service": [span for _, span in found_services],
        "person": list(_names(text, context.lexicon.people)),
    }
    scanned = scan(text, phrasebook().words, fillers(), outside)
    return Said(text, context, found_times, found_places, found_numbers, found_services, scanned)


def _services(text: str, lexicon: Lexicon) -> Iterator[tuple[str, Span]]:
    for key, names in services(lexicon).items():
        for name in names:
            yield from ((key, span) for span in _places_of(name, text))


def _names(text: str, people: Iterable[str]) -> Iterator[Span]:
    for name in people:
        yield from _places_of(name, text)


def _places_of(word: str, text: str) -> Iterator[Span]:
    start = text.find(word) if word else -1
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + len(word))


def _within(found: Iterable[_Expression], begin: int, end: int) -> Iterator[_Expression]:
    for one in found:
        start, stop = one.span
        if begin <= start and stop <= end:
            yield replace(one, span=(start - begin, stop - begin))
