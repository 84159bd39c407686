"""Calendar dates: M月D号, 十号, 初五, festivals, months and years."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nlu.times import calendar
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


def festival(said: Said, around: Around) -> Day:
    """A festival or a solar term."""
    name = str(said.festival)
    return Day(_choose(lambda year: calendar.festival(name, year), said, around))


def lunar(said: Said, around: Around) -> Day:
    """A lunar day, or the first day of a lunar month."""
    day, leap = said.day or 1, bool(said.leap)
    grain = "day" if said.day else "month"
    if said.month:
        month = said.month
        near = around if said.day else replace(around, today=around.today - timedelta(days=28))
        return Day(_choose(lambda year: calendar.to_solar(year, month, day, leap), said, near), grain=grain)
    anchor = around.after or around.today
    if said.month_by is not None:
        return Day(_real(calendar.lunar_day(anchor, said.month_by, day)))
    return Day(_pick([calendar.lunar_day(anchor, months, day) for months in (-1, 0, 1, 2)], around))


def decade(said: Said, around: Around) -> Day:
    """上旬, 中旬 and 下旬."""
    year, month = _month_of(said, around)
    first = 1 + 10 * (said.decade or 0)
    last = first + 9 if first < 21 else calendar.month_length(year, month)
    return Day(date(year, month, first), date(year, month, last))


def dated(said: Said, around: Around) -> Day:
    """M月D号, and 三月十五六号: both days."""
    first = _dated(said, around)
    if said.day_to is None:
        return first
    return Day(first.start, _real(_solar(first.start.year, int(said.month or 0), said.day_to)))


def _dated(said: Said, around: Around) -> Day:
    """This year's, or next year's when it is past."""
    month, day, anchor = int(said.month or 0), int(said.day or 0), around.after or around.today
    if said.year is None and said.year_by is None and not around.past:
        here = _solar(anchor.year, month, day)
        passed = here < anchor if here else (month, day) < (anchor.month, anchor.day)
        return Day(_real(_solar(anchor.year + passed, month, day)))
    return Day(_choose(lambda year: _solar(year, month, day), said, around))


def days_of_month(said: Said, around: Around) -> Day:
    """十到十五号."""
    first = day_of_month(said, around).start
    last = day_of_month(replace(said, day=said.day_to, month_by=None), replace(around, after=first)).start
    return Day(first, last)


def day_of_month(said: Said, around: Around) -> Day:
    """十号: of this month, of the next when it is past; of the month that was named."""
    day, anchor = int(said.day or 0), around.after or around.today
    if said.month_by is not None:
        return Day(_real(_solar(*_moved(around.today.year, around.today.month, said.month_by), day)))
    here = _solar(anchor.year, anchor.month, day)
    if here and (here >= anchor or around.past == "over") and not (around.past == "happened" and here > anchor):
        return Day(here)
    if around.past == "happened":
        return Day(here if here and here <= anchor else _real(_solar(*_moved(anchor.year, anchor.month, -1), day)))
    ahead = (_solar(*_moved(anchor.year, anchor.month, months), day) for months in (1, 2))
    return Day(_real(next((found for found in ahead if found), None)))


def month(said: Said, around: Around) -> Day:
    """A month."""
    year, month = _month_of(said, around)
    return Day(date(year, month, 1), grain="month")


def yearday(said: Said, around: Around) -> Day:
    """年底 and 年初."""
    month, day = (12, 31) if said.yearday == 12 else (1, 1)
    return Day(_choose(lambda year: date(year, month, day), said, around))


def year(said: Said, around: Around) -> Day:
    """A year."""
    return Day(date(_year_of(said, around.today), 1, 1), grain="year")


def nth(said: Said, around: Around) -> Day:
    """The second Sunday of a month."""
    year, month = _month_of(said, around)
    weekday = (said.weekdays or (0,))[0]
    found = calendar.nth_weekday(year, month, weekday, said.nth or 1)
    if found and found < around.today and said.month is None and said.month_by is None and not around.past:
        year, month = _moved(year, month, 1)
        found = calendar.nth_weekday(year, month, weekday, said.nth or 1)
    return Day(_real(found))


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
