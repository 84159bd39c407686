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
    said = scan.tokens(scan.prepare(changed.text).read)
    dated, timed = any(one.dated for one in said), any(one.timed for one in said)
    whole = (dated and timed) or not (dated or timed) or changed.every or changed.start is None
    if whole or previous.start is None:
        return changed
    return _other_day(previous, changed) if dated else _other_hour(previous, changed, said, now)


def _other_day(previous: TimeExpression, changed: TimeExpression) -> TimeExpression:
    """The same hour on another day; a range keeps its length."""
    start, day = previous.start, changed.start
    if not isinstance(start, datetime) or day is None or changed.end is not None:
        return changed
    moved = start.replace(year=day.year, month=day.month, day=day.day)
    end = previous.end + (moved - start) if isinstance(previous.end, datetime) else None
    return replace(changed, start=moved, end=end, grain=previous.grain)


def _other_hour(previous: TimeExpression, changed: TimeExpression, said: list[Said], now: datetime) -> TimeExpression:
    """Another hour of the same day; a bare hour stays in the evening if the previous one was there."""
    timed = next(one for one in said if one.timed)
    day = _day(previous.start)
    if day is None or not isinstance(changed.start, datetime):
        return changed
    start = previous.start
    evening = isinstance(start, datetime) and start.hour >= _EVENING and timed.part is None and (timed.hour or 0) < 12
    for one in said:
        timed = one if one.hour is not None and timed.hour is None and timed.part is None else timed
    moment = _moved(changed.start, day, now) if not evening else clock.begins(replace(timed, part="evening"), day, now)
    return replace(changed, start=moment, end=_end(previous, changed, moment), every=previous.every)


def _moved(moment: datetime, day: date, now: datetime) -> datetime:
    """The clock of a moment on another day."""
    return datetime.combine(day, moment.time(), now.tzinfo)


def _end(previous: TimeExpression, changed: TimeExpression, start: datetime) -> datetime | None:
    if isinstance(changed.end, datetime) and isinstance(changed.start, datetime):
        return start + (changed.end - changed.start)
    ranged = isinstance(previous.end, datetime) and isinstance(previous.start, datetime) and changed.grain != "part"
    length: timedelta | None = previous.end - previous.start if ranged else None  # type: ignore[operator]
    return start + length if length is not None else None


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment
