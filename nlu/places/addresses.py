"""The parts of an address in a text: building, unit, floor, room, and the words for one's own and the neighbours'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nlu.grammar import table
from nlu.words import numbers

_T: dict[str, Any] = table("places")


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


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_N = rf"(?:[0-9]{{1,3}}(?![0-9])|[{_T['number']['spoken']}]{{1,4}})"
_D = rf"[0-9{_T['number']['digit']}]"
_DIGITS = rf"{_D}(?:\s?{_D}){{2,3}}(?!\s?{_D})"
_HUNDREDS = r"(?:[一二]千)?[一二三四五六七八九]百[零一二三四五六七八九十]{1,3}"
_STOREYED = r"(?:[二三]?十[一二三四五六七八九]?零[一二三四五六七八九])"
_ROOM = rf"(?:{_HUNDREDS}|{_STOREYED}|{_DIGITS})"
_DASH = rf"\s?(?:{alternatives(_T['number']['dash'])})\s?"
_BUILDING = rf"(?:[{_T['number']['prefix']}]\s?{_N}|[A-Za-z](?:[0-9]{{1,2}})?|{_N})"
_MEASURE = rf"\s?(?:{alternatives(_T['building']['measure'])})"
_WEAK = rf"\s?(?:{alternatives(_T['building']['weak'] + _T['building']['mistyped'])})"
_SPACED = "|".join(rf"\s?{re.escape(sign)}\s?" for sign in _T["number"]["spaced"])
_UNIT_MEASURE = rf"\s?(?:{alternatives(_T['unit']['measure'])})"
_DOOR = rf"\s?(?:{alternatives(_T['unit']['door'])})"
_ROOM_MEASURE = rf"\s?(?:{alternatives(_T['room']['measure'])})"
_LIST = alternatives(_T["number"]["list"])
_FREE = r"(?<![0-9A-Za-z.\-])"
_COUNTED = rf"(?<![{_T['building']['counted']}])"

# Rules that begin with a number, a letter or a side, in the order in which they are tried.
_NUMBERED: dict[str, str] = {
    "alone": "|".join(_T["alone"]["numbers"]),
    "estate": rf"(?:[0-9]{{1,4}}|[{_T['number']['spoken']}]{{1,4}})(?:{alternatives(_T['building']['estate'])})的?"
    rf"(?=\s?{_BUILDING}(?:{_MEASURE}|号(?:\s?{_N}{_UNIT_MEASURE}|{_ROOM})))",
    "spaced": rf"{_FREE}(?<![0-9]\s)(?P<b6>[0-9]{{1,2}})(?P<gap>{_SPACED})(?P<u6>[0-9])(?P=gap)"
    r"(?P<r6>[0-9]{3,4})(?![0-9\-/.]|\s[0-9])",
    "triple": rf"{_FREE}(?P<b3>{_BUILDING})(?:{_MEASURE})?{_DASH}(?P<u3>{_N})(?:{_UNIT_MEASURE})?{_DASH}(?P<r3>{_ROOM})"
    r"(?![0-9\-])",
    "triple_marked": rf"{_FREE}(?P<b4>{_BUILDING}){_MEASURE}\s?(?P<u4>{_N}){_DASH}(?P<r4>{_ROOM})(?![0-9\-])",
    "double": rf"{_FREE}(?P<b2>{_BUILDING})(?:{_MEASURE})?{_DASH}(?P<r2>{_ROOM})(?![0-9\-])",
    "building": rf"第?(?:{_COUNTED}{_FREE}(?P<b>{_BUILDING}){_MEASURE}(?!{alternatives(_T['building']['follow'])})"
    rf"|{_FREE}(?P<bl>[A-Za-z](?:[0-9]{{1,2}})?)\s?(?:{alternatives(_T['building']['letter'])})"
    rf"|(?P<bp>[{_T['number']['prefix']}]\s?{_N})(?![醇烯烷级型]))",
    "listed": rf"{_FREE}(?P<b5>{_N})号?(?=(?:\s?(?:{_LIST}|[, ])\s?{_N}号?){{1,8}}?{_MEASURE})"
    rf"|{_FREE}(?P<u5>{_N})(?=(?:\s?(?:{_LIST})\s?{_N}){{1,8}}?{_UNIT_MEASURE})"
    rf"|{_FREE}(?<![周期拜])(?P<f5>{_N})[楼层]?(?=\s?[到至]\s?{_N}(?:{alternatives(_T['floor']['measure'])})(?![梯道]))",
    "basement": rf"{_FREE}(?P<f2>[Bb][1-9])(?![0-9A-Za-z号栋座\-])(?:{alternatives(_T['floor']['basement'])})?",
    "weak": rf"(?<!月){_FREE}(?P<bw>{_BUILDING}){_WEAK}(?=\s?(?:{_N}{_UNIT_MEASURE}|{_ROOM}))",
    "unit": rf"第?(?P<u>{_N}|[{_T['unit']['side']}]){_UNIT_MEASURE}(?!{alternatives(_T['unit']['follow'])})",
    "door": rf"(?P<ud>{_N}){_DOOR}(?=$|[\s,,。、的]|{_D})",
    "floor": rf"第?(?P<under>(?<![0-9A-Za-z])(?:{alternatives(_T['floor']['below'])}))?(?P<f>{_N})\s?"
    rf"(?P<storey>{alternatives(_T['floor']['measure'])})(?!{alternatives(_T['floor']['follow'])})",
    "flat": rf"(?P<rs>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})(?:{_ROOM_MEASURE})|(?P<rd>[{_T['room']['side']}])户",
    "room": rf"{_FREE}(?P<r>{_ROOM}){_ROOM_MEASURE}(?!{alternatives(_T['building']['weak'])}|线)",
    "bare": rf"{_FREE}(?P<rb>{_ROOM})(?!{alternatives(_T['room']['follow'])}|[0-9\-:/.])",
}
_OWN = _T["home"]["building"] + _T["home"]["before_inside"]
# Rules that begin with a word; the words that may begin one stand beside it.
_WORDED: dict[str, tuple[list[str], str]] = {
    "labelled": (
        _T["alone"]["labels"],
        rf"(?:{alternatives(_T['alone']['labels'])}){_T['alone']['label_link']}"
        rf"(?:[\d-]+(?:[到/]\d+)?|[{_T['number']['spoken']}]+)",
    ),
    "stairs": (
        _T["alone"]["stairs"],
        rf"(?:{alternatives(_T['alone']['stairs'])})(?![{_T['alone']['stairs_follow']}])",
    ),
    "words": (_T["alone"]["words"], alternatives(_T["alone"]["words"])),
    "own_door": (_T["home"]["door"], alternatives(_T["home"]["door"])),
    "bare_door": ([_T["home"]["bare_door"]], _T["home"]["bare_door_after"] + _T["home"]["bare_door"]),
    "own_unit": (_T["home"]["unit"], alternatives(_T["home"]["unit"])),
    "own_building": (
        _OWN,
        rf"(?:{alternatives(_T['home']['building'])})(?![上下道梯长])"
        rf"|(?:{alternatives(_T['home']['before_inside'])})的?(?=(?:{alternatives(_T['spot']['inside'])}))",
    ),
    "own_whole": (_T["home"]["whole_building"], alternatives(_T["home"]["whole_building"])),
    "own_stair": (_T["home"]["whole_unit"], alternatives(_T["home"]["whole_unit"])),
    "own_flat": (
        _T["home"]["flat"],
        rf"(?:{alternatives(_T['home']['flat'])})(?!小?(?:{alternatives(_T['home']['family'])}))",
    ),
    "neighbour": (_T["neighbour"]["words"], alternatives(_T["neighbour"]["words"])),
}


def _first(words: Iterable[str]) -> str:
    return "".join(sorted({re.escape(word[0]) for word in words}))


def _named(rules: Mapping[str, str]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in rules.items())


_NUMBER_STARTS = (
    rf"[0-9A-Za-z第{_T['number']['spoken']}{_T['number']['digit']}{_T['number']['prefix']}{_T['unit']['side']}"
    rf"{_first(_T['floor']['below'])}]"
)
_WORD_STARTS = "".join(_first(words) for words, _ in _WORDED.values())
_ANY = re.compile(
    f"(?={_NUMBER_STARTS})(?:{_named(_NUMBERED)})"
    f"|(?=[{_WORD_STARTS}])(?:{_named({name: rule for name, (_, rule) in _WORDED.items()})})"
)
_SAID = {name: re.findall(r"\(\?P<([bufr][0-9a-z]?)>", pattern) for name, pattern in _NUMBERED.items()}
"""Rule → names of the groups that hold a number; the first letter says the field."""
_ALONE = frozenset({"alone", "labelled", "stairs", "words", "estate"})
_FIELDS = {"b": "building", "u": "unit", "f": "floor", "r": "room"}
_KINDS = {
    "own_whole": "own_building",
    "own_stair": "own_unit",
    "spaced": "whole",
    "triple": "whole",
    "triple_marked": "whole",
    "double": "whole",
    "weak": "building",
    "bare": "room",
}
_NEEDY = frozenset({"door", "flat", "bare"})
_PAIRS = tuple(_T["number"]["following"])
LISTED = re.compile(rf"\s?(?:{_LIST})?\s?")
"""What stands between the members of a list of places."""
_SECOND = re.compile(rf"(?:{_LIST})\s?{_ROOM}")
_FIRST = re.compile(rf"{_ROOM}\s?(?:{_LIST})$")
_RELATION = re.compile(
    rf"(?!{alternatives(_T['relation']['never'])})"
    rf"(?:(?P<kept>{alternatives(_T['relation']['kept'])})|(?P<dropped>{alternatives(_T['relation']['dropped'])}))"
)

_TYPED = re.compile(
    rf"{_FREE}(?<![第不没])(?P<number>[0-9]{{1,2}}|[二三]?十[一二三四五六七八九]?)\s?"
    rf"(?:{alternatives(_T['building']['mistyped'])})(?![{_T['building']['mistyped_follow']}])"
)


def mistyped(text: str) -> str | None:
    """The building that is meant if a sign was mistyped (12动 for 12栋), else None."""
    found = _TYPED.search(text)
    return number(found["number"]) if found else None


def parts(text: str) -> list[Part]:
    """Every part of an address in the text, from left to right, and what is to be left alone; no spots."""
    found = (part for match in _ANY.finditer(text) if (part := _part(match)) is not None)
    return [part for whole in found for part in _apart(text, whole)]


def paired(text: str, span: tuple[int, int]) -> bool:
    """Whether a room is named together with another one (301和302)."""
    start, end = span
    return _SECOND.match(text, end) is not None or _FIRST.search(text[max(0, start - 6) : start]) is not None


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
    match = _RELATION.match(text, position)
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
    fields = {_FIELDS[name[0]]: _read(name[0], match[name]) for name in _SAID[rule] if match[name]}
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
    storey, zero, flat = said.partition("零")
    value = numbers.value(storey if zero and "百" not in said and "千" not in said else said)
    if not isinstance(value, int):
        return None
    return f"{value}0{numbers.digits(flat)}" if zero and "百" not in said and "千" not in said else str(value)
