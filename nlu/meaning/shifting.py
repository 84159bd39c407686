"""A booking that is moved by so much: 往后推一天, 提前半小时, 晚一个钟头."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from models.meaning import TimeExpression
from nlu.meaning.booked import Booked, Plan, meant, pattern
from nlu.times import calendar
from nlu.words import numbers


def shifts(text: str) -> bool:
    """Whether a time is moved by so much, whichever it is."""
    return any(_by_so_much(name).search(text) for name in ("later", "earlier"))


@cache
def _by_so_much(name: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern('move', name).pattern})(?:了)?(?:{pattern('move', 'by').pattern})")


def shifted(text: str, found: Sequence[TimeExpression], booked: Sequence[Booked]) -> Plan | None:
    """往后推一天, 提前半小时."""
    for name, sign in (("later", 1), ("earlier", -1)):
        match = _by_so_much(name).search(text)
        if match is None:
            continue
        one, start = meant(text, [t for t in found if t.span[1] <= match.start()], match.start(), booked)
        if one is not None and start is not None:
            moved = _by(start, str(match["count"] or "一"), match["unit"], sign)
            to = TimeExpression(match.group(), moved, None, "minute" if moved.minute else "hour")
            return Plan("move", one, start, to, by=True)
    return None


def _by(start: datetime, count: str, unit: str, sign: int) -> datetime:
    half = "半" in count
    number = float(numbers.value(count.split("个")[0].rstrip("半") or "零") or 0) + (0.5 if half else 0)
    if "月" in unit:
        day = calendar.add_months(start.date(), sign * int(number))
        return start.replace(year=day.year, month=day.month, day=day.day)
    minutes = next(m for word, m in _MINUTES if word in unit)
    return start + sign * timedelta(minutes=number * minutes)


_MINUTES = (
    ("分", 1),
    ("刻", 15),
    ("小时", 60),
    ("钟", 60),
    ("点", 60),
    ("天", 1440),
    ("日", 1440),
    ("周", 10080),
    ("礼拜", 10080),
    ("星期", 10080),
)
