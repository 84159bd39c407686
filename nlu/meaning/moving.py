"""Which booking is moved or called off, and to when: 把周二的理发改到周五 · 下周二不去理发了 · 以后都不来了.

Of two times in one sentence the one behind 改到 is the wish, the one before it names the booking; a time that only gives
the reason (周五下午孙子要来) names nothing. Nothing is called off but the day that was named. Pure; ``grammar/zh/moving.toml``.
"""

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
from nlu.words import numbers

_NEAR = 3
"""Characters that may stand between 改到 and the new time."""
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

    def occurrences(self) -> Iterator[datetime]:
        """When it is, from its first time on."""
        if not self.weekdays:
            yield self.start
            return
        for shift in range(_AHEAD):
            day = self.start + timedelta(days=shift)
            if day.weekday() in self.weekdays:
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
    said: str = ""
    """The words of the day on which there is no booking."""


@cache
def _cue(section: str, name: str) -> re.Pattern[str]:
    return re.compile(table("moving")[section][name])


def read(text: str, booked: Sequence[Booked], now: datetime) -> Plan:
    """What a sentence asks for, of these bookings."""
    found = _all_times(text, now)
    wish = _wish(text, found, booked, now)
    if wish is not None:
        return wish
    if _cue("cancel", "keep").search(text):
        return Plan("keep")
    if _cue("cancel", "cue").search(text):
        return _instead(text, booked, now) or _cancel(text, found, booked)
    return _instead(text, booked, now) or Plan("keep")


def _instead(text: str, booked: Sequence[Booked], now: datetime) -> Plan | None:
    """周二没空,周四行不行: one time does not suit, and another is named at which nothing is booked."""
    said = times.read(text, now)
    vague = next((one for one in said.found if one.start is None), None)
    to = vague or next((one for one in said.found if said.refused and one.span > said.refused[-1].span), None)
    if (
        to is None
        or (vague and len(said.found) > 2)
        or any(_is_on(start, to) for one in booked for start in one.occurrences())
    ):
        return None
    old = [one for one in (*said.refused, *said.found) if one is not to and one.span < to.span]
    one, start = _meant(text, old, to.span[0], booked) if vague or not old else _on_refused(said.refused, booked)
    if one is None or start is None:
        return None
    before = TimeExpression("", start, None, "minute" if start.minute else "hour")
    return Plan("move", one, start, to if vague else times.merge(before, to, now))


def _on_refused(refused: Sequence[TimeExpression], booked: Sequence[Booked]) -> tuple[Booked | None, datetime | None]:
    """The occurrence on a day that does not suit."""
    hits = ((one, start) for time in refused for one in booked for start in one.occurrences() if _is_on(start, time))
    return next(hits, (None, None))


def _all_times(text: str, now: datetime) -> tuple[TimeExpression, ...]:
    """Also the times that do not suit: 周三没空."""
    said = times.read(text, now)
    return tuple(sorted({*said.found, *said.refused}, key=lambda one: one.span))


# ---------------------------------------------------------------- moved


def wished(text: str, found: Sequence[TimeExpression]) -> TimeExpression | None:
    """The time that is wished for: behind 改到 where two are said, else the first."""
    cues = list(_cue("move", "to").finditer(text)) if len(found) > 1 else []
    behind = (one for cue in reversed(cues) for one in found if 0 <= one.span[0] - cue.end() <= _NEAR)
    return next(behind, next(iter(found), None))


def _wish(text: str, found: Sequence[TimeExpression], booked: Sequence[Booked], now: datetime) -> Plan | None:
    """The new time, with the booking that is moved; None where nothing is moved."""
    cues = (
        one for one in _cue("move", "to").finditer(text) if not _cue("cancel", "denied").search(text[: one.start()])
    )
    for cue in reversed(list(cues)):
        new = next((one for one in found if 0 <= one.span[0] - cue.end() <= _NEAR), None)
        if new is not None and new.start is not None:
            old = [one for one in found if one.span[1] <= cue.start()]
            return _moved(text, old, new, cue.start(), booked, now)
    return _shifted(text, found, booked, now)


def _moved(
    text: str, old: Sequence[TimeExpression], new: TimeExpression, at: int, booked: Sequence[Booked], now: datetime
) -> Plan:
    one, start = _meant(text, old, at, booked)
    if one is None or start is None:
        named = next((time for time in reversed(old) if _names(text, time, at)), None)
        return Plan("none" if booked and named else "move", to=new, said=named.text if named else "")
    before = TimeExpression("", start, None, "minute" if start.minute else "hour")
    return Plan("move", one, start, times.merge(before, new, now))


def _shifted(text: str, found: Sequence[TimeExpression], booked: Sequence[Booked], now: datetime) -> Plan | None:
    """往后推一天, 提前半小时."""
    for name, sign in (("later", 1), ("earlier", -1)):
        match = re.search(f"(?:{_cue('move', name).pattern})(?:了)?(?:{_cue('move', 'by').pattern})", text)
        if match is None:
            continue
        one, start = _meant(text, [t for t in found if t.span[1] <= match.start()], match.start(), booked)
        if one is not None and start is not None:
            moved = _by(start, str(match["count"] or "一"), match["unit"], sign)
            to = TimeExpression(match.group(), moved, None, "minute" if moved.minute else "hour")
            return Plan("move", one, start, to, by=True)
    return None


def _by(start: datetime, count: str, unit: str, sign: int) -> datetime:
    half = "半" in count
    number = float(numbers.value(count.split("个")[0].rstrip("半") or "零") or 0) + (0.5 if half else 0)
    if "月" in unit:
        day = calendar.add_months(start.date(), sign * int(number))
        return start.replace(year=day.year, month=day.month, day=day.day)
    minutes = next(m for word, m in _MINUTES if word in unit)
    return start + sign * timedelta(minutes=number * minutes)


_MINUTES = (
    ("分", 1),
    ("刻", 15),
    ("小时", 60),
    ("钟", 60),
    ("天", 1440),
    ("日", 1440),
    ("周", 10080),
    ("礼拜", 10080),
    ("星期", 10080),
)


# ---------------------------------------------------------------- which one


def _meant(
    text: str, old: Sequence[TimeExpression], at: int, booked: Sequence[Booked]
) -> tuple[Booked | None, datetime | None]:
    """The booking, and its occurrence, that the times before a position name; the only one where none is named."""
    named = [time for time in old if _names(text, time, at)]
    for time in reversed(named):
        for one in _called(text, booked):
            start = next((start for start in one.occurrences() if _is_on(start, time)), None)
            if start is not None:
                return one, start
    if named:
        return None, None
    called = _called(text, booked)
    first = min(called, key=lambda booking: booking.start, default=None)
    return first, first.start if first else None


def _called(text: str, booked: Sequence[Booked]) -> Sequence[Booked]:
    """The bookings whose name is said, else all."""
    return [one for one in booked if one.name and one.name in text] or list(booked)


def _names(text: str, time: TimeExpression, at: int) -> bool:
    """Whether a time names the booking: in the clause of the verb, behind 从 or 把, or before 的."""
    between, before = text[time.span[1] : at], text[: time.span[0]]
    if not _cue("cancel", "stop").search(between):
        return True
    return bool(re.search(f"{_cue('move', 'old').pattern}[^,。]{{0,3}}$", before)) or between.startswith(("的", "那"))


def _is_on(start: datetime, time: TimeExpression) -> bool:
    """Whether a booking lies on the day, in the part or in the span that was said; a bare weekday is today's too."""
    if time.start and time.end is None and _cue("cancel", "weekday").match(time.text):
        earlier = replace(time, start=time.start - timedelta(weeks=1))
        return _is_within(start, time) or _is_within(start, earlier)
    return _is_within(start, time)


def _is_within(start: datetime, time: TimeExpression) -> bool:
    first, last = time.start, time.end
    if first is None:
        return False
    if isinstance(first, datetime):
        if isinstance(last, datetime):
            return first.date() == start.date() and first.hour <= start.hour <= last.hour
        if time.grain == "part":
            return first <= start < first + _PART
        return first.date() == start.date() and first.hour % 12 == start.hour % 12
    until = last if isinstance(last, date) and not isinstance(last, datetime) else _last(first, time.grain)
    return first <= start.date() <= until


def _last(first: date, grain: str) -> date:
    if grain == "week":
        return first + timedelta(days=6)
    return calendar.add_months(first, 1) - timedelta(days=1) if grain == "month" else first


# ---------------------------------------------------------------- called off


def _cancel(text: str, found: Sequence[TimeExpression], booked: Sequence[Booked]) -> Plan:
    """The occurrence that was named, all of them, or none where the day has no booking."""
    cue = list(_cue("cancel", "cue").finditer(text))[-1]
    named = [time for time in found if time.start and _belongs(text, time, cue)]
    forever = _cue("cancel", "all").search(text) and not _cue("cancel", "only").search(text)
    called = _called(text, booked)
    if named and not named[-1].every and not (forever and not _opens(text, named[-1])):
        return _named_day(text, named, called)
    series = any(one.weekdays for one in called)
    if forever or (series and not _cue("cancel", "only").search(text)):
        return Plan("cancel_all", called[0] if called else None)
    one = min(called, key=lambda booking: booking.start, default=None)
    return Plan("cancel", one, one.start) if one else Plan("none")


def _named_day(text: str, named: Sequence[TimeExpression], called: Sequence[Booked]) -> Plan:
    if _opens(text, named[-1]):
        return Plan("cancel_from", called[0] if called else None, to=named[-1])
    for time in reversed(named):
        for one in called:
            start = next((start for start in one.occurrences() if _is_on(start, time)), None)
            if start is not None:
                return Plan("cancel", one, start)
    return Plan("none", said=named[-1].text)


def _opens(text: str, time: TimeExpression) -> bool:
    """后天开始, 下个月起: from then on."""
    opening = re.compile(f"(?:{_cue('cancel', 'from').pattern})")
    return bool(opening.search(time.text) or opening.match(text, time.span[1]))


def _belongs(text: str, time: TimeExpression, cue: re.Match[str]) -> bool:
    """Whether a time stands in the clause of what is called off, or names the booking."""
    first, last = sorted((time.span, cue.span()))
    between = text[first[1] : last[0]]
    return not _cue("cancel", "stop").search(between) or between.startswith(("的", "那"))


def shown(plan: Plan) -> str:
    """A plan as the sentences write it: ``move FROM -> TO``, ``cancel START``, ``cancel all``, ``none`` or ``keep``."""
    start = plan.start.replace(tzinfo=None).isoformat(timespec="minutes") if plan.start else "-"
    if plan.kind == "move" and plan.to is not None:
        to = times.as_json(plan.to)
        return f"move {start} -> {to['start'] or '-'}|{to['end'] or '-'}|{to['grain']}"
    return {"cancel": f"cancel {start}", "cancel_all": "cancel all", "cancel_from": "cancel all"}.get(
        plan.kind, plan.kind
    )


def from_rule(every: str | None) -> tuple[int, ...]:
    """The weekdays of a repetition's rule."""
    found = re.search("BYDAY=([A-Z,]+)", every or "")
    if found:
        return tuple(sorted(_DAYS.index(day) for day in found[1].split(",") if day in _DAYS))
    return tuple(range(7)) if every and "DAILY" in every else ()


_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
