"""Places as stored text, and how much of one a group may see."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from models.meaning import PlaceExpression


def encode_place(place: PlaceExpression) -> str:
    """A place as JSON text, empty parts left out."""
    parts = {key: value for key, value in asdict(place).items() if value and key != "span"}
    return json.dumps(parts, ensure_ascii=False)


def decode_place(text: str) -> PlaceExpression:
    """The place that :func:`encode_place` wrote."""
    return PlaceExpression(**{"text": "", **json.loads(text)})


def stair(place: PlaceExpression) -> PlaceExpression:
    """The public part of somebody's home: building and unit."""
    return replace(place, text="", floor=None, room=None, spot=None, span=(0, 0))


def same_place(one: PlaceExpression, other: PlaceExpression) -> bool:
    """Whether two reports can mean one place: nothing that both name differs, and something is shared."""
    names = ("building", "unit", "floor", "room", "spot")
    pairs = [(getattr(one, name), getattr(other, name)) for name in names]
    shared = any(a and a == b for a, b in pairs)
    return shared and not any(a and b and a != b for a, b in pairs) and one.room == other.room
