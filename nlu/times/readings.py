"""Two days that one expression may mean, to be asked about: a birthday by the moon or by the sun, 夜来, 5号漏水了."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache

from models.meaning import TimeExpression
from nlu.grammar import table

Find = Callable[[str, datetime], tuple[TimeExpression, ...]]
Pair = tuple[TimeExpression, TimeExpression]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("calendar")["either"][name])


def either(text: str, now: datetime, find: Find) -> Pair | None:
    """The two readings, the likelier one first; None where only one is meant."""
    return _birthday(text, now, find) or _dialect(text, now, find)


def _birthday(text: str, now: datetime, find: Find) -> Pair | None:
    """我妈七月十五过生日: elders count theirs by the moon, papers by the sun."""
    said = _pattern("date").search(text) if _pattern("birthday").search(text) else None
    if said is None:
        return None
    moon, sun = (find(f"{kind}{said[0]}", now) for kind in ("农历", "阳历"))
    apart = bool(moon and sun) and moon[0].start != sun[0].start
    return (moon[0], sun[0]) if apart else None


def _dialect(text: str, now: datetime, find: Find) -> Pair | None:
    """夜来 is last night in some dialects, and reads like tonight."""
    if not _pattern("night").search(text) or find(text, now):
        return None
    return find("昨天晚上", now)[0], find("今天晚上", now)[0]


def numbered(text: str, found: tuple[TimeExpression, ...]) -> tuple[str, TimeExpression] | None:
    """5号漏水了: the number that may be a building's, and the day that it may be."""
    for one in found:
        said = _pattern("number").fullmatch(one.text)
        if said and _pattern("before").search(text[: one.span[0]]) and not _pattern("day").match(text, one.span[1]):
            return said["n"], one
    return None
