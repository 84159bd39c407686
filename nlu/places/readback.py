"""A place said again: plainly, by counting, or as JSON."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from models.meaning import PlaceExpression
from models.transcripts import Transcript
from nlu.grammar import table
from nlu.words import numbers

_T: dict[str, Any] = table("places")
_R: dict[str, Any] = _T["readback"]
_COUNTED: dict[str, str] = _R["counted"]


def spell(place: PlaceExpression) -> str:
    """The place in plain words: ``3号楼2单元501``, ``7号楼后头``, ``南门口``."""
    return "".join((_building(place.building), _unit(place.unit), _floor(place.floor), _room(place), place.spot or ""))


def _building(number: str | None) -> str:
    if not number:
        return ""
    return f"{number}座" if number.isascii() and number.isalpha() else f"{number}号楼"


def _unit(number: str | None) -> str:
    return f"{number}单元" if number else ""


def _floor(number: str | None) -> str:
    if not number:
        return ""
    return f"地下{number[1:]}层" if number[0] in "-B" else f"{number}楼"


def _room(place: PlaceExpression) -> str:
    """The room; a number counted on its floor has its measure word (9楼3号), a side its own (东户)."""
    if not place.room:
        return ""
    if not place.room.isdigit():
        return f"{place.room}户"
    return place.room if len(place.room) > 2 else f"{place.room}号"


def read_back(place: PlaceExpression) -> str:
    """The place to be heard: numbers in words, those that sound alike explained by counting (四号楼,四五六的四)."""
    parts = [
        _counted(place.building, _building(_words(place.building))),
        _unit(_words(place.unit)),
        _counted(place.floor, _floor(_words(place.floor))),
        _spoken_room(place),
        place.spot or "",
    ]
    return ",".join(part for part in parts if part)


def _counted(number: str | None, words: str) -> str:
    return f"{words},{_COUNTED[number]}" if number in _COUNTED else words


def _words(number: str | None) -> str | None:
    """A number below a hundred in words, with what stands before it: 甲2 is 甲二, -1 stays below ground."""
    if not number:
        return None
    head, digits = number.rstrip("0123456789"), number[len(number.rstrip("0123456789")) :]
    if not digits or len(digits) > 2:
        return number
    tens, ones = divmod(int(digits), 10)
    names = _R["digits"]
    ten = "" if not tens else "十" if tens == 1 else f"{names[tens]}十"
    return head + ten + (names[ones] if ones or not tens else "")


def _spoken_room(place: PlaceExpression) -> str:
    room = place.room
    if room is None or not room.isdigit() or len(room) < 3:
        return _room(replace(place, room=_words(room))) if room and room.isdigit() else _room(place)
    return "".join(_R["room"][int(digit)] for digit in room)


def as_json(place: PlaceExpression) -> dict[str, str | None]:
    """The fields of ``linsheng understand --json``."""
    return {
        "text": place.text,
        "building": place.building,
        "unit": place.unit,
        "floor": place.floor,
        "room": place.room,
        "spot": place.spot,
    }


def doubtful(place: PlaceExpression, heard: Transcript | None) -> PlaceExpression | None:
    """The second reading of a place when two recognizers differ, or a number that sounds like another was heard badly."""
    if heard is None:
        return None
    other = _otherwise(heard.alternative or "")
    if place.building and other and other != place.building:
        return replace(place, building=other)
    for part in ("building", "floor"):
        number = getattr(place, part)
        if number in _R["alike"] and _unsure(str(_words(number)), number, heard):
            return replace(place, **{part: _R["alike"][number]})
    return None


def _otherwise(text: str) -> str | None:
    """The building that the second recognizer heard among those that exist."""
    named = re.fullmatch(f"(.+?)(?:{'|'.join(map(re.escape, _T['building']['measure']))})", text)
    number = numbers.value(named[1]) if named else None
    return str(number) if number is not None else None


def _unsure(words: str, number: str, heard: Transcript) -> bool:
    """Whether the recognizer was not sure of the word that says the number."""
    below = _R["doubt"]["below"]
    said = [word for word in heard.words if word.text.startswith((words, number))]
    return any(word.confidence < below for word in said) if said else 0 < heard.confidence < below
