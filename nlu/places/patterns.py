"""The patterns of the parts of an address, put together from the words of ``grammar/zh/places.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from nlu.grammar import table

_T: dict[str, Any] = table("places")


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_N = rf"(?:[0-9]{{1,3}}(?![0-9])|[{_T['number']['spoken']}]{{1,4}})"
_D = rf"[0-9{_T['number']['digit']}]"
_FRESH = rf"(?<![十百{_T['number']['digit'].replace('洞', '')}])(?<![^门]洞)"
_DIGITS = rf"(?:{_FRESH}{_D}{{3,4}}(?!{_D})|{_D}(?:\s{_D}){{2,3}}(?!\s?{_D}))"
_HUNDREDS = r"(?:[一二]千)?[一二三四五六七八九]百[零一二三四五六七八九十]{1,3}"
_STOREYED = r"(?:[二三]?十[一二三四五六七八九]?[零洞][一二三四五六七八九幺拐])"
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
_FEW = rf"(?:[0-9]{{1,2}}(?![0-9])|[{_T['number']['spoken'][2:12]}]{{1,3}}(?![零〇洞]))"
_FREE = r"(?<![0-9A-Za-z.\-])"
_COUNTED = rf"(?<![{_T['building']['counted']}])"

# Rules that begin with a number, a letter or a side, in the order in which they are tried.
_NUMBERED: dict[str, str] = {
    "alone": "|".join(_T["alone"]["numbers"]),
    "estate": rf"(?:[0-9]{{1,4}}|[{_T['number']['spoken']}]{{1,4}})(?:{alternatives(_T['building']['estate'])})的?"
    rf"(?=\s?{_BUILDING}(?:{_MEASURE}|号(?:\s?{_N}{_UNIT_MEASURE}|{_ROOM})))",
    "spaced": rf"{_FREE}(?<![0-9]\s)(?P<b6>[0-9]{{1,2}})(?P<gap>{_SPACED})(?P<u6>[0-9])(?P=gap)"
    r"(?P<r6>[0-9]{3,4})(?![0-9\-/.]|\s[0-9])",
    "spaced_pair": r"(?<![\s\S])(?P<b7>[0-9]{1,2})[ /](?P<r7>[0-9]{3,4})(?![\s\S])",
    "run": rf"{_FREE}(?P<b8>[二三]?十(?:[一二三四五六七八九]|(?=[幺腰洞拐勾])))"
    rf"(?P<r8>(?=[^幺腰洞拐勾]{{0,2}}[幺腰洞拐勾]){_D}{{3}}(?!{_D}))",
    "triple": rf"{_FREE}(?P<b3>{_BUILDING})(?:{_MEASURE})?{_DASH}(?P<u3>{_N})(?:{_UNIT_MEASURE})?{_DASH}(?P<r3>{_ROOM})"
    r"(?![0-9\-])",
    "triple_marked": rf"{_FREE}(?P<b4>{_BUILDING}){_MEASURE}\s?(?P<u4>{_N}){_DASH}(?P<r4>{_ROOM})(?![0-9\-])",
    "double": rf"{_FREE}(?P<b2>{_BUILDING})(?:{_MEASURE})?{_DASH}(?P<r2>{_ROOM})(?![0-9\-])",
    "building": rf"第?(?:{_COUNTED}{_FREE}(?P<b>{_BUILDING}){_MEASURE}(?!{alternatives(_T['building']['follow'])})"
    rf"|{_FREE}(?P<bl>[A-Za-z](?:[0-9]{{1,2}})?|[{_T['number']['prefix']}])\s?(?:{alternatives(_T['building']['letter'])})"
    rf"|(?P<bp>[{_T['number']['prefix']}]\s?{_N})(?![醇烯烷级型]))",
    "listed": rf"{_FREE}(?P<b5>{_FEW})号?(?=(?:\s?(?:{_LIST}|[, ])\s?{_N}号?){{1,8}}?{_MEASURE})"
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
ANY = re.compile(
    f"(?={_NUMBER_STARTS})(?:{_named(_NUMBERED)})"
    f"|(?=[{_WORD_STARTS}])(?:{_named({name: rule for name, (_, rule) in _WORDED.items()})})"
)
SAID = {name: re.findall(r"\(\?P<([bufr][0-9a-z]?)>", pattern) for name, pattern in _NUMBERED.items()}
"""Rule → names of the groups that hold a number; the first letter says the field."""
LISTED = re.compile(rf"\s?(?:{_LIST})?\s?")
"""What stands between the members of a list of places."""
SECOND = re.compile(rf"(?:{_LIST})\s?{_ROOM}")
FIRST = re.compile(rf"{_ROOM}\s?(?:{_LIST})$")
RELATION = re.compile(
    rf"(?!{alternatives(_T['relation']['never'])})"
    rf"(?:(?P<kept>{alternatives(_T['relation']['kept'])})|(?P<dropped>{alternatives(_T['relation']['dropped'])}))"
)

TYPED = re.compile(
    rf"{_FREE}(?<![第不没])(?P<number>[0-9]{{1,2}}|[二三]?十[一二三四五六七八九]?)\s?"
    rf"(?:{alternatives(_T['building']['mistyped'])})(?![{_T['building']['mistyped_follow']}])"
)
