"""Which booking is moved or called off, and to when: 把周二的理发改到周五 · 下周二不去理发了 · 以后都不来了.

Of two times in one sentence the one behind 改到 is the wish, the one before it names the booking; a time that only gives
the reason (周五下午孙子要来) names nothing. Nothing is called off but the day that was named. Pure; ``grammar/zh/moving.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from models.meaning import TimeExpression
from nlu import times
from nlu.meaning import belonging, shifting, unbooking
from nlu.meaning.booked import Booked, Plan, day, from_rule, is_on, meant, names, pattern, shown

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
            or _offered(text, found, booked, now)
            or _again(text, found, cues[-1], booked, now)
            or unbooking.plan(text, found, cues[-1], booked, now)
        )
    return _instead(text, booked, now) or _retimed(text, found, booked, now) or Plan("keep")


def _is_name(cue: re.Match[str], text: str, booked: Sequence[Booked]) -> bool:
    """Whether a cue is a piece of what is booked: 换 of 换药."""
    starts = (hit.start() for one in booked if one.name for hit in re.finditer(re.escape(one.name), text))
    return any(start <= cue.start() < start + 1 for start in starts)


def _offered(text: str, found: Sequence[TimeExpression], booked: Sequence[Booked], now: datetime) -> Plan | None:
    """周五吧,周二来不了: a time that is offered, and one behind it at which the booking is."""
    for new in found:
        if not pattern("move", "offered").search(text[new.span[1] :]) or _is_booked(new, booked):
            continue
        old = [one for one in found if one.span[0] > new.span[0] and _is_booked(one, booked)]
        one, start = meant(text, old, len(text), booked) if old else (None, None)
        if one is not None and start is not None:
            return Plan("move", one, start, times.merge(_before(start), new, now))
    return None


def _is_booked(time: TimeExpression, booked: Sequence[Booked]) -> bool:
    return any(is_on(start, time) for one in booked for start in one.occurrences())


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
    own, refused = belonging.times(text, found), times.refused(text, now)
    spans, days = {one.span for one in refused}, {day(one) for one in refused if times.says_day(one)}
    new = [one for one in own if one.start and not one.every and one.span not in spans and one.span[0] >= since]
    new = [one for one in new if not (times.says_day(one) and day(one) in days)] or new
    new = [one for one in new if not _is_told(one, booked[0], now)]
    if not new:
        return None
    return Plan("move", booked[0], booked[0].start, _folded(_before(booked[0].start), new, now))


def _is_told(one: TimeExpression, booking: Booked, now: datetime) -> bool:
    """Whether a time is the booking's own, or over."""
    return is_on(booking.start, one) or unbooking.is_over(one, now)


def _before(start: datetime) -> TimeExpression:
    return TimeExpression("", start, None, "minute" if start.minute else "hour")


def _folded(before: TimeExpression, new: Sequence[TimeExpression], now: datetime) -> TimeExpression:
    """The first new time on what was booked, with a finer one of the same day behind it (改后天,下晌三点)."""
    merged, first = times.merge(before, new[0], now), new[0]
    for one in new[1:]:
        finer = first.grain not in ("hour", "minute") and one.grain in ("part", "hour", "minute")
        if finer and (not times.says_day(one) or day(one) == day(first) or is_on(_moment(one, now), first)):
            merged, first = times.merge(merged, one, now), one
    return merged


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
    refused = {day(one) for one in times.refused(text, now)}
    for cue in reversed(list(pattern("move", "to").finditer(text))):
        if pattern("cancel", "denied").search(text[: cue.start()]) or _is_name(cue, text, booked):
            continue
        new = next((one for one in found if 0 <= one.span[0] - cue.end() <= _NEAR), None)
        if new is None or new.start is None:
            continue
        if day(new) in refused and times.says_day(new):
            return _retimed(text, found, booked, now)
        old = [one for one in found if one.span[1] <= cue.start() and not _is_wish(text, one)]
        behind = [one for one in found if one.span[0] > new.span[0]]
        if behind and pattern("move", "corrected").search(text[new.span[1] : behind[0].span[0]]):
            new, behind = behind[0], behind[1:]
        return _moved(text, old, [new, *behind], cue.start(), booked, now)
    return shifting.shifted(text, found, booked)


def _is_wish(text: str, time: TimeExpression) -> bool:
    """Whether a time stands behind 改到 itself: 改到周五改到周六."""
    cues = pattern("move", "to").finditer(text, max(0, time.span[0] - 8))
    return any(0 <= time.span[0] - cue.end() <= _NEAR for cue in cues)


def _moved(
    text: str,
    old: Sequence[TimeExpression],
    new: Sequence[TimeExpression],
    at: int,
    booked: Sequence[Booked],
    now: datetime,
) -> Plan:
    one, start = meant(text, old, at, booked)
    if start is None and all(day(time) == day(new[0]) for time in old):
        one, start = meant(text, [], at, booked)  # 今儿换,今儿下午两点
    if one is None or start is None:
        named = next((time for time in reversed(old) if names(text, time, at)), None)
        return Plan("none" if booked and named else "move", to=new[0], said=named.text if named else "")
    to = _folded(_before(start), [time for time in new if time is new[0] or not is_on(start, time)], now)
    return Plan("keep") if (to.start, to.end) == (start, None) else Plan("move", one, start, to)
