"""The parts of an address in a text: building, unit, floor, room, and the words for one's own and the neighbours'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nlu.grammar import table
from nlu.places import patterns
from nlu.places.patterns import LISTED, alternatives
from nlu.words import numbers

__all__ = ["LISTED", "Part", "alternatives", "mistyped", "number", "paired", "parts", "relation", "room_number"]

_T: dict[str, Any] = table("places")
_ALONE = frozenset({"alone", "labelled", "stairs", "words", "estate"})
_FIELDS = {"b": "building", "u": "unit", "f": "floor", "r": "room"}
_KINDS = {
    "own_whole": "own_building",
    "own_stair": "own_unit",
    "spaced": "whole",
    "spaced_pair": "whole",
    "run": "whole",
    "triple": "whole",
    "triple_marked": "whole",
    "double": "whole",
    "weak": "building",
    "bare": "room",
}
_NEEDY = frozenset({"door", "flat", "bare"})
_PAIRS = tuple(_T["number"]["following"])


@dataclass(frozen=True)
class Part:
    """A stretch of text that says one or more fields of a place."""

    kind: str
    """``building``, ``unit``, ``floor``, ``room``, ``flat``, ``whole`` (5-2-301), ``spot``, ``neighbour``,
    ``relation``, ``own_flat`` and the like for the speaker's own, or ``alone`` for what is no place."""
    span: tuple[int, int]
    fields: Mapping[str, str] = field(default_factory=dict)
    needs: bool = False
    """Counts only beside another part."""


def mistyped(text: str) -> str | None:
    """The building that is meant if a sign was mistyped (12动 for 12栋), else None."""
    found = patterns.TYPED.search(text)
    return number(found["number"]) if found else None


def parts(text: str) -> list[Part]:
    """Every part of an address in the text, from left to right, and what is to be left alone; no spots."""
    found = (part for match in patterns.ANY.finditer(text) if (part := _part(match)) is not None)
    return [part for whole in found for part in _apart(text, whole)]


def paired(text: str, span: tuple[int, int]) -> bool:
    """Whether a room is named together with another one (301和302)."""
    start, end = span
    return (
        patterns.SECOND.match(text, end) is not None
        or patterns.FIRST.search(text[max(0, start - 6) : start]) is not None
    )


def _apart(text: str, part: Part) -> list[Part]:
    """三四号楼 are two buildings: neighbouring digits said without a ten."""
    start, end = part.span
    pair = text[start : start + 2]
    (name, *others) = part.fields or ("",)
    if pair not in _PAIRS or others or name not in ("building", "unit") or number(pair) != part.fields[name]:
        return [part]
    first, second = (str(number(digit)) for digit in pair)
    return [Part(part.kind, (start, start + 1), {name: first}), Part(part.kind, (start + 1, end), {name: second})]


def relation(text: str, position: int) -> tuple[str, int] | None:
    """The relation that begins at a position (后头, 门口; empty for 里 and 那儿) and where it ends, or None."""
    match = patterns.RELATION.match(text, position)
    return (match["kept"] or "", match.end()) if match else None


def _part(match: re.Match[str]) -> Part | None:
    """The part that a match says, or None when its numbers cannot be read."""
    rule = str(match.lastgroup)
    if rule in _ALONE:
        return Part("alone", match.span())
    if rule == "neighbour":
        words = match.group()
        return Part(rule, match.span(), {"spot": _T["neighbour"]["spoken"].get(words, words)})
    if rule.startswith("own_") or rule == "bare_door":
        spot = {"own_door": _T["home"]["door_spot"], "bare_door": match.group()}.get(rule)
        kind = _KINDS.get(rule, rule.replace("bare_", "own_"))
        return Part(kind, match.span(), {"spot": spot} if spot else {})
    if match["rd"]:
        return Part("flat", match.span(), {"spot": match["rd"] + "户"}, True)
    fields = {_FIELDS[name[0]]: _read(name[0], match[name]) for name in patterns.SAID[rule] if match[name]}
    if "floor" in fields:
        fields["floor"] = _storey(match, fields["floor"])
    known = {name: value for name, value in fields.items() if value}
    needs = rule in _NEEDY or _vague(match)
    return Part(_KINDS.get(rule, rule), match.span(), known, needs) if len(known) == len(fields) else None


def _vague(match: re.Match[str]) -> bool:
    """Whether the words may be a mere count: 一栋, 三层."""
    if match["storey"]:
        return match["storey"] in _T["floor"]["cued"] and not match["under"]
    return match.group() in _T["building"]["vague"]


def _read(letter: str, said: str) -> str | None:
    if said in _T["unit"]["side"]:
        return said
    return room_number(said) if letter == "r" else number(said)


def _storey(match: re.Match[str], floor: str | None) -> str | None:
    """The floor with its sign, or None when there are no such floors."""
    if floor is None or (floor.isdigit() and int(floor) > _T["floor"]["most"]):
        return None
    return f"-{floor}" if match["under"] else floor


def number(said: str) -> str | None:
    """A number of a building, unit or floor in digits: 十八 and 一八 are ``18``."""
    if said in _T["number"]["prefix"]:
        return said
    if said[0] in _T["number"]["prefix"]:
        rest = number(said[1:].strip())
        return None if rest is None else said[0] + rest
    if said[0].isascii() and said[0].isalpha():
        return said.upper()
    read = numbers.digits(said)
    if read is None:
        value = numbers.value(said)
        return str(value) if isinstance(value, int) and value > 0 else None
    return str(int(read)) if int(read) > 0 else None


def room_number(said: str) -> str | None:
    """A room in digits: 五零一, 五百零一 and 5 0 1 are ``501``, 洞拐幺 is ``071``."""
    said = re.sub(r"\s", "", said)
    read = numbers.digits(said)
    if read is not None:
        return read
    storey, zero, flat = said.replace("洞", "零").partition("零")
    value = numbers.value(storey if zero and "百" not in said and "千" not in said else said)
    if not isinstance(value, int):
        return None
    return f"{value}0{numbers.digits(flat)}" if zero and "百" not in said and "千" not in said else str(value)
