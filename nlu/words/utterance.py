"""An utterance, or a part of it, with everything that was found in it before its meaning is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from models.meaning import Context, Lexicon, PlaceExpression, TimeExpression
from nlu import times
from nlu.grammar import table
from nlu.places import reading as places_reading
from nlu.times.scan import opening, recalling
from nlu.words import numbers
from nlu.words.matching import Scanned, Span, scan
from nlu.words.normalize import Plain, plain
from nlu.words.numbers import NumberExpression
from nlu.words.phrasebook import phrasebook
from nlu.words.things import fillers, separated, service_words

_Expression = TypeVar("_Expression", TimeExpression, PlaceExpression, NumberExpression)
_TICKET = re.compile(table("answers")["measure"]["ticket"])
_BLOCK = re.compile(table("answers")["measure"]["block"])
FORGOTTEN = TimeExpression("", None, None, "day")
"""What 上回那个时间 means where no time was agreed before: as vague as 改天."""
Named = tuple[str, Span]
"""Key of a service and where it stands."""


@dataclass(frozen=True)
class Said:
    """Words with the numbers, times, places and services in them; their spans are positions in ``text``."""

    text: str
    """As it was said."""
    context: Context
    times: tuple[TimeExpression, ...]
    places: tuple[PlaceExpression, ...]
    numbers: tuple[NumberExpression, ...]
    services: tuple[Named, ...]
    plain: Plain
    """The text in plain words …"""
    scanned: Scanned
    """… and what is found in those; its spans are positions in the plain text."""

    @property
    def lexicon(self) -> Lexicon:
        """The community's own words."""
        return self.context.lexicon


def hear(text: str, context: Context) -> Said:
    """An utterance with what is found in it."""
    spoken = _times(text, context) if opening().search(text) or recalling().search(text) else ()
    places = places_reading.find(text, context.lexicon)
    return _said(text, context, *_apart(spoken, places), numbers.find(text) if numbers.ANY.search(text) else ())


def _times(text: str, context: Context) -> tuple[TimeExpression, ...]:
    return times.recalled(text, context.last_time or FORGOTTEN, context.now) or times.find(text, context.now)


def _apart(
    found_times: tuple[TimeExpression, ...], found_places: tuple[PlaceExpression, ...]
) -> tuple[tuple[TimeExpression, ...], tuple[PlaceExpression, ...]]:
    """A number is one thing: where a time and a place share a stretch the longer one stands, the place of two alike."""
    if not found_times or not found_places:
        return found_times, found_places
    lost = {_shorter(time, place) for time in found_times for place in found_places if _overlap(time.span, place.span)}
    return (
        tuple(time for time in found_times if ("time", time.span) not in lost),
        tuple(place for place in found_places if ("place", place.span) not in lost),
    )


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _shorter(time: TimeExpression, place: PlaceExpression) -> tuple[str, Span]:
    longer = time.span[1] - time.span[0] > place.span[1] - place.span[0]
    return ("place", place.span) if longer else ("time", time.span)


def part(said: Said, span: Span) -> Said:
    """A stretch of the plain text as an utterance of its own."""
    begin, end = said.plain.said(*span)
    if (begin, end) == (0, len(said.text)):
        return said
    return _said(
        said.text[begin:end],
        said.context,
        tuple(_within(said.times, begin, end)),
        tuple(_within(said.places, begin, end)),
        tuple(_within(said.numbers, begin, end)),
    )


def rewritten(said: Said, text: str) -> Said:
    """The same utterance with misheard words put right; the length stays, and so do times and places."""
    return _said(text, said.context, said.times, said.places, said.numbers)


def _said(
    text: str,
    context: Context,
    found_times: tuple[TimeExpression, ...],
    found_places: tuple[PlaceExpression, ...],
    found_numbers: tuple[NumberExpression, ...],
) -> Said:
    reading, named = plain(text), tuple(_services(text, context.lexicon))
    spans: Mapping[str, Iterable[Span]] = {
        "time": [one.span for one in found_times],
        "place": [one.span for one in found_places],
        "number": [one.span for one in found_numbers],
        "ticket": list(_measured(text, found_numbers, _TICKET)),
        "block": list(_measured(text, found_numbers, _BLOCK)),
        "service": [span for _, span in named],
        "person": [span for name in context.lexicon.people for span in _stands(name, text)],
    }
    outside = {
        name: [(reading.heard(begin), reading.heard(end)) for begin, end in some] for name, some in spans.items()
    }
    scanned = scan(reading.text, phrasebook().words, fillers(), outside)
    return Said(text, context, found_times, found_places, found_numbers, named, reading, scanned)


def _measured(text: str, found: Iterable[NumberExpression], measure: re.Pattern[str]) -> Iterator[Span]:
    """Numbers with one of these measure words behind them."""
    for number in found:
        behind = measure.match(text, number.span[1])
        if behind:
            yield number.span[0], behind.end()


def _services(text: str, lexicon: Lexicon) -> Iterator[Named]:
    words, keys = service_words(lexicon)
    yield from ((keys[text[begin:end]], (begin, end)) for begin, end in words.find(text))
    yield from separated(text, keys)


def _stands(word: str, text: str) -> Iterator[Span]:
    start = text.find(word) if word else -1
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + len(word))


def _within(found: Iterable[_Expression], begin: int, end: int) -> Iterator[_Expression]:
    for one in found:
        start, stop = one.span
        if begin <= start and stop <= end:
            yield replace(one, span=(start - begin, stop - begin))
