"""Where the matter is: what was said of one place in several breaths put together, and only the building completed.

楼道灯不亮,五号楼 is one place said backwards, 3号楼和5号楼之间 is one place with two names, 我住3号楼,5号楼的灯坏了 is the
second. A unit, floor or flat that was named is never replaced; only the building may be the speaker's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from models.meaning import Lexicon, PlaceExpression
from nlu.grammar import table
from nlu.places import addresses, reading

_T: dict[str, Any] = table("places")["matter"]
_OWN: tuple[str, ...] = tuple(_T["own"])
_PARTS: tuple[str, ...] = (*_OWN, "地下车库", "车库", "地库")
_BESIDE: tuple[str, ...] = (*table("places")["neighbour"]["words"], *table("places")["home"]["door"], "门口")
_FLATS: tuple[str, ...] = tuple(table("places")["home"]["flat"])
_GATES = frozenset(table("places")["spots"]["gates"])
_BETWEEN, _AND, _LIVES = re.compile(_T["between"]), re.compile(_T["and"]), re.compile(_T["lives"])
_IS_OF, _OF = re.compile(_T["lives_before"]), re.compile(_T["lives_behind"])
_FINE = re.compile(table("places")["correction"]["fine"])
_FOCUS = re.compile(table("places")["correction"]["focus"])
_WHOLE: tuple[str, ...] = tuple(table("places")["home"]["whole_building"])
_ANOTHER = re.compile(_T["another"])
_CLOSE = re.compile(_T["close"])
_RANGE = re.compile(r"\s?[到至]\s?")
_LONGEST = 30
"""Buildings of a range at most."""
_MOST = 40
"""Places of one message that are looked at: each is held against each, and nobody means more."""
_FIELDS = ("building", "unit", "floor", "room", "spot")


def of(text: str, lexicon: Lexicon) -> tuple[PlaceExpression, ...]:
    """The places that the matter of an utterance is at, the building completed from the speaker's home."""
    found = [_without_stairs(place) for place in reading.find(text, lexicon)]
    return tuple(at_home(place, lexicon.home) for place in joint(text, found))


def _without_stairs(place: PlaceExpression) -> PlaceExpression:
    """对门 and 门口 as they were said: the speaker's stairs are filled in by the form where it wants them."""
    alone = place.spot and not (place.floor or place.room) and place.text.startswith(_BESIDE)
    return replace(place, building=None, unit=None) if alone else place


def joint(text: str, found: Sequence[PlaceExpression]) -> tuple[PlaceExpression, ...]:
    """The expressions of a text with those put together that say one place; where somebody only lives gives way."""
    places = _elsewhere(_nested(text, _paired(text, found[:_MOST])))
    spoken = [place for place in places if not is_beside(text, place)]
    merged: list[PlaceExpression] = []
    for place in _focused(text, spoken or places):
        other = next((number for number, one in enumerate(merged) if _is_one(one, place)), None)
        if other is None:
            merged.append(place)
        else:
            merged[other] = _both(merged[other], place)
    return tuple(_distinct(_needed(text, _spread(text, merged))))


def is_beside(text: str, place: PlaceExpression) -> bool:
    """Whether somebody only lives there (我住3号楼, 我是八栋的), or nothing is wrong there."""
    before, behind = text[max(0, place.span[0] - 8) : place.span[0]], text[place.span[1] :]
    if _LIVES.search(before) or _FINE.search(behind):
        return True
    return bool(_IS_OF.search(before) and _OF.search(behind))


def _focused(text: str, places: Sequence[PlaceExpression]) -> list[PlaceExpression]:
    """我在一单元,坏的是三单元: without what is said before of the same part."""
    meant = [place for place in places if _FOCUS.search(text[max(0, place.span[0] - 14) : place.span[0]])]
    if not meant:
        return list(places)
    parts, first = set().union(*map(_named, meant)), meant[0].span[0]
    return [place for place in places if place.span[0] >= first or not _named(place) & parts]


def _needed(text: str, places: Sequence[PlaceExpression]) -> list[PlaceExpression]:
    """Without what another one of the same matter says too: 六号楼二单元,六号楼! · 幺三洞二,十三层 · 整栋楼,十六号楼."""
    return [one for one in places if not any(one is not other and _says(text, other, one) for other in places)]


def _says(text: str, place: PlaceExpression, less: PlaceExpression) -> bool:
    if _ANOTHER.search(text[min(place.span[1], less.span[1]) : max(place.span[0], less.span[0])]):
        return False
    if less.text.startswith(_WHOLE) and place.building and place.building != less.building:
        return True
    said = {name: getattr(less, name) for name in _named(less)}
    if place.room and said.get("floor") == place.room[:-2]:
        del said["floor"]
    return len(_named(place)) > len(said) and all(getattr(place, name) == value for name, value in said.items())


def buildings(places: Sequence[PlaceExpression], text: str = "") -> tuple[str, ...]:
    """The numbers of several whole buildings that were said in one list (3、5、7号楼停水); else nothing.

    With the ``text`` 1号楼到4号楼 are all four.
    """
    whole = [place for place in places if place.building and not (place.unit or place.floor or place.room)]
    if len(whole) < len(places) or len({place.spot for place in whole}) > 1:
        return ()
    numbers = [str(place.building) for place in whole]
    for one, other in pairwise(whole):
        numbers += _from_to(one, other) if _RANGE.fullmatch(text[one.span[1] : other.span[0]]) else []
    return tuple(sorted(dict.fromkeys(numbers), key=_order) if len(numbers) > len(whole) else dict.fromkeys(numbers))


def _from_to(one: PlaceExpression, other: PlaceExpression) -> list[str]:
    """The buildings between two of a range."""
    ends = str(one.building), str(other.building)
    if not all(end.isdigit() for end in ends) or int(ends[1]) - int(ends[0]) > _LONGEST:
        return []
    return [str(number) for number in range(int(ends[0]), int(ends[1]) + 1)]


def _order(number: str) -> tuple[bool, int]:
    return not number.isdigit(), int(number) if number.isdigit() else 0


def floors(places: Sequence[PlaceExpression], text: str) -> str | None:
    """The floors of a range (一到三层) as one, or None."""
    if len(places) != 2 or not all(place.floor and not place.room for place in places):
        return None
    one, other = places
    alike = (one.building, one.unit) == (other.building, other.unit)
    return f"{one.floor}到{other.floor}" if alike and _RANGE.fullmatch(text[one.span[1] : other.span[0]]) else None


def words(text: str, found: Sequence[PlaceExpression]) -> str | None:
    """The words that say where the matter is: of a list of buildings all of it, else of the first place that counts."""
    places = joint(text, found)
    if len(buildings(places)) > 1 or floors(places, text):
        return text[places[0].span[0] : places[-1].span[1]]
    return places[0].text if places else None


def at_home(place: PlaceExpression, home: PlaceExpression | None) -> PlaceExpression:
    """A unit, floor or flat without its building is in the speaker's own; nothing else is filled in."""
    if home is None or place.building or not (place.unit or place.floor or place.room):
        return place
    return replace(place, building=home.building)


def _paired(text: str, found: Sequence[PlaceExpression]) -> list[PlaceExpression]:
    """What lies between two places is one place: the first, with the second in the words of its spot."""
    places: list[PlaceExpression] = []
    for place in found:
        last = places[-1] if places else None
        between = _BETWEEN.match(text, place.span[1])
        if last and between and _AND.fullmatch(text, last.span[1], place.span[0]):
            span = last.span[0], between.end()
            places[-1] = replace(last, text=text[slice(*span)], spot=f"和{reading.spell(place)}之间", span=span)
        else:
            places.append(place)
    return places


def _nested(text: str, places: Sequence[PlaceExpression]) -> list[PlaceExpression]:
    """小花园的凉亭: a spot right behind a place is in it, and says more."""
    nested: list[PlaceExpression] = []
    for place in places:
        last = nested[-1] if nested else None
        if last and last.spot and _named(place) == {"spot"} and _CLOSE.fullmatch(text, last.span[1], place.span[0]):
            home = reading.is_neighbour(last.spot)
            span = last.span[0], place.span[1]
            gate = last.spot in _GATES and span[0] + len(last.spot) == place.span[0]
            joined = gate and not str(place.spot).startswith(last.spot)
            whole = f"{last.spot}{place.spot}" if joined else place.spot
            base = place if home else replace(last, spot=whole)
            nested[-1] = replace(base, text=text[slice(*span)], span=span)
        else:
            nested.append(place)
    return nested


def _elsewhere(places: Sequence[PlaceExpression]) -> list[PlaceExpression]:
    """漏到我家: one's own flat gives way to any other place that is named."""
    others = [place for place in places if not place.text.startswith(_FLATS) or _says_building(place)]
    return others or list(places)


def _says_building(place: PlaceExpression) -> bool:
    """俺家六栋 names where the home is."""
    return any(part.kind in ("building", "whole") for part in addresses.parts(place.text))


def _is_one(one: PlaceExpression, other: PlaceExpression) -> bool:
    """Whether two expressions say parts of one place: a part of a building and the building, in either order."""
    if _named(one) & _named(other):
        return False
    if not one.building and not other.building:
        return _is_stairs(one, other) or _is_stairs(other, one)
    if one.building and other.building:
        return False
    inner, outer = (other, one) if one.building else (one, other)
    if inner.spot and not inner.spot.startswith(_OWN):
        return False
    return not (outer.room and (inner.floor or inner.unit)) and not (outer.room and inner.spot)


def _is_stairs(spot: PlaceExpression, part: PlaceExpression) -> bool:
    """电梯坏了,一单元的: a part of a building and the unit or floor it is in."""
    return (
        _named(spot) == {"spot"}
        and str(spot.spot).startswith(_PARTS)
        and bool(part.unit or part.floor)
        and not part.room
    )


def _named(place: PlaceExpression) -> set[str]:
    return {name for name in _FIELDS if getattr(place, name)}


def _both(one: PlaceExpression, other: PlaceExpression) -> PlaceExpression:
    return replace(one, **{name: getattr(other, name) for name in _named(other)})


def _spread(text: str, places: Sequence[PlaceExpression]) -> list[PlaceExpression]:
    """3号楼和5号楼的楼道: what stands behind the last building of a list is in each of them."""
    spread = list(places)
    for index in range(len(spread) - 1, 0, -1):
        one, last = spread[index - 1], spread[index]
        listed = addresses.LISTED.fullmatch(text, one.span[1], last.span[0])
        if listed and _named(one) == {"building"} and last.spot and last.spot.startswith(_OWN):
            spread[index - 1] = replace(one, spot=last.spot)
    return spread


def _distinct(places: Iterable[PlaceExpression]) -> Iterable[PlaceExpression]:
    """Each place once."""
    seen: set[tuple[str | None, ...]] = set()
    for place in places:
        key = tuple(getattr(place, name) for name in _FIELDS)
        if key not in seen:
            seen.add(key)
            yield place
