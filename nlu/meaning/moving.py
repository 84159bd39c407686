"""Which booking is moved or called off, and to when: 把周二的理发改到周五 · 下周二不去理发了 · 以后都不来了.

Of two times in one sentence the one behind 改到 is the wish, the one before it names the booking; a time that only gives
the reason (周五下午孙子要来) names nothing. Nothing is called off but the day that was named. Pure; ``grammar/zh/moving.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache

from models.meaning import TimeExpression
from nlu import times
from nlu.meaning import belonging
from nlu.meaning.booked import Booked, Plan, by_name, from_rule, is_on, meant, names, pattern, shown
from nlu.times import calendar
from nlu.words import numbers

__all__ = ["Booked", "Plan", "from_rule", "read", "shown", "wished"]

_NEAR = 3
"""Characters that may stand between 改到 and the new time."""


def read(text: str, booked: Sequence[Booked], now: datetime) -> Plan:
    """What a sentence asks for, of these bookings."""
    found = _all_times(text, now)
    if pattern("cancel", "stays").search(text):
        return Plan("keep")
    wish = _wish(text, found, booked, now)
    if wish is not None:
        return wish
    if pattern("cancel", "keep").search(text) and not pattern("cancel", "gone").search(text):
        return Plan("keep")
    cues = [one for one in pattern("cancel", "cue").finditer(text) if not _is_name(one, text, booked)]
    if cues:
        return (
            _instead(text, booked, now)
            or _again(text, found, cues[-1], booked, now)
            or _cancel(text, found, cues[-1], booked, now)
        )
    return _instead(text, booked, now) or _retimed(text, found, booked, now) or Plan("keep")


def _is_name(cue: re.Match[str], text: str, booked: Sequence[Booked]) -> bool:
    """Whether a cue is a piece of what is booked: 换 of 换药."""
    starts = (hit.start() for one in booked if one.name for hit in re.finditer(re.escape(one.name), text))
    return any(start <= cue.start() < start + 1 for start in starts)


def _again(
    text: str, found: Sequence[TimeExpression], cue: re.Match[str], booked: Sequence[Booked], now: datetime
) -> Plan | None:
    """礼拜四莫来,礼拜六十点再来: another time behind what is called off."""
    stop = pattern("cancel", "stop").search(text, cue.end())
    later = [one for one in found if stop and one.span[0] >= stop.end() and one.start]
    back = pattern("move", "again").match(text, later[0].span[0]) if later else None
    return _retimed(text, found, booked, now, later[0].span[0]) if back else None


def _retimed(
    text: str, found: Sequence[TimeExpression], booked: Sequence[Booked], now: datetime, since: int = 0
) -> Plan | None:
    """早点咧,八点: a time at which nothing is booked, of the one booking that there is."""
    if len(booked) != 1 or booked[0].weekdays:
        return None
    own, refused = belonging.times(text, found), {one.span for one in times.refused(text, now)}
    new = [one for one in own if one.start and not one.every and one.span not in refused and one.span[0] >= since]
    new = [one for one in new if not _is_told(one, booked[0], now)]
    if not new:
        return None
    return Plan("move", booked[0], booked[0].start, _folded(_before(booked[0].start), new, now))


def _is_told(one: TimeExpression, booking: Booked, now: datetime) -> bool:
    """Whether a time is the booking's own, or over."""
    return is_on(booking.start, one) or _is_over(one, now)


def _before(start: datetime) -> TimeExpression:
    return TimeExpression("", start, None, "minute" if start.minute else "hour")


def _folded(before: TimeExpression, new: Sequence[TimeExpression], now: datetime) -> TimeExpression:
    """The first new time on what was booked, with a finer one of the same day behind it (改后天,下晌三点)."""
    merged, first = times.merge(before, new[0], now), new[0]
    for one in new[1:]:
        finer = first.grain not in ("hour", "minute") and one.grain in ("part", "hour", "minute")
        if finer and (not times.says_day(one) or _day(one) == _day(first) or is_on(_moment(one, now), first)):
            merged, first = times.merge(merged, one, now), one
    return merged


def _day(one: TimeExpression) -> date | None:
    return one.start.date() if isinstance(one.start, datetime) else one.start


def _moment(one: TimeExpression, now: datetime) -> datetime:
    return one.start if isinstance(one.start, datetime) else now


def _instead(text: str, booked: Sequence[Booked], now: datetime) -> Plan | None:
    """周二没空,周四行不行: one time does not suit, and another is named at which nothing is booked."""
    said = times.read(text, now)
    vague = next((one for one in said.found if one.start is None), None)
    to = vague or next((one for one in said.found if said.refused and one.span > said.refused[-1].span), None)
    if (
        to is None
        or (vague and len(said.found) > 2)
        or any(is_on(start, to) for one in booked for start in one.occurrences())
    ):
        return None
    old = [one for one in (*said.refused, *said.found) if one is not to and one.span < to.span]
    one, start = meant(text, old, to.span[0], booked) if vague or not old else _on_refused(said.refused, booked)
    if one is None or start is None:
        return None
    return Plan("move", one, start, to if vague else times.merge(_before(start), to, now))


def _on_refused(refused: Sequence[TimeExpression], booked: Sequence[Booked]) -> tuple[Booked | None, datetime | None]:
    """The occurrence on a day that does not suit."""
    hits = ((one, start) for time in refused for one in booked for start in one.occurrences() if is_on(start, time))
    return next(hits, (None, None))


def _all_times(text: str, now: datetime) -> tuple[TimeExpression, ...]:
    """Also the times that do not suit: 周三没空."""
    said = times.read(text, now)
    return tuple(sorted({*said.found, *said.refused}, key=lambda one: one.span))


# ---------------------------------------------------------------- moved


def wished(text: str, found: Sequence[TimeExpression]) -> TimeExpression | None:
    """The time that is wished for: behind 改到 where two are said, else the first."""
    cues = list(pattern("move", "to").finditer(text)) if len(found) > 1 else []
    behind = (one for cue in reversed(cues) for one in found if 0 <= one.span[0] - cue.end() <= _NEAR)
    return next(behind, next(iter(found), None))


def _wish(text: str, found: Sequence[TimeExpression], booked: Sequence[Booked], now: datetime) -> Plan | None:
    """The new time, with the booking that is moved; None where nothing is moved."""
    refused = {_day(one) for one in times.refused(text, now)}
    for cue in reversed(list(pattern("move", "to").finditer(text))):
        if pattern("cancel", "denied").search(text[: cue.start()]) or _is_name(cue, text, booked):
            continue
        new = next((one for one in found if 0 <= one.span[0] - cue.end() <= _NEAR), None)
        if new is None or new.start is None:
            continue
        if _day(new) in refused and times.says_day(new):
            return _retimed(text, found, booked, now)
        old = [one for one in found if one.span[1] <= cue.start()]
        behind = [one for one in found if one.span[0] > new.span[0]]
        return _moved(text, old, [new, *behind], cue.start(), booked, now)
    return _shifted(text, found, booked, now)


def _moved(
    text: str,
    old: Sequence[TimeExpression],
    new: Sequence[TimeExpression],
    at: int,
    booked: Sequence[Booked],
    now: datetime,
) -> Plan:
    one, start = meant(text, old, at, booked)
    if start is None and all(_day(time) == _day(new[0]) for time in old):
        one, start = meant(text, [], at, booked)  # 今儿换,今儿下午两点
    if one is None or start is None:
        named = next((time for time in reversed(old) if names(text, time, at)), None)
        return Plan("none" if booked and named else "move", to=new[0], said=named.text if named else "")
    to = _folded(_before(start), [time for time in new if time is new[0] or not is_on(start, time)], now)
    return Plan("keep") if (to.start, to.end) == (start, None) else Plan("move", one, start, to)


def shifts(text: str) -> bool:
    """Whether a time is moved by so much, whichever it is."""
    return any(_by_so_much(name).search(text) for name in ("later", "earlier"))


@cache
def _by_so_much(name: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern('move', name).pattern})(?:了)?(?:{pattern('move', 'by').pattern})")


def _shifted(text: str, found: Sequence[TimeExpression], booked: Sequence[Booked], now: datetime) -> Plan | None:
    """往后推一天, 提前半小时."""
    for name, sign in (("later", 1), ("earlier", -1)):
        match = _by_so_much(name).search(text)
        if match is None:
            continue
        one, start = meant(text, [t for t in found if t.span[1] <= match.start()], match.start(), booked)
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
    ("点", 60),
    ("天", 1440),
    ("日", 1440),
    ("周", 10080),
    ("礼拜", 10080),
    ("星期", 10080),
)


# ---------------------------------------------------------------- called off


def _cancel(
    text: str, found: Sequence[TimeExpression], cue: re.Match[str], booked: Sequence[Booked], now: datetime
) -> Plan:
    """The occurrence that was named, all of them, or none where the day has no booking."""
    told = [time for time in found if time.start and not _is_over(time, now)]
    named = [time for time in told if _belongs(text, time, cue)] or told
    forever = pattern("cancel", "all").search(text) and not pattern("cancel", "only").search(text)
    called = by_name(text, booked)
    if named and not named[-1].every and not (forever and not _opens(text, named[-1])):
        return _named_day(text, named, called)
    series = any(one.weekdays for one in called)
    if forever or (series and not pattern("cancel", "only").search(text)):
        return Plan("cancel_all", called[0] if called else None)
    one = min(called, key=lambda booking: booking.start, default=None)
    return Plan("cancel", one, one.start) if one else Plan("none")


def _is_over(time: TimeExpression, now: datetime) -> bool:
    """Whether a time lies before today: 昨儿喝了半斤酒 names no booking."""
    return (_day(time) or now.date()) < now.date() and time.grain not in ("week", "month", "year")


def _named_day(text: str, named: Sequence[TimeExpression], called: Sequence[Booked]) -> Plan:
    if _opens(text, named[-1]):
        return Plan("cancel_from", called[0] if called else None, to=named[-1])
    for time in reversed(named):
        for one in called:
            start = next((start for start in one.occurrences() if is_on(start, time)), None)
            if start is not None:
                return Plan("cancel", one, start)
    return Plan("none", said=named[-1].text)


def _opens(text: str, time: TimeExpression) -> bool:
    """后天开始, 下个月起: from then on."""
    opening = re.compile(f"(?:{pattern('cancel', 'from').pattern})")
    return bool(opening.search(time.text) or opening.match(text, time.span[1]))


def _belongs(text: str, time: TimeExpression, cue: re.Match[str]) -> bool:
    """Whether a time stands in the clause of what is called off, or names the booking."""
    first, last = sorted((time.span, cue.span()))
    between = text[first[1] : last[0]]
    return not pattern("cancel", "stop").search(between) or between.startswith(("的", "那"))
