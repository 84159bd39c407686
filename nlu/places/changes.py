"""What a correction says of a place: 不是501是502, 是五号楼, 是楼下301, and a number that is alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from models.meaning import Lexicon, PlaceExpression
from nlu.grammar import table
from nlu.places import addresses, matter, reading
from nlu.places.existing import merge
from nlu.words import numbers

_T: dict[str, Any] = table("places")["correction"]
_NUMBER = re.compile(_T["number"])
_DENIED = re.compile(rf"(?:{addresses.alternatives(_T['before'])})\s*$")
_TAKEN = re.compile(rf"\s*(?:{addresses.alternatives(_T['after'])})")
_FIELDS = ("room", "unit", "floor", "building")


def changed(text: str, previous: PlaceExpression | None, lexicon: Lexicon) -> PlaceExpression | None:
    """The place after a correction; None where the text names none."""
    said = named(text, previous, lexicon)
    if said is None:
        return None
    return merge(previous, said) if previous else matter.at_home(said, lexicon.home)


def named(text: str, previous: PlaceExpression | None, lexicon: Lexicon) -> PlaceExpression | None:
    """What a correction names: a place that was not there before, or a bare number in the place of the old one."""
    found = matter.joint(text, reading.find(text, lexicon))
    new = [place for place in found if previous is None or not _is_old(place, previous)]
    if new:
        return new[-1]
    number = _number(text, previous)
    return number if number and not (previous and _is_old(number, previous)) else next(iter(found[-1:]), number)


def _is_old(place: PlaceExpression, previous: PlaceExpression) -> bool:
    """Whether everything that was said holds already."""
    return replace(merge(previous, place), text="", span=(0, 0)) == replace(previous, text="", span=(0, 0))


def _number(text: str, previous: PlaceExpression | None) -> PlaceExpression | None:
    """A bare number: a flat by its length, else where the number that it replaces stands."""
    said = [(match, read) for match in _NUMBER.finditer(text) if (read := addresses.room_number(match.group()))]
    old = [read for match, read in said if _is_denied(text, match)]
    new = [(match, read) for match, read in said if not _is_denied(text, match)]
    if not new or (numbers.value(text) is None and not old and len(new[-1][1]) < 3):
        return None
    match, read = new[-1]
    field = "room" if len(read) > 2 else next((f for f in _FIELDS if previous and getattr(previous, f) in old), None)
    return PlaceExpression(match.group(), span=match.span(), **{field: read}) if field else None


def _is_denied(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 6) : match.start()]
    return bool(_DENIED.search(before) or _TAKEN.match(text, match.end()))
