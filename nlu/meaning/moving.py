"""Which booking is moved or called off, and to when: 把周二的理发改到周五 · 下周二不去理发了 · 以后都不来了.

Of two times in one sentence the one behind 改到 is the wish, the one before it names the booking; a time that only gives
the reason (周五下午孙子要来) names nothing. Nothing is called off but the day that was named. Pure; ``grammar/zh/moving.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from models.meaning import TimeExpression
from nlu import times
from nlu.meaning.booked import Booked, Plan, by_name, from_rule, is_on, meant, names, pattern, shown
from nlu.times import calendar
from nlu.words import numbers

__all__ = ["Booked", "Plan", "from_rule", "read", "shown", "wished"]

_NEAR = 3
"""Characters that may stand between 改到 and the new time."""


def read(text: str, booked: Sequence[Booked], now: datetime) -> Plan:
    """What a sentence asks for, of these bookings."""
    found = _all_times(text, now)
    wish = _wish(text, found, booked, now)
    if wish is not None:
        return wish
    if pattern("cancel", "keep").search(text):
        return Plan("keep")
    if pattern("cancel", "cue").search(text):
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
        or any(is_on(start, to) for one in booked for start in one.occurrences())
    ):
        return None
    old = [one for one in (*said.refused, *said.found) if one is not to and one.span < to.span]
    one, start = meant(text, old, to.span[0], booked) if vague or not old else _on_refused(said.refused, booked)
    if one is None or start is None:
        return None
    before = TimeExpression("", start, None, "minute" if start.minute else "hour")
    return Plan("move", one, start, to if vague else times.merge(before, to, now))


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
    cues = (
        one
        for one in pattern("move", "to").finditer(text)
        if not pattern("cancel", "denied").search(text[: one.start()])
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
    one, start = meant(text, old, at, booked)
    if one is None or start is None:
        named = next((time for time in reversed(old) if names(text, time, at)), None)
        return Plan("none" if booked and named else "move", to=new, said=named.text if named else "")
    before = TimeExpression("", start, None, "minute" if start.minute else "hour")
    return Plan("move", one, start, times.merge(before, new, now))


def _shifted(text: str, found: Sequence[TimeExpression], booked: Sequence[Booked], now: datetime) -> Plan | None:
    """往后推一天, 提前半小时."""
    for name, sign in (("later", 1), ("earlier", -1)):
        match = re.search(f"(?:{pattern('move', name).pattern})(?:了)?(?:{pattern('move', 'by').pattern})", text)
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
    ("天", 1440),
    ("日", 1440),
    ("周", 10080),
    ("礼拜", 10080),
    ("星期", 10080),
)


# ---------------------------------------------------------------- called off


def _cancel(text: str, found: Sequence[TimeExpression], booked: Sequence[Booked]) -> Plan:
    """The occurrence that was named, all of them, or none where the day has no booking."""
    cue = list(pattern("cancel", "cue").finditer(text))[-1]
    named = [time for time in found if time.start and _belongs(text, time, cue)]
    forever = pattern("cancel", "all").search(text) and not pattern("cancel", "only").search(text)
    called = by_name(text, booked)
    if named and not named[-1].every and not (forever and not _opens(text, named[-1])):
        return _named_day(text, named, called)
    series = any(one.weekdays for one in called)
    if forever or (series and not pattern("cancel", "only").search(text)):
        return Plan("cancel_all", called[0] if called else None)
    one = min(called, key=lambda booking: booking.start, default=None)
    return Plan("cancel", one, one.start) if one else Plan("none")


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
