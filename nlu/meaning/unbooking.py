"""What is called off: the days that were named, of a series only those; all of it only where that is said.

下周二和下下周二都不去 are two days, 这个月都不去了 all of a month, 以后都不来了 the series, 周五以后不用送了 what comes then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from models.meaning import TimeExpression
from nlu.meaning.booked import Booked, Plan, by_name, day, from_rule, is_on, pattern
from nlu.times import calendar

_LONG = ("week", "month")


def plan(
    text: str, found: Sequence[TimeExpression], cue: re.Match[str], booked: Sequence[Booked], now: datetime
) -> Plan:
    """The occurrences that were named, all of them, or none where no such day has a booking."""
    told = [time for time in found if time.start and not is_over(time, now)]
    named = [time for time in told if _belongs(text, time, cue)] or told
    forever = _is_forever(text, named)
    called = by_name(text, booked)
    until = _until(text, named, cue)
    if until is not None:
        return Plan("cancel_from", called[0] if called else None, to=until)
    if named and from_rule(named[-1].every) and not pattern("cancel", "from").search(named[-1].text):
        return _some_weekdays(named[-1], called)
    if named and not named[-1].every and not (forever and not _opens(text, named[-1])):
        return _named_days(text, named, called)
    series = any(one.weekdays for one in called)
    if forever or (series and not pattern("cancel", "only").search(text)):
        return Plan("cancel_all", called[0] if called else None)
    one = min(called, key=lambda booking: booking.start, default=None)
    return Plan("cancel", one, one.start) if one else Plan("none")


def _is_forever(text: str, named: Sequence[TimeExpression]) -> bool:
    """以后都不来了 is; 这个月都不去了 and 明后天都不用送 speak of the days that they name."""
    if not pattern("cancel", "all").search(text) or pattern("cancel", "only").search(text):
        return False
    if pattern("cancel", "ever").search(text) or not named:
        return True
    weekday = pattern("cancel", "weekday").fullmatch(named[-1].text)
    return len(named) == 1 and bool(weekday)


def is_over(time: TimeExpression, now: datetime) -> bool:
    """Whether a time lies before today: 昨儿喝了半斤酒 names no booking."""
    return (day(time) or now.date()) < now.date() and time.grain not in ("week", "month", "year")


def _until(text: str, named: Sequence[TimeExpression], cue: re.Match[str]) -> TimeExpression | None:
    """送到周五就不用送了 and 周五以后不用送了: from the day behind the one that was named."""
    last = next((time for time in reversed(named) if time.span[1] <= cue.start()), None)
    still = next((time for time in named if pattern("cancel", "kept").search(text[time.span[1] :])), None)
    if still is not None and pattern("cancel", "ever").search(text):
        return _behind(still)
    if last is None or len(named) != 1:
        return None
    kept = pattern("cancel", "upto").search(text[: last.span[0]]) and pattern("cancel", "then").search(
        text[last.span[1] : cue.start()]
    )
    behind = pattern("cancel", "behind").search(text[last.span[0] : cue.start()])
    return _behind(last) if kept or behind else None


def _behind(time: TimeExpression) -> TimeExpression | None:
    """From the day, week or month behind the one that was named."""
    last = time.end or time.start
    if last is None:
        return None
    first = (
        calendar.add_months(last, 1)
        if time.grain == "month"
        else last + timedelta(days=7 if time.grain == "week" else 1)
    )
    return replace(time, start=first, end=None, grain="day")


def _named_days(text: str, named: Sequence[TimeExpression], called: Sequence[Booked]) -> Plan:
    if _opens(text, named[-1]):
        return Plan("cancel_from", called[0] if called else None, to=named[-1])
    for one in _nearest_first(called, named):
        starts = tuple(sorted({start for time in named for start in _on(one, time)}))
        if len(starts) > 1:
            return Plan("cancel", one, starts[0], more=starts[1:])
        if starts:
            return Plan("cancel", one, starts[0])
    return Plan("none", said=named[-1].text)


def _some_weekdays(time: TimeExpression, called: Sequence[Booked]) -> Plan:
    """每周日不用送 of what comes every day leaves the other days; of what comes on Sundays it is all."""
    days = from_rule(time.every)
    one = next((one for one in called if set(one.weekdays) & set(days)), None)
    if one is None or set(one.weekdays) <= set(days):
        return Plan("cancel_all", one) if one else Plan("none", said=time.text)
    first, *more = (start for start in one.occurrences() if start.weekday() in days)
    return Plan("cancel", one, first, more=tuple(more))


def _nearest_first(called: Sequence[Booked], named: Sequence[TimeExpression]) -> list[Booked]:
    """The bookings, that of the last time that was named first."""
    return sorted(called, key=lambda one: not any(_on(one, named[-1])))


def _on(one: Booked, time: TimeExpression) -> Iterator[datetime]:
    """The first occurrence at a time; each of them in the stretch of days, the week or the month that was named."""
    hits = (start for start in one.occurrences() if is_on(start, time))
    if time.grain in _LONG or (time.grain == "day" and time.end is not None):
        yield from hits
        return
    first = next(hits, None)
    if first is not None:
        yield first


def _opens(text: str, time: TimeExpression) -> bool:
    """后天开始, 下个月起: from then on."""
    opening = re.compile(f"(?:{pattern('cancel', 'from').pattern})")
    return bool(opening.search(time.text) or opening.match(text, time.span[1]))


def _belongs(text: str, time: TimeExpression, cue: re.Match[str]) -> bool:
    """Whether a time stands in the clause of what is called off, or names the booking."""
    first, last = sorted((time.span, cue.span()))
    between = text[first[1] : last[0]]
    return not pattern("cancel", "stop").search(between) or between.startswith(("的", "那"))
