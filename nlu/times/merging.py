"""Corrections: 改成后天 keeps the hour, 下午吧 keeps the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from models.meaning import TimeExpression
from nlu.times import clock, scan
from nlu.times.said import Said

_EVENING = 18


def merge(previous: TimeExpression, changed: TimeExpression, now: datetime) -> TimeExpression:
    """The previous time with what was said anew: a day keeps the hour, a part or an hour keeps the day."""
    said = _said(changed)
    dated, timed = any(one.dated for one in said), any(one.timed for one in said)
    if dated and not timed:
        changed = _in_week(previous, changed, said)
    if dated == timed or changed.every or changed.start is None or previous.start is None:
        return changed
    return _other_day(previous, changed) if dated else _other_hour(previous, changed, said, now)


def says_day(expression: TimeExpression) -> bool:
    """Whether the words of an expression name a day, not only an hour."""
    return any(one.dated for one in _said(expression))


def _said(expression: TimeExpression) -> list[Said]:
    return scan.tokens(scan.prepare(expression.text).read)


def _in_week(previous: TimeExpression, changed: TimeExpression, said: list[Said]) -> TimeExpression:
    """A bare weekday beside a later date is in the same week: 下周二 改到 周三."""
    bare = all(one.weekdays and one.week is None and not one.timed for one in said)
    if not bare or previous.start is None or changed.start is None or changed.end is not None:
        return changed
    weeks = [start - timedelta(days=start.weekday()) for start in map(_day, (previous.start, changed.start))]
    return replace(changed, start=changed.start + max(weeks[0] - weeks[1], timedelta()))


def _day(start: date) -> date:
    return start.date() if isinstance(start, datetime) else start


def _other_day(previous: TimeExpression, changed: TimeExpression) -> TimeExpression:
    """The same hour on another day; a range of hours keeps its length."""
    start, day = previous.start, changed.start
    long = changed.grain in ("week", "month", "year")
    if not isinstance(start, datetime) or day is None or changed.end is not None or long:
        return changed
    moved = start.replace(year=day.year, month=day.month, day=day.day)
    end = previous.end + (moved - start) if isinstance(previous.end, datetime) else None
    return replace(changed, start=moved, end=end, grain=previous.grain)


def _other_hour(previous: TimeExpression, changed: TimeExpression, said: list[Said], now: datetime) -> TimeExpression:
    """Another hour of the same day; a bare hour stays in the part of day that the previous time was in."""
    start = changed.start
    if not isinstance(start, datetime) or previous.start is None:
        return changed
    day = previous.start.date() if isinstance(previous.start, datetime) else previous.start
    clocks = [one for one in said if one.hour is not None]
    parts = [one.part for one in said if one.part]
    moment = datetime.combine(day, start.timetz())
    if clocks and not parts:
        moment = _in_part(clocks[0], _part(previous), day, now) or moment
    return replace(changed, start=moment, end=_end(previous, changed, moment), every=previous.every)


def _part(previous: TimeExpression) -> str | None:
    """The part of day of an expression."""
    named = [one.part for one in _said(previous) if one.part]
    late = isinstance(previous.start, datetime) and previous.start.hour >= _EVENING
    return named[0] if named else "evening" if late else None


def _in_part(said: Said, part: str | None, day: date, now: datetime) -> datetime | None:
    """The clock within a part of day, if it fits there."""
    if part is None:
        return None
    within = replace(said, part=part)
    moment = clock.begins(within, day, now)
    return (
        moment if clock.begins(replace(within, hour=None), day, now) <= moment < clock.ends(within, day, now) else None
    )


def _end(previous: TimeExpression, changed: TimeExpression, start: datetime) -> datetime | None:
    """A new range keeps its own length, a moved one the previous length."""
    for one in (changed, previous):
        if isinstance(one.start, datetime) and isinstance(one.end, datetime) and changed.grain != "part":
            return start + (one.end - one.start)
    return None
