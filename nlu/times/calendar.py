"""The calendar: lunar months, festivals, solar terms and the arithmetic of months, without any words."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache
from typing import Any

from borax.calendars.lunardate import TERMS_CN, LCalendars, LunarDate, TermUtils

from nlu.grammar import table

LUNAR_YEARS = (1900, 2099)
"""The years whose lunar dates and solar terms the library knows."""


def month_length(year: int, month: int) -> int:
    """How many days a solar month has."""
    return calendar.monthrange(year, month)[1]


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The first, second, … (or with -1 the last) weekday of a month; Monday is 0."""
    days = [day for day in range(1, month_length(year, month) + 1) if date(year, month, day).weekday() == weekday]
    index = nth if nth < 0 else nth - 1
    return date(year, month, days[index]) if -len(days) <= index < len(days) else None


def to_solar(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """The date of a lunar day (day -1 is the last of its month), or None if there is no such day."""
    try:
        if day > 0:
            solar: date = LunarDate(year, month, day, int(leap)).to_solar_date()
            return solar
        return to_solar(year, month, 30, leap) or to_solar(year, month, 29, leap)
    except ValueError:
        return None


def to_lunar(day: date) -> tuple[int, int, int, bool] | None:
    """Lunar year, month, day and whether the month is a leap month; None outside the known years."""
    if not LUNAR_YEARS[0] < day.year <= LUNAR_YEARS[1]:
        return None
    lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    return lunar.year, lunar.month, lunar.day, bool(lunar.leap)


def lunar_day(day: date, months: int, number: int) -> date | None:
    """The numbered day of the lunar month that is some months away from the one that holds ``day``."""
    here = to_lunar(day)
    if here is None:
        return None
    near = [month for year in range(here[0] - 1, here[0] + 3) for month in _months_of(year)]
    index = near.index((here[0], here[1], here[3])) + months
    return to_solar(near[index][0], near[index][1], number, near[index][2]) if 0 <= index < len(near) else None


@cache
def _months_of(year: int) -> tuple[tuple[int, int, bool], ...]:
    if not LUNAR_YEARS[0] <= year <= LUNAR_YEARS[1]:
        return ()
    leap = LCalendars.leap_month(year)
    return tuple(
        (year, month, extra) for month in range(1, 13) for extra in ((False, True) if month == leap else (False,))
    )


def festival(name: str, year: int) -> date | None:
    """The date of a festival or solar term in a year (the lunar year for lunar ones), or None."""
    rule = festivals().get(name, {})
    if "lunar" in rule:
        return to_solar(year, *rule["lunar"])
    if "nth" in rule:
        return nth_weekday(year, *rule["nth"])
    return date(year, *rule["solar"]) if "solar" in rule else _terms(year).get(rule.get("term", ""))


def is_lunar(name: str) -> bool:
    """Whether a festival follows the moon, so that no solar rule can repeat it."""
    return "solar" not in festivals().get(name, {})


def same(one: str | None, other: str | None) -> bool:
    """Whether two words name the same festival."""
    return bool(one and other) and festivals().get(str(one)) == festivals().get(str(other))


@cache
def festivals() -> dict[str, dict[str, Any]]:
    """Every word for a festival or a solar term, with its rule."""
    data = table("calendar")
    words = {word: rule for rule in data["festival"] for word in (*rule["words"], *rule.get("doubtful", ()))}
    terms = {w: {"term": w[:2], "words": [w]} for w in (*data["terms"]["words"], *data["terms"]["doubtful"])}
    return words | terms


@cache
def _terms(year: int) -> dict[str, date]:
    if not LUNAR_YEARS[0] <= year <= LUNAR_YEARS[1]:
        return {}
    return {name: TermUtils.day_start_from_term(year, name) for name in TERMS_CN}


def monday(day: date, weeks: int = 0) -> date:
    """The Monday of a day's week, or of a week some weeks away."""
    return day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
