"""Bookings as understanding sees them: which occurrence a sentence means, and what is to happen with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from models.meaning import TimeExpression
from nlu import times
from nlu.grammar import table
from nlu.times import calendar

_PART = timedelta(hours=6)
_AHEAD = 70
"""Days in which the occurrences of a series are looked for."""


@dataclass(frozen=True)
class Booked:
    """A booking: when, what people call it, and on which weekdays it comes back."""

    start: datetime
    name: str = ""
    weekdays: tuple[int, ...] = ()
    number: int = 0
    own: datetime | None = None
    """When the next one would be, had it not been moved by itself."""
    skipped: frozenset[str] = frozenset()
    """Days on which it does not come back."""

    def occurrences(self) -> Iterator[datetime]:
        """When it is, from its first time on."""
        yield self.start
        base = self.own or self.start
        for shift in range(1, _AHEAD if self.weekdays else 0):
            day = base + timedelta(days=shift)
            if day.weekday() in self.weekdays and day.date().isoformat() not in self.skipped:
                yield day


@dataclass(frozen=True)
class Plan:
    """What is to happen with the bookings."""

    kind: str
    """``move``, ``cancel``, ``cancel_all``, ``cancel_from``, ``none`` (no booking on the day that was named) or ``keep``."""
    booked: Booked | None = None
    start: datetime | None = None
    """The occurrence that is meant."""
    to: TimeExpression | None = None
    by: bool = False
    """Whether it is moved by so much (往后推一个小时)."""
    more: tuple[datetime, ...] = ()
    """Further occurrences that are called off with it."""
    said: str = ""
    """The words of the day on which there is no booking."""


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """A compiled rule of ``grammar/zh/moving.toml``."""
    return re.compile(table("moving")[section][name])


def meant(
    text: str, old: Sequence[TimeExpression], at: int, booked: Sequence[Booked]
) -> tuple[Booked | None, datetime | None]:
    """The booking, and its occurrence, that the times before a position name; the only one where none is named."""
    named = [time for time in old if names(text, time, at)]
    for time in reversed(named):
        for one in by_name(text, booked):
            start = next((start for start in one.occurrences() if is_on(start, time)), None)
            if start is not None:
                return one, start
    if named:
        return None, None
    called = by_name(text, booked)
    first = min(called, key=lambda booking: booking.start, default=None)
    return first, first.start if first else None


def by_name(text: str, booked: Sequence[Booked]) -> Sequence[Booked]:
    """The bookings whose name is said, else all."""
    return [one for one in booked if one.name and one.name in text] or list(booked)


def day(one: TimeExpression) -> date | None:
    """The day on which a time begins."""
    return one.start.date() if isinstance(one.start, datetime) else one.start


def names(text: str, time: TimeExpression, at: int) -> bool:
    """Whether a time names the booking: in the clause of the verb, behind 从 or 把, or before 的."""
    between, before = text[time.span[1] : at], text[: time.span[0]]
    if not pattern("cancel", "stop").search(between):
        return True
    return bool(re.search(f"{pattern('move', 'old').pattern}[^,。]{{0,3}}$", before)) or between.startswith(
        ("的", "那")
    )


def is_on(start: datetime, time: TimeExpression) -> bool:
    """Whether a booking lies on the day, in the part or in the span that was said; a bare weekday is today's too."""
    if time.start and time.end is None and pattern("cancel", "weekday").match(time.text):
        earlier = replace(time, start=time.start - timedelta(weeks=1))
        return _is_within(start, time) or _is_within(start, earlier)
    return _is_within(start, time)


def _is_within(start: datetime, time: TimeExpression) -> bool:
    first, last = time.start, time.end
    if first is None:
        return False
    if isinstance(first, datetime):
        first, last = _on_day_of(start, time, first, last)
        if isinstance(last, datetime):
            return first.date() == start.date() and first.hour <= start.hour <= last.hour
        if time.grain == "part":
            return first <= start < first + _PART
        return first.date() == start.date() and first.hour % 12 == start.hour % 12
    until = last if isinstance(last, date) and not isinstance(last, datetime) else _last(first, time.grain)
    return first <= start.date() <= until


def _on_day_of(
    start: datetime, time: TimeExpression, first: datetime, last: date | None
) -> tuple[datetime, date | None]:
    """An hour without a day is the hour of any day: 八点太冷."""
    if not time.text or times.says_day(time):
        return first, last
    apart = start.date() - first.date()
    return first + apart, last + apart if isinstance(last, datetime) else last


def _last(first: date, grain: str) -> date:
    if grain == "week":
        return first + timedelta(days=6)
    return calendar.add_months(first, 1) - timedelta(days=1) if grain == "month" else first


def shown(plan: Plan) -> str:
    """A plan as the sentences write it: ``move FROM -> TO``, ``cancel START``, ``cancel all``, ``none`` or ``keep``."""
    start, *more = (
        one.replace(tzinfo=None).isoformat(timespec="minutes") if one else "-" for one in (plan.start, *plan.more)
    )
    if plan.kind == "move" and plan.to is not None:
        to = times.as_json(plan.to)
        return f"move {start} -> {to['start'] or '-'}|{to['end'] or '-'}|{to['grain']}"
    several = " ; ".join(f"cancel {one}" for one in (start, *more))
    return {"cancel": several, "cancel_all": "cancel all", "cancel_from": "cancel all"}.get(plan.kind, plan.kind)


def from_rule(every: str | None) -> tuple[int, ...]:
    """The weekdays of a repetition's rule."""
    found = re.search("BYDAY=([A-Z,]+)", every or "")
    if found:
        return tuple(sorted(_DAYS.index(day) for day in found[1].split(",") if day in _DAYS))
    return tuple(range(7)) if every and "DAILY" in every else ()


_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
