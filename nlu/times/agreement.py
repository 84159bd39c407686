"""Days said twice: 三月十一号星期三 agree or contradict each other."""

from __future__ import annotations

from datetime import date, timedelta

from nlu.times import calendar, days
from nlu.times.said import Phrase, Said

_RECENT = timedelta(days=92)


def agree(phrase: Phrase, day: days.Day, around: days.Around) -> tuple[days.Day, date | None]:
    """The day that all its names mean, and a second reading if they contradict each other."""
    for twin in phrase.twins:
        other = _agreeing(twin, day.start, around)
        first = _agreeing(phrase.said, other, around)
        if first != other:
            first, other = _behind(first, other, around, (phrase.said, twin))
        day = days.Day(first)
        if first != other:
            return day, other
    return day, None


def _behind(one: date, other: date, around: days.Around, said: tuple[Said, Said]) -> tuple[date, date]:
    """3月1号星期天 on the second of March: the weekday tells that it is not next year's."""
    weekday = next((part.weekdays[0] for part in said if part.weekdays and part.week is None), None)
    bare = any(part.day and part.month and part.year is None and part.year_by is None for part in said)
    for before in (calendar.add_months(day, -12) for day in (one, other)):
        if bare and timedelta(0) <= around.today - before <= _RECENT and weekday == before.weekday():
            return before, before
    return one, other


def _agreeing(said: Said, day: date, around: days.Around) -> date:
    """The day that was said; a bare weekday lies in the week of the given day."""
    if said.weekdays and said.week is None:
        return calendar.monday(day) + timedelta(days=said.weekdays[0])
    return days.day_of(said, around).start
