"""Which days a manager means: 今天, 上个月, 三月, 从3月1号到15号, 最近三十天, 一季度. What was counted lies behind us."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.settings import House
from models.meaning import TimeExpression
from nlu import times
from nlu.words import heard, numbers

RECENT = {"day": 1, "week": 7, "month": 30, "year": 365}
"""Unit of 最近三… → days."""
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
"""Nothing was counted before, and nothing will be after; a button may say anything."""


@dataclass(frozen=True)
class Stretch:
    """Days that are counted together, and what they are called."""

    first: date
    last: date
    label: str

    def span(self, house: House) -> tuple[datetime, datetime]:
        """From the first midnight to the last, in the community's zone."""
        start = datetime.combine(self.first, time(), house.zone)
        return start, datetime.combine(self.last + timedelta(days=1), time(), house.zone)


def stretch(house: House, words: str, now: datetime) -> Stretch | None:
    """The days that were named; None when none were, or when they are still to come."""
    today = now.astimezone(house.zone).date()
    found = _recent(house, words, today) or _part(house, words, today, now) or _spoken(house, words, today, now)
    days = found or _named(house, words, today)
    return between(house, *days, today) if days else None


def between(house: House, first: date, last: date, today: date) -> Stretch:
    """Days by their ends: called by their month where they are one, and 今天 where they are today."""
    first, last = (min(max(day, EARLIEST), LATEST) for day in (first, last))
    texts = house.texts
    if first == last == today:
        return Stretch(first, last, texts["stats.label.today"].format(day=_day(first, today)))
    if first.day == 1 and last == _month_end(first):
        return Stretch(first, last, texts["stats.label.month"].format(year=first.year, month=first.month))
    if first == last:
        return Stretch(first, last, _day(first, today))
    return Stretch(first, last, texts["stats.label.days"].format(first=_day(first, today), last=_day(last, today)))


def _day(day: date, today: date) -> str:
    return f"{f'{day.year}年' if day.year != today.year else ''}{day.month}月{day.day}日"


def _has(house: House, key: str, words: str) -> bool:
    return heard.says(f"stats.{key}", words)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _named(house: House, words: str, today: date) -> tuple[date, date] | None:
    """Names that are no times elsewhere: today, month."""
    monday = today - timedelta(days=today.weekday())
    named = {
        "today": (today, today),
        "week": (monday, monday + timedelta(days=6)),
        "month": (today.replace(day=1), _month_end(today)),
    }
    return next((days for key, days in named.items() if _has(house, key, words)), None)


def _recent(house: House, words: str, today: date) -> tuple[date, date] | None:
    """最近三十天, 过去一周: up to today."""
    begun = "|".join(heard.words("stats.recent"))
    for unit, days in RECENT.items():
        units = "|".join(heard.words(f"stats.unit_{unit}"))
        said = re.search(f"(?:{begun})(.{{1,4}}?)个?(?:{units})", words)
        count = numbers.value(said[1].removesuffix("个")) if said else None
        if count and 0 < count * days < 10_000:
            return today - timedelta(days=int(count * days) - 1), today
    return None


def _part(house: House, words: str, today: date, now: datetime) -> tuple[date, date] | None:
    """一季度, 下半年: of the year that was said, else of the last one that began."""
    parts = {f"quarter_{n}": (3 * n - 2, 3) for n in range(1, 5)} | {"half_1": (1, 6), "half_2": (7, 6)}
    for key, (month, length) in parts.items():
        if _has(house, key, words):
            said = [
                one.start for one in times.find(words, now.astimezone(house.zone)) if one.grain == "year" and one.start
            ]
            first = date(said[0].year if said else today.year, month, 1)
            first = first if said or first <= today else _year_before(first)
            return first, _month_end(first.replace(month=month + length - 1))
    return None


def _spoken(house: House, words: str, today: date, now: datetime) -> tuple[date, date] | None:
    """Any other days, as they are understood everywhere; without a year the last ones that began."""
    found = [one for one in times.find(words, now.astimezone(house.zone)) if one.start is not None]
    if not found or _has(house, "future", words):
        return None
    first, last = _plain(found[0].start), _last(found[-1])
    if first > today and not re.search(r"\d{4}", found[0].text):
        first, last = _before(found[0], first, today), _before(found[-1], last, today)
    return (first, max(last, first)) if first <= today else None


def _before(said: TimeExpression, day: date, today: date) -> date:
    """The same day when it was last: a weekday of last week, a date of last year."""
    if day <= today:
        return day
    weekday = said.grain == "day" and (day - today).days < 7 and not re.search(r"[月号日]", said.text)
    return day - timedelta(days=7) if weekday else _year_before(day)


def _last(said: TimeExpression) -> date:
    """The last day of what was said."""
    end = _plain(said.end if said.end is not None else said.start)
    if said.grain == "year":
        return date(end.year, 12, 31)
    if said.grain == "month":
        return _month_end(end)
    return end + timedelta(days=6) if said.grain == "week" and said.end is None else end


def _plain(moment: date | datetime | None) -> date:
    assert moment is not None
    return moment.date() if isinstance(moment, datetime) else moment


def _year_before(day: date) -> date:
    year = day.year - 1
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
