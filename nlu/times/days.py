"""Days counted from today, weekdays and weeks; dates are in dates.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from nlu.times import calendar, dates
from nlu.times.dates import Around, Day, Impossible
from nlu.times.said import Said

__all__ = ["Around", "Day", "Impossible", "day_of", "shifted"]


def day_of(said: Said, around: Around) -> Day:
    """The day that was said; raises :class:`Impossible`."""
    try:
        day = next(place(said, around) for tells, place in _PLACES if tells(said))
        return Day(day.start + timedelta(days=said.shift)) if said.shift else day
    except (OverflowError, ValueError, StopIteration):
        raise Impossible from None


def _span(said: Said, around: Around) -> Day:
    day = shifted(around.today, said)
    if said.weekdays:
        day = calendar.monday(day) + timedelta(days=said.weekdays[0])
    return Day(around.today, day) if said.direction == 0 else Day(day)


def shifted(today: date, said: Said) -> date:
    """Today moved by a counted span of days or months."""
    count = (said.count or 0) + (0.5 if said.half else 0)
    kind, size = str(said.unit)[0], int(str(said.unit)[1:])
    amount, sign = count * size, -1 if said.direction == -1 else 1
    if kind == "d":
        return today + sign * timedelta(days=int(amount))
    return calendar.add_months(today, sign * int(amount)) + sign * timedelta(days=round(amount % 1 * 30))


def _offset(said: Said, around: Around) -> Day:
    """明天; 下周的今天, 去年的今天."""
    day = around.today + timedelta(days=said.offset or 0, weeks=said.week or 0)
    return Day(calendar.add_months(day, (said.month_by or 0) + 12 * (said.year_by or 0)))


def _pair(said: Said, around: Around) -> Day:
    first = around.today + timedelta(days=said.offset_pair or 0)
    return Day(first, first + timedelta(days=1))


def _weekdays(said: Said, around: Around) -> Day:
    days = said.weekdays or (0,)
    if said.week is not None:
        first = calendar.monday(around.today, said.week) + timedelta(days=days[0])
    else:
        first = _weekday(days[0], around)
    return Day(first, first + timedelta(days=(days[-1] - days[0]) % 7) if len(days) > 1 else None)


def _weekday(weekday: int, around: Around) -> date:
    """The next one; today only while its hour is still ahead; the last one if it has happened."""
    if around.after:
        return around.after + timedelta(days=(weekday - around.after.weekday()) % 7)
    distance = (weekday - around.today.weekday()) % 7
    if around.past == "happened":
        return around.today - timedelta(days=-distance % 7)
    return around.today + timedelta(days=distance or (0 if around.ahead else 7))


def _weekend(said: Said, around: Around) -> Day:
    saturday = calendar.monday(around.today, said.week or 0) + timedelta(days=5)
    return Day(saturday, saturday + timedelta(days=1))


def _week(said: Said, around: Around) -> Day:
    return Day(calendar.monday(around.today, said.week or 0), grain="week")


_PLACES: tuple[tuple[Callable[[Said], bool], Callable[[Said, Around], Day]], ...] = (
    (lambda said: said.unit is not None, _span),
    (lambda said: said.offset is not None, _offset),
    (lambda said: said.offset_pair is not None, _pair),
    (lambda said: said.nth is not None, dates.nth),
    (lambda said: said.weekend is not None, _weekend),
    (lambda said: said.weekdays is not None, _weekdays),
    (lambda said: said.week is not None, _week),
    (lambda said: said.festival is not None, dates.festival),
    (lambda said: bool(said.lunar), dates.lunar),
    (lambda said: said.decade is not None, dates.decade),
    (lambda said: said.yearday is not None, dates.yearday),
    (lambda said: said.day is not None and said.month is not None, dates.dated),
    (lambda said: said.day_to is not None, dates.days_of_month),
    (lambda said: said.day is not None, dates.day_of_month),
    (lambda said: said.month is not None or said.month_by is not None, dates.month),
    (lambda said: said.year is not None or said.year_by is not None, dates.year),
)
