"""Places in a text: 三号楼二单元501, 5-2-301, 南门口, 7号楼后头, 对门, 我家.

Misheard names are put right by sound, the text is cut into parts (nlu/addresses.py, nlu/gazetteer.py), neighbouring
parts that do not contradict each other become one place, and what was taken back (不是二单元,是三单元) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from models.meaning import Lexicon, PlaceExpression
from nlu.grammar import table
from nlu.places import addresses, gazetteer, patterns
from nlu.places.addresses import Part, alternatives
from nlu.places.existing import Problem, check, fits, is_inside, is_neighbour, merge
from nlu.places.gazetteer import nickname
from nlu.places.readback import as_json, doubtful, read_back, spell

__all__ = [
    "Problem",
    "as_json",
    "check",
    "doubtful",
    "find",
    "is_inside",
    "is_neighbour",
    "merge",
    "nickname",
    "read_back",
    "spell",
]

_T: dict[str, Any] = table("places")
_GLUE = re.compile(_T["number"]["glue"])
_CLOSE = re.compile(r"\s*的?\s*")
_LINK = re.compile(rf"\s*(?:{alternatives(_T['home']['link'])})?\s*")
_BEFORE = re.compile(rf"(?:{alternatives(_T['room']['before'])})$")
_AFTER = re.compile(alternatives(_T["room"]["after"]))
_PUNCTUATION = " ,,。、.!!??"
_DENIED = re.compile(rf"(?:{alternatives(_T['correction']['before'])})$")
_ASKED = re.compile(rf"(?:{alternatives(_T['correction']['question'])})$")
_OF_SPEAKER = re.compile(_T["correction"]["speaker"])
_INSTEAD = re.compile(_T["correction"]["instead"])
_LEVELS = ("building", "unit", "floor", "room")
_TAKEN_BACK = re.compile(rf"[\s,,、。]*(?:{alternatives(_T['correction']['after'])}){_T['correction']['then']}")
_INSIDE = frozenset(_T["spot"]["inside"])
_BESIDE = re.compile(rf"[{_T['room']['side']}]户(?:{alternatives(_T['number']['list'])})$")
_SIDES = frozenset(side + "户" for side in _T["room"]["side"])
_SPOKEN = re.compile(_T["room"]["spoken"])
_NEVER = frozenset(_T["room"]["never"])

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

Group = list[Part]


def find(text: str, lexicon: Lexicon) -> tuple[PlaceExpression, ...]:
    """Every place in a text, first one first; ``text`` and ``span`` are as it was written.

    With ``lexicon.home`` 我家 and 对门 carry the speaker's own building; without it they are a spot.
    """
    right = gazetteer.put_right(text.translate(_HALF_WIDTH), lexicon)
    groups = [group for group in _grouped(right, _parts(right, lexicon)) if _counts(right, group)]
    return tuple(_listed(text, [_place(text, group, lexicon) for group in _wished(right, groups)]))


def _listed(text: str, found: list[PlaceExpression]) -> Iterator[PlaceExpression]:
    """The places, where the later members of a list (5号楼二三单元) also lie in the building of the first."""
    previous: PlaceExpression | None = None
    for one in found:
        if previous and addresses.LISTED.fullmatch(text, previous.span[1], one.span[0]):
            one = _beside_in(previous, one)
        previous = one
        yield one


def _beside_in(previous: PlaceExpression, one: PlaceExpression) -> PlaceExpression:
    if one.spot and previous.spot and {one.spot, previous.spot} <= _SIDES and not (one.building or one.floor):
        return replace(previous, text=one.text, spot=one.spot, span=one.span)
    if one.building or one.spot or not previous.building or not (one.unit or one.room or one.floor):
        return one
    return replace(one, building=previous.building, unit=one.unit or previous.unit)


def _parts(text: str, lexicon: Lexicon) -> list[Part]:
    """Parts of addresses and spots from left to right; of two that overlap the first wins, then the longer."""
    found = [*(addresses.parts(text) if patterns.ANY.search(text) else ()), *gazetteer.spots(text, lexicon)]
    taken = bytearray(len(text))
    kept = []
    for part in sorted(found, key=lambda part: (part.kind != "alone", part.span[0], -part.span[1])):
        start, end = part.span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(part)
    ordered = sorted((part for part in kept if part.kind != "alone"), key=lambda part: part.span)
    return [
        part
        for part, following in zip(ordered, [*ordered[1:], None][: len(ordered)], strict=True)
        if not _leads(part, following)
    ]


def _leads(part: Part, following: Part | None) -> bool:
    """对过五栋, 隔壁4号楼: the words only say which building."""
    beside = part.kind == "neighbour" and following is not None and following.kind in ("building", "whole")
    return beside and following is not None and following.span[0] - part.span[1] <= 1


def _grouped(text: str, parts: list[Part]) -> list[Group]:
    """Parts that together say one place."""
    groups: list[Group] = []
    for part in parts:
        if groups and _joins(text, groups[-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
        beside = _beside(text, groups[-1], part)
        if beside:
            groups[-1].append(beside)
    return groups


def _beside(text: str, group: Group, part: Part) -> Part | None:
    """What follows a part of an address directly: 后头 and 门口 are a spot, 里 and 那儿 only belong to the words."""
    if part.kind in ("spot", "neighbour", "own_door"):
        return None
    found = addresses.relation(text, part.span[1])
    if found is None or (found[0] and _said(group, "spot")):
        return None
    return Part("relation", (part.span[1], found[1]), {"spot": found[0]} if found[0] else {})


def _said(group: Group, name: str) -> bool:
    return any(name in part.fields for part in group)


def _joins(text: str, group: Group, part: Part) -> bool:
    """Whether a part goes on saying the place of the group."""
    last, gap = group[-1], text[group[-1].span[1] : part.span[0]]
    if any(_said(group, name) for name in part.fields):
        return False
    if last.kind.startswith("own_") and part.kind not in ("spot", "neighbour", "own_door"):
        return _LINK.fullmatch(gap) is not None and not _is_denied(text, group)
    if last.kind in ("spot", "neighbour", "relation"):
        return _CLOSE.fullmatch(gap) is not None and _goes_on(group, last, part)
    if part.kind in ("spot", "neighbour"):
        return _CLOSE.fullmatch(gap) is not None and _has_spot(group, part)
    if part.kind.startswith("own_"):
        return False
    return _GLUE.fullmatch(gap) is not None and _accepts(group, part)


def _goes_on(group: Group, last: Part, part: Part) -> bool:
    """After a spot only a floor of it goes on (党群中心二楼), after 楼上 a room, after 里 anything of the address."""
    if last.kind == "relation":
        return not last.fields and (part.kind != "spot" or _has_spot(group, part))
    return part.kind == "floor" if last.kind == "spot" else part.kind == "room"


def _has_spot(group: Group, part: Part) -> bool:
    """Whether a spot may belong to the group: what is inside a building, or a spot of a building, never of a flat."""
    spot = part.fields.get("spot", "")
    if part.kind == "neighbour" or spot.startswith(tuple(_INSIDE)):
        return not _said(group, "room")
    return any(_said(group, name) for name in ("building", "floor")) and not _said(group, "room")


def _accepts(group: Group, part: Part) -> bool:
    """Whether a part that needs company finds the right one."""
    kinds = {member.kind for member in group}
    if part.kind == "door":
        return "building" in kinds
    if part.kind == "flat":
        return bool(kinds & ({"floor", "unit", "building"} if part.fields.get("spot") else {"floor", "unit"}))
    return True


def _counts(text: str, group: Group) -> bool:
    """Whether the group is a place: a number alone needs a word of place beside it."""
    own = [part for part in group if part.kind != "relation"]
    if len(own) > 1 or not own[0].needs:
        return True
    part = own[0]
    if part.kind == "flat" and _BESIDE.search(text, max(0, part.span[0] - 5), part.span[0]):
        return True
    if part.kind == "room":
        return _is_room(text[slice(*part.span)], part.fields["room"]) and _cued(text, part.span)
    return part.kind in ("floor", "building") and _cued(text, part.span)


def _is_room(said: str, room: str) -> bool:
    """Whether a number alone may be that of a flat: floor and number on the floor, no year, no telephone."""
    if room in _NEVER or said[1:2] in ("百", "千") or (len(room) == 4 and room.startswith(tuple(_T["room"]["year"]))):
        return False
    return int(room[:-2]) > 0 and 1 <= int(room[-2:]) <= _T["room"]["most"]


def _cued(text: str, span: tuple[int, int]) -> bool:
    """Whether a word of place stands beside the span, or nothing else is said."""
    start, end = span
    if (
        _SPOKEN.fullmatch(text, start, end)
        or addresses.paired(text, span)
        or _BEFORE.search(text[max(0, start - 5) : start])
        or _AFTER.match(text, end)
    ):
        return True
    return not text[:start].strip(_PUNCTUATION) and not text[end:].strip(_PUNCTUATION)


def _wished(text: str, groups: list[Group]) -> Iterator[Group]:
    """The groups that were not taken back (不是…, …不对), nor said before they were; the next one keeps their building."""
    nexts = [*groups[1:], None][: len(groups)]
    back = [_is_taken_back(text, group, following) for group, following in zip(groups, nexts, strict=True)]
    told = [
        _fields(group) for group, gone in zip(groups, back, strict=True) if gone or _is_denied(text, group, _OF_SPEAKER)
    ]
    for index, group in enumerate(groups):
        if back[index] or _is_denied(text, group) or (_fields(group) and _fields(group) in told):
            continue
        yield [*_coarser(groups[index - 1], group), *group] if index and back[index - 1] else group


def _is_denied(text: str, group: Group, but: re.Pattern[str] | None = None) -> bool:
    """不是三栋; 是不是三栋 asks, 可不是三栋,是五栋 denies; ``but``: what does not in words like it."""
    start, end = group[0].span[0], group[-1].span[1]
    before = text[max(0, start - 5) : start]
    if not _DENIED.search(before) or (but and but.search(before)):
        return False
    return not _ASKED.search(before) or _INSTEAD.match(text, end) is not None


def _is_taken_back(text: str, group: Group, following: Group | None) -> bool:
    """五楼,不对,六楼."""
    return following is not None and bool(_TAKEN_BACK.fullmatch(text, group[-1].span[1], following[0].span[0]))


def _fields(group: Group) -> dict[str, str]:
    return {name: value for part in group for name, value in part.fields.items()}


def _coarser(gone: Group, group: Group) -> Group:
    """What stays of a group that was taken back (3号楼五楼,不,六楼): what is coarser than anything that was said anew."""
    first = min((_LEVELS.index(name) for name in _fields(group) if name in _LEVELS), default=0)
    return [part for part in gone if part.fields and all(name in _LEVELS[:first] for name in part.fields)]


def _place(text: str, group: Group, lexicon: Lexicon) -> PlaceExpression:
    """The group as a place, with what is known of the speaker's home."""
    start, end = group[0].span[0], group[-1].span[1]
    numbered = any(part.kind == "room" for part in group)
    spoken = (part for part in group if not (numbered and part.kind == "neighbour"))  # 楼下301 is a door
    fields = {name: value for part in spoken for name, value in part.fields.items()}
    fields = _own(group, lexicon.home) | fields
    return _split(PlaceExpression(text[start:end], **fields, span=(start, end)), lexicon)


def _own(group: Group, home: PlaceExpression | None) -> dict[str, str]:
    """What the speaker's own home adds: all of it for 我家, building and unit for what is beside it."""
    own = next((part for part in group if part.kind.startswith("own_") or part.kind == "neighbour"), None)
    if own is None or any(_said(group, name) for name in ("building", "unit")):
        return {}
    if own.kind == "own_flat" and (_said(group, "room") or _said(group, "floor")):
        return {}
    if home is None:
        return {} if _said(group, "spot") else {"spot": _T["home"]["spot"][own.kind]}
    names = _T["home"]["known"]["own_beside" if _said(group, "spot") and own.kind == "own_flat" else own.kind]
    return {name: value for name in names if (value := getattr(home, name))}


def _split(place: PlaceExpression, lexicon: Lexicon) -> PlaceExpression:
    """3号楼2501 is unit 2, room 501, where the building has no such floor but such a flat."""
    room = place.room or ""
    if place.unit or len(room) != 4 or not lexicon.buildings or fits(place, lexicon):
        return place
    apart = replace(place, unit=room[0], room=room[1:])
    return apart if fits(apart, lexicon) else place
