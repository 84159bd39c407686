"""Places that were taken back: 不是三栋,是五栋 · 五楼,不对,六楼."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.grammar import table
from nlu.places.addresses import Part, alternatives

_T: dict[str, Any] = table("places")
_DENIED = re.compile(rf"(?:{alternatives(_T['correction']['before'])})$")
_ASKED = re.compile(rf"(?:{alternatives(_T['correction']['question'])})$")
_OF_SPEAKER = re.compile(_T["correction"]["speaker"])
_INSTEAD = re.compile(_T["correction"]["instead"])
_LEVELS = ("building", "unit", "floor", "room")
_TAKEN_BACK = re.compile(rf"[\s,,、。]*(?:{alternatives(_T['correction']['after'])}){_T['correction']['then']}")

Group = list[Part]


def wished(text: str, groups: list[Group]) -> Iterator[Group]:
    """The groups that were not taken back (不是…, …不对), nor said before they were; the next one keeps their building."""
    nexts = [*groups[1:], None][: len(groups)]
    back = [_is_taken_back(text, group, following) for group, following in zip(groups, nexts, strict=True)]
    told = [
        _fields(group) for group, gone in zip(groups, back, strict=True) if gone or is_denied(text, group, _OF_SPEAKER)
    ]
    for index, group in enumerate(groups):
        if back[index] or is_denied(text, group) or (_fields(group) and _fields(group) in told):
            continue
        yield [*_coarser(groups[index - 1], group), *group] if index and back[index - 1] else group


def is_denied(text: str, group: Group, but: re.Pattern[str] | None = None) -> bool:
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
