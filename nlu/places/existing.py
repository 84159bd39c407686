"""What exists in a community, and what a correction changes of a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.meaning import Building, Lexicon, PlaceExpression
from nlu.grammar import table

_T: dict[str, Any] = table("places")
_INSIDE: tuple[str, ...] = tuple(_T["spot"]["inside"] + _T["relation"]["kept"])
_NEIGHBOURS = frozenset(_T["neighbour"]["words"])


@dataclass(frozen=True)
class Problem:
    """A part of a place that does not exist."""

    part: str
    """``building``, ``unit``, ``floor`` or ``room``."""
    said: str
    exists: tuple[str, ...]
    """What exists instead, in order."""

    @property
    def offer(self) -> str:
        """What exists as one would say it: ``1 到 18、甲2``."""
        return "、".join(_runs(self.exists))


def check(place: PlaceExpression, lexicon: Lexicon) -> Problem | None:
    """What of a place does not exist in the community, or None; without known buildings everything may exist."""
    if not lexicon.buildings:
        return None
    meant = _meant(place, lexicon)
    if not meant:
        return Problem("building", place.building or "", tuple(building.number for building in lexicon.buildings))
    problems = [_within(place, building) for building in meant]
    return None if None in problems else problems[0]


def fits(place: PlaceExpression, lexicon: Lexicon) -> bool:
    """Whether the place is known to exist: its building is listed and nothing of it is missing there."""
    return any(building.number == place.building for building in lexicon.buildings) and check(place, lexicon) is None


def _meant(place: PlaceExpression, lexicon: Lexicon) -> Sequence[Building]:
    """The buildings that may be meant: the one said, else the speaker's, else any."""
    number = place.building or (lexicon.home.building if lexicon.home else None)
    if "、" in (place.building or ""):
        several = [replace(place, building=one) for one in str(place.building).split("、")]
        return next((found for one in several if not (found := _meant(one, lexicon))), _meant(several[0], lexicon))
    found = [building for building in lexicon.buildings if building.number == number]
    return found if found or place.building else lexicon.buildings


def _within(place: PlaceExpression, building: Building) -> Problem | None:
    floor = int(place.floor) if place.floor and place.floor.lstrip("-").isdigit() else 0
    if place.unit and place.unit.isdigit() and not 1 <= int(place.unit) <= building.units:
        return Problem("unit", place.unit, _count(building.units))
    if floor > building.floors:
        return Problem("floor", str(floor), _count(building.floors))
    return _room(place, building) if place.room and place.room.isdigit() else None


def _room(place: PlaceExpression, building: Building) -> Problem | None:
    """What is wrong with a room: the floor in its number, or its number on the floor."""
    room = str(place.room)
    across = building.rooms * (1 if place.unit else building.units)
    floor, number = (int(room[:-2]), int(room[-2:])) if len(room) > 2 else (0, int(room))
    if len(room) > 2 and not 1 <= floor <= building.floors:
        return Problem("floor", str(floor), _count(building.floors))
    if not 1 <= number <= across:
        return Problem("room", room, tuple(f"{floor or ''}{n:02d}" if floor else str(n) for n in range(1, across + 1)))
    return None


def _count(most: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, most + 1))


def _runs(exists: Sequence[str]) -> list[str]:
    """Neighbouring numbers drawn together."""
    runs: list[list[str]] = []
    for name in exists:
        if runs and name.isdigit() and runs[-1][-1].isdigit() and int(name) == int(runs[-1][-1]) + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
    return [f"{run[0]} 到 {run[-1]}" if len(run) > 1 else run[0] for run in runs]


def merge(previous: PlaceExpression, changed: PlaceExpression) -> PlaceExpression:
    """The place that was meant before, with what a correction names and without what hangs on that.

    Another public spot or another building replaces the whole place; a part of the stairs (楼道, 门口) drops the flat;
    another flat or unit leaves the rest.
    """
    named = {part: value for part in ("building", "unit", "floor", "room") if (value := getattr(changed, part))}
    inside = is_inside(changed.spot)
    if changed.spot and not named and not inside:
        return changed
    if _is_elsewhere(previous, changed):
        keeps = changed.spot is None and "room" not in named and previous.room is None and is_inside(previous.spot)
        return replace(changed, spot=previous.spot) if keeps else changed
    if inside and "room" not in named and (changed.building or previous.room):
        previous = replace(previous, unit=None if changed.building else previous.unit, room=None)
    stays = not named or (is_inside(previous.spot) and not _is_found(previous, named))
    kept = previous if stays else replace(previous, spot=None)
    spot = changed.spot or kept.spot
    return _consistent(replace(kept, text=changed.text, span=changed.span, spot=spot, **named), named)


def _is_elsewhere(previous: PlaceExpression, changed: PlaceExpression) -> bool:
    """Whether another building than before was named."""
    return bool(previous.building and changed.building and previous.building != changed.building)


def _is_found(previous: PlaceExpression, named: dict[str, str]) -> bool:
    """Whether a neighbour's door (对门) is now named by its number; 501 对门 with another number stays a neighbour's."""
    return previous.spot in _NEIGHBOURS and previous.room is None and "room" in named


def is_inside(spot: str | None) -> bool:
    """Whether a spot is one of a building's own (楼道, 门口)."""
    return spot is not None and spot.startswith(_INSIDE)


def area(spot: str | None) -> tuple[str, bool] | None:
    """What a neighbourhood (整个小区, 我们这一片) is called, and whether it lies around one's own building; else None."""
    names = list(_T["area"])
    found = next((name for name in names if spot == name or spot in _T["area"][name]), None)
    return (found, found != names[0]) if found else None


def areas() -> tuple[str, ...]:
    """What neighbourhoods are called when they are read back."""
    return tuple(_T["area"])


def is_neighbour(spot: str) -> bool:
    """Whether a spot is somebody's door beside the speaker's (对门, 楼上)."""
    return spot in _NEIGHBOURS


def _consistent(place: PlaceExpression, named: dict[str, str]) -> PlaceExpression:
    """Without the floor or room that the newly named one contradicts."""
    if not place.floor or not place.room or len(place.room) < 3 or place.room[:-2] == place.floor:
        return place
    return replace(place, floor=None) if "room" in named else replace(place, room=None)
