"""What comes back: the RFC 5545 rule and its first occurrence from now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from nlu.times import calendar, clock, days
from nlu.times.said import Said

_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCY = {"d1": "DAILY", "d7": "WEEKLY", "m1": "MONTHLY", "m12": "YEARLY", "t60": "HOURLY", "t1": "MINUTELY"}
_GRAIN = {
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
    "HOURLY": "hour",
    "MINUTELY": "minute",
}
_HORIZON = 800


@dataclass(frozen=True)
class Repeat:
    """A repetition: its rule (None if the moon decides), the days it falls on, and its grain without a clock."""

    rule: str | None
    falls_on: Callable[[date], bool]
    grain: str = "day"


def repeat(said: Said, more: tuple[Said, ...], now: datetime) -> Repeat | None:
    """The repetition that was said, or None if nothing follows 每逢."""
    kind = said.every or "WEEKLY"
    if kind in ("INTERVAL", "APART"):
        return _interval(said)
    if kind in ("ODD", "EVEN"):
        return _month_days(tuple(range(1 if kind == "ODD" else 2, 32, 2)))
    if kind == "WORKDAY" or kind == "WEEKEND" or said.weekend:
        return _weekly((0, 1, 2, 3, 4) if kind == "WORKDAY" else (5, 6))
    return _dated(said, more, now) or _plain(kind)


def _plain(kind: str) -> Repeat | None:
    return None if kind == "EACH" else Repeat(f"FREQ={kind}", lambda day: True, _GRAIN[kind])


def _dated(said: Said, more: tuple[Said, ...], now: datetime) -> Repeat | None:
    """Every Monday, every 15th, every 重阳."""
    if said.nth and said.weekdays:
        return _nth(said.nth, said.weekdays[0])
    if said.weekdays:
        return _weekly(tuple(sorted({day for one in (said, *more) for day in one.weekdays or ()})))
    if said.festival or said.lunar:
        return _festival(said, more, now)
    if said.yearday or (said.month and said.day):
        return _yearly(*((12, 31) if said.yearday == 12 else (said.month or 1, said.day or 1)))
    if said.decade is not None:
        return _month_days(tuple(range(1 + 10 * said.decade, (11, 21, 32)[said.decade])))
    found = tuple(sorted({one.day for one in (said, *more) if one.day}))
    return _month_days(found) if found else None


def _weekly(weekdays: tuple[int, ...]) -> Repeat:
    names = ",".join(_NAMES[day] for day in weekdays)
    return Repeat(f"FREQ=WEEKLY;BYDAY={names}", lambda day: day.weekday() in weekdays)


def _month_days(numbers: tuple[int, ...]) -> Repeat:
    def falls_on(day: date) -> bool:
        return day.day in numbers or (-1 in numbers and day.day == calendar.month_length(day.year, day.month))

    return Repeat("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(map(str, numbers)), falls_on)


def _nth(nth: int, weekday: int) -> Repeat:
    def falls_on(day: date) -> bool:
        return day == calendar.nth_weekday(day.year, day.month, weekday, nth)

    return Repeat(f"FREQ=MONTHLY;BYDAY={nth}{_NAMES[weekday]}", falls_on)


def _yearly(month: int, number: int) -> Repeat:
    rule = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={number}"
    return Repeat(rule, lambda day: (day.month, day.day) == (month, number))


def _festival(said: Said, more: tuple[Said, ...], now: datetime) -> Repeat:
    """No rule can follow the moon; the days are looked up."""
    if said.festival and not calendar.is_lunar(said.festival):
        day = days.day_of(said, days.Around(now.date())).start
        return _yearly(day.month, day.day)
    around = days.Around(now.date())
    later = days.Around(now.date() + timedelta(days=1))
    found = {days.day_of(one, when).start for one in (said, *more) for when in (around, later)}
    return Repeat(None, lambda day: day in found)


def _interval(said: Said) -> Repeat:
    count, unit = (said.count or 1) + (0.5 if said.half else 0), str(said.unit)
    if said.every == "APART" and unit[0] != "t":
        count += 1
    count, unit = _whole(count, unit)
    kind = _FREQUENCY[unit]
    step = f";INTERVAL={int(count)}" if count > 1 else ""
    byday = "".join(f";BYDAY={_NAMES[day]}" for day in (said.weekdays or ())[:1])
    weekday = said.weekdays[0] if said.weekdays else None
    return Repeat(f"FREQ={kind}{step}{byday}", lambda day: weekday in (None, day.weekday()), _GRAIN[kind])


def _whole(count: float, unit: str) -> tuple[float, str]:
    """A quarter of an hour or half an hour in minutes, a season in months."""
    if unit[0] == "t" and (unit not in _FREQUENCY or count % 1):
        return count * int(unit[1:]), "t1"
    if unit == "m1" and count == 0.5:
        return 15, "d1"
    if unit not in _FREQUENCY or count % 1:
        return count * int(unit[1:]), unit[0] + "1"
    return count, unit


def first(said: Said, repeated: Repeat, now: datetime, after: date | None = None) -> date | datetime | None:
    """The first occurrence from now (or from a later day)."""
    if repeated.grain in ("hour", "minute"):
        return now.replace(second=0, microsecond=0)
    start = max(after or now.date(), now.date())
    for shift in range(-1, _HORIZON):
        day = start + timedelta(days=shift)
        if not repeated.falls_on(day) or (shift < 0 and not said.timed):
            continue
        moment = clock.begins(said, day, now) if said.timed else None
        if moment is None or (moment >= now and moment.date() >= start):
            return moment or day
    return None


def weekly(said: Said) -> Said:
    """周一三五 without 每 is a repetition too."""
    listed = said.weekdays or ()
    apart = len(listed) > 1 and any(b - a > 1 for a, b in pairwise(listed))
    return replace(said, every="WEEKLY") if apart and not said.every and said.week is None else said
