"""What an utterance says about its need: the thing, the place, the time, for whom, with whom.

Values are keys where a table exists (``category``, ``service``, ``rating``, ``choice``), else the words spoken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from models.meaning import Match
from nlu.grammar import table
from nlu.meaning import belonging, moving
from nlu.meaning.intents import Found
from nlu.places import matter
from nlu.words.matching import Span, match
from nlu.words.templates import Template, compile_template
from nlu.words.things import category, classes
from nlu.words.utterance import Said

Reader = Callable[[Said, Found], str | None]


def read(said: Said, found: Found) -> dict[str, str]:
    """The slots of a meaning, as far as the words fill them."""
    values = {name: _READERS[name](said, found) for name in found.case.slots}
    told = {**{name: value for name, value in values.items() if value}, **found.case.sets}
    kind, named = told.get("category"), told.get("object")
    if not kind or not named or category(named) in (None, kind):
        return told
    return dict(belonging.agreeing(said.text, Match("", 0, told)).slots)


def service(said: Said, near: Span | None = None) -> str | None:
    """The key of the service that is named; the longest name, first where they are equally long."""
    begin, end = said.plain.said(*near) if near else (0, 0)
    inside = [one for one in said.services if begin <= one[1][0] < end] or said.services
    return max(inside, key=lambda one: (one[1][1] - one[1][0], -one[1][0]))[0] if inside else None


def thing(said: Said, span: Span | None = None) -> str | None:
    """The words of the thing that is spoken of, in ``span`` if one stands there."""
    return _longest(said, classes()["any_thing"], span)


def _longest(said: Said, words: frozenset[str], span: Span | None) -> str | None:
    """The longest of these words, the earliest where equally long; inside the span if any stands there."""
    hits = said.scanned.hits(words)
    apart = [hit for hit in hits if not _is_place(said, hit)] or hits  # 门口的灯: the door is where
    apart = [hit for hit in apart if not _is_owner(said, hit, apart)]
    inside = [hit for hit in apart if span and span[0] <= hit[0] and hit[1] <= span[1]] or apart
    best = max(inside, key=lambda hit: (hit[1] - hit[0], -hit[0]), default=None)
    return said.text[slice(*said.plain.said(*best))] if best else None


def _is_owner(said: Said, hit: Span, hits: Iterable[Span]) -> bool:
    """Whether another thing is said to be this one's: 大门的灯."""
    end = said.plain.said(*hit)[1]
    return said.text.startswith("的", end) and any(said.plain.said(*one)[0] == end + 1 for one in hits)


def _is_place(said: Said, hit: Span) -> bool:
    """Whether a thing is only a piece of the words for a place."""
    begin, end = said.plain.said(*hit)
    return any(place.span[0] <= begin and end <= place.span[1] for place in said.places)


@cache
def _rules() -> Mapping[str, tuple[frozenset[str], tuple[Template, ...]]]:
    """Slot → words that may fill it, and the phrases they stand in."""
    rows = {name: row for name, row in table("slots").items() if "take" in row}
    return {
        name: (
            frozenset().union(*(classes()[one] for one in row["take"])),
            tuple(compile_template(line, classes()) for line in row["phrases"]),
        )
        for name, row in rows.items()
    }


@cache
def _keys(slot: str) -> Mapping[str, tuple[Template, ...]]:
    """Key of a slot's value → phrases that say it."""
    rows: Mapping[str, list[str]] = table("slots")[slot]["keys"]
    return {key: tuple(compile_template(line, classes()) for line in lines) for key, lines in rows.items()}


def _worded(slot: str) -> Reader:
    def reader(said: Said, found: Found) -> str | None:
        words, phrases = _rules()[slot]
        spans = (match(phrase, said.scanned) for phrase in phrases)
        where = next((some[0] for some in spans if some), None)
        return _longest(said, words, where) if where else None

    return reader


def _keyed(slot: str) -> Reader:
    def reader(said: Said, found: Found) -> str | None:
        return next((key for key, phrases in _keys(slot).items() if _any(phrases, said)), None)

    return reader


def _any(phrases: Iterable[Template], said: Said) -> bool:
    return any(match(phrase, said.scanned) for phrase in phrases)


def _reference(said: Said, found: Found) -> str | None:
    """The number of the ticket that is meant, else its thing or service."""
    for number in said.numbers:
        begin, end = number.span
        if (
            said.text[end : end + 1] in ("号", "单")
            or end - begin == len(said.text.strip())
            or _numbered(said, begin, end)
        ):
            return str(number.value)
    named = thing(said, found.span)
    return named or next((said.text[slice(*span)] for _, span in said.services), None)


def _numbered(said: Said, begin: int, end: int) -> bool:
    """Whether a phrase that takes a ticket's number holds this one (接 37)."""
    return any(word in said.text[max(0, begin - 4) : begin] for word in classes()["takes_number"])


def _risk(said: Said, found: Found) -> str | None:
    """Whether it is said to be dangerous: 没危险 is no, also where 危险 stands in it."""
    harmless = [one.span() for one in denied(said.text)]
    hits = (span for phrase in _keys("risk")["yes"] for span in match(phrase, said.scanned) or ())
    told = (said.plain.said(*hit) for hit in hits)
    if any(not any(begin < end_ and begin_ < end for begin_, end_ in harmless) for begin, end in told):
        return "yes"
    return "no" if harmless else None


def denied(text: str) -> Iterator[re.Match[str]]:
    """Where it is said that there is no danger."""
    return (found for pattern in _told("no") for found in pattern.finditer(text))


def risk_told(text: str) -> bool | None:
    """Whether the words say that there is danger, that there is none, or neither."""
    rest = list(text)
    for found in denied(text):
        rest[slice(*found.span())] = "," * (found.end() - found.start())
    if any(pattern.search("".join(rest)) for pattern in _told("yes")):
        return True
    return False if rest != list(text) else None


@cache
def _told(key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, table("slots")["risk"]["told"][key]))


def _time(said: Said) -> str | None:
    """The words of the time that is wished for, of those that are said of the matter."""
    wished = moving.wished(said.text, belonging.times(said.text, said.times))
    return wished.text if wished else None


_READERS: Mapping[str, Reader] = {
    "category": lambda said, found: category(thing(said, found.span) or ""),
    "object": lambda said, found: thing(said, found.span),
    "place": lambda said, found: matter.words(said.text, said.places) if said.places else None,
    "time": lambda said, found: _time(said) if said.times else None,
    "service": lambda said, found: service(said, found.span),
    "for": _worded("for"),
    "party": _worded("party"),
    "topic": _worded("topic"),
    "wish": _worded("wish"),
    "risk": _risk,
    "choice": _keyed("choice"),
    "ref": _reference,
}
