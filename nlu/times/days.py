"""Days: places what was said about a day, a week, a month or a year on the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nlu import calendar
from nlu.times.said import Said


class Impossible(ValueError):
    """Such a day does not exist."""


@dataclass(frozen=True)
class Day:
    """A day (or the first day of something longer), perhaps the last day too."""

    start: date
    end: date | None = None
    grain: str = "day"


@dataclass(frozen=True)
class Around:
    """What a day is counted from."""

    today: date
    past: str | None = None
    """``over``: it is not moved on; ``happened``: it lies behind us."""
    after: date | None = None
    """Not before this day (the end of a range)."""
    ahead: bool = False
    """The hour that was said is still to come today."""


def day_of(said: Said, around: Around) -> Day:
    """The day that was said; raises :class:`Impossible`."""
    try:
        return next(place(said, around) for tells, place in _PLACES if tells(said))
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
    amount = count * size * (-1 if said.direction == -1 else 1)
    if kind == "d":
        return today + timedelta(days=int(amount))
    return calendar.add_months(today, int(amount)) + timedelta(days=round(amount % 1 * 30))


def _offset(said: Said, around: Around) -> Day:
    return Day(around.today + timedelta(days=said.offset or 0))


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


def _nth(said: Said, around: Around) -> Day:
    year, month = _month_of(said, around)
    weekday = (said.weekdays or (0,))[0]
    found = calendar.nth_weekday(year, month, weekday, said.nth or 1)
    if found and found < around.today and said.month is None and said.month_by is None and not around.past:
        year, month = _moved(year, month, 1)
        found = calendar.nth_weekday(year, month, weekday, said.nth or 1)
    return Day(_real(found))


def _festival(said: Said, around: Around) -> Day:
    name = str(said.festival)
    days = _choose(lambda year: calendar.festival(name, year), said, around)
    return Day(days + timedelta(days=said.shift or 0))


def _lunar(said: Said, around: Around) -> Day:
    day, leap = said.day or 1, bool(said.leap)
    grain = "day" if said.day else "month"
    if said.month:
        month = said.month
        return Day(_choose(lambda year: calendar.to_solar(year, month, day, leap), said, around), grain=grain)
    anchor = around.after or around.today
    if said.month_by is not None:
        return Day(_real(calendar.lunar_day(anchor, said.month_by, day)))
    return Day(_pick([calendar.lunar_day(anchor, months, day) for months in (-1, 0, 1, 2)], around))


def _decade(said: Said, around: Around) -> Day:
    year, month = _month_of(said, around)
    first = 1 + 10 * (said.decade or 0)
    last = first + 9 if first < 21 else calendar.month_length(year, month)
    return Day(date(year, month, first), date(year, month, last))


def _dated(said: Said, around: Around) -> Day:
    month, day, anchor = int(said.month or 0), int(said.day or 0), around.after or around.today
    if said.year is None and said.year_by is None and not around.past:
        return Day(_real(_solar(anchor.year + ((month, day) < (anchor.month, anchor.day)), month, day)))
    return Day(_choose(lambda year: _solar(year, month, day), said, around))


def _day_of_month(said: Said, around: Around) -> Day:
    """十号: of this month, of the next when it is past; of the month that was named."""
    day, anchor = int(said.day or 0), around.after or around.today
    if said.month_by is not None:
        return Day(_real(_solar(*_moved(around.today.year, around.today.month, said.month_by), day)))
    here = _solar(anchor.year, anchor.month, day)
    if here and (here >= anchor or around.past == "over") and not (around.past == "happened" and here > anchor):
        return Day(here)
    if around.past == "happened":
        return Day(here if here and here <= anchor else _real(_solar(*_moved(anchor.year, anchor.month, -1), day)))
    return Day(_real(_solar(*_moved(anchor.year, anchor.month, 1), day) if here else None))


def _month(said: Said, around: Around) -> Day:
    year, month = _month_of(said, around)
    return Day(date(year, month, 1), grain="month")


def _yearday(said: Said, around: Around) -> Day:
    month, day = (12, 31) if said.yearday == 12 else (1, 1)
    return Day(_choose(lambda year: date(year, month, day), said, around))


def _year(said: Said, around: Around) -> Day:
    return Day(date(_year_of(said, around.today), 1, 1), grain="year")


def _year_of(said: Said, today: date) -> int:
    return said.year if said.year is not None else today.year + (said.year_by or 0)


def _month_of(said: Said, around: Around) -> tuple[int, int]:
    """Year and month of a month that was said; this month if none was; next year's if it is past."""
    today = around.after or around.today
    if said.month is None:
        return _moved(today.year, today.month, said.month_by or 0)
    _real(_solar(2000, said.month, 1))
    if said.year is not None or said.year_by is not None:
        return _year_of(said, around.today), said.month
    if around.past == "happened":
        return today.year - (said.month > today.month), said.month
    return today.year + (said.month < today.month and not around.past), said.month


def _moved(year: int, month: int, months: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def _solar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, calendar.month_length(year, month) if day == -1 else day)
    except ValueError:
        return None


def _real(day: date | None) -> date:
    if day is None:
        raise Impossible
    return day


def _choose(of_year: Callable[[int], date | None], said: Said, around: Around) -> date:
    """The day in the year that was said, or else the next one (the last one, this year's) counted from today."""
    if said.year is not None or said.year_by is not None:
        return _in_year(of_year, said, around.today)
    year = (around.after or around.today).year
    return _pick([of_year(number) for number in range(year - 1, year + 3)], around, of_year(year))


def _in_year(of_year: Callable[[int], date | None], said: Said, today: date) -> date:
    """今年除夕 in January is still to come, although its lunar year is last year's."""
    year = _year_of(said, today)
    day = _real(of_year(year))
    before = of_year(year - 1) if said.year_by == 0 else None
    return before if before and day.year > today.year and before >= today else day


def _pick(days: Iterable[date | None], around: Around, this_year: date | None = None) -> date:
    known = [day for day in days if day is not None]
    anchor = around.after or around.today
    behind = [day for day in known if day <= anchor]
    coming = [day for day in known if day >= anchor]
    if around.past == "happened" and behind:
        return behind[-1]
    if around.past == "over" and this_year and this_year <= anchor:
        return this_year
    return _real(coming[0] if coming else None)


_PLACES: tuple[tuple[Callable[[Said], bool], Callable[[Said, Around], Day]], ...] = (
    (lambda said: said.unit is not None, _span),
    (lambda said: said.offset is not None, _offset),
    (lambda said: said.nth is not None, _nth),
    (lambda said: said.weekend is not None, _weekend),
    (lambda said: said.weekdays is not None, _weekdays),
    (lambda said: said.week is not None, _week),
    (lambda said: said.festival is not None, _festival),
    (lambda said: bool(said.lunar), _lunar),
    (lambda said: said.decade is not None, _decade),
    (lambda said: said.yearday is not None, _yearday),
    (lambda said: said.day is not None and said.month is not None, _dated),
    (lambda said: said.day is not None, _day_of_month),
    (lambda said: said.month is not None or said.month_by is not None, _month),
    (lambda said: said.year is not None or said.year_by is not None, _year),
)
