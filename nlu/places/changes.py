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
_DIGIT = re.compile(table("answers")["correction"]["digit"])
_LETTERS = re.compile("[A-Za-z](?![A-Za-z])")
_PARTS = {field: re.compile(pattern) for field, pattern in _T["part"].items()}
_FIELDS = ("room", "unit", "floor", "building")


def changed(text: str, previous: PlaceExpression | None, lexicon: Lexicon) -> PlaceExpression | None:
    """The place after a correction; None where the text names none."""
    said = named(text, previous, lexicon)
    if said is None:
        return None
    return merged(text, previous, said) if previous else matter.at_home(said, lexicon.home)


def merged(text: str, previous: PlaceExpression, said: PlaceExpression) -> PlaceExpression:
    """Both together; another building drops unit and flat, but where only its number was misheard (楼号错了,是8号) they stay."""
    number = {"building"} == {name for name in (*_FIELDS, "spot") if getattr(said, name)}
    if number and _DIGIT.search(text):
        return replace(previous, text=said.text, span=said.span, building=said.building)
    if said.room and said.floor == said.room[:-2] and not previous.floor:
        said = replace(said, floor=None)
    return merge(previous, said)


def named(text: str, previous: PlaceExpression | None, lexicon: Lexicon) -> PlaceExpression | None:
    """What a correction names: a place that was not there before, or a bare number in the place of the old one."""
    found = matter.joint(text, reading.find(text, lexicon))
    new = [place for place in found if previous is None or not is_old(place, previous)]
    if new:
        return next((place for place in reversed(new) if place.building), new[-1])
    number = measured(text) or _number(text, previous) or _letter(text, previous)
    return number if number and not (previous and is_old(number, previous)) else next(iter(found[-1:]), number)


def is_old(place: PlaceExpression, previous: PlaceExpression) -> bool:
    """Whether everything that was said holds already."""
    return replace(merge(previous, place), text="", span=(0, 0)) == replace(previous, text="", span=(0, 0))


def measured(text: str) -> PlaceExpression | None:
    """楼号改成6, 单元不对,是一: a number behind the word for its part."""
    for field, pattern in _PARTS.items():
        for match in reversed(list(pattern.finditer(text))):
            number = addresses.room_number(match["n"]) if field == "room" else addresses.number(match["n"])
            if number and not _TAKEN.match(text, match.end()):
                return PlaceExpression(match.group(), span=match.span(), **{field: number})
    return None


def _letter(text: str, previous: PlaceExpression | None) -> PlaceExpression | None:
    """A改C: another letter for a building that has one."""
    if previous is None or not (previous.building or "").isalpha():
        return None
    found = [one for one in _LETTERS.finditer(text) if one.group().upper() != previous.building]
    new = next((one for one in found if not _is_denied(text, one)), None)
    return PlaceExpression(new.group(), building=new.group().upper(), span=new.span()) if new else None


def _number(text: str, previous: PlaceExpression | None) -> PlaceExpression | None:
    """A bare number: a flat by its length, else where the number that it replaces stands."""
    said = [(match, read) for match in _NUMBER.finditer(text) if (read := addresses.room_number(match.group()))]
    old = [read for match, read in said if _is_denied(text, match)]
    new = [(match, read) for match, read in said if not _is_denied(text, match)]
    flats = [one for one in new if len(one[1]) > 2 and not (previous and one[1] == previous.room)]
    alike = [one for one in flats if previous and previous.room and len(one[1]) == len(previous.room)]
    if flats:
        match, read = (alike or flats)[-1]
        return PlaceExpression(match.group(), room=read, span=match.span())
    if not new or (numbers.value(text) is None and not old):
        return None
    match, read = new[-1]
    field = next((f for f in _FIELDS if previous and getattr(previous, f) in old), None)
    return PlaceExpression(match.group(), span=match.span(), **{field: read}) if field else None


def _is_denied(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 6) : match.start()]
    return bool(_DENIED.search(before) or _TAKEN.match(text, match.end()))
