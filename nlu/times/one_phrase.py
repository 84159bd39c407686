"""One phrase on the calendar: its day, its hour, and the other end of its range."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from nlu.times import agreement, clock, cues, days, repeats
from nlu.times.said import Phrase, Said

_FINE = {"minute": 0, "hour": 1, "part": 2, "day": 3, "week": 4, "month": 5, "year": 6}


@dataclass(frozen=True)
class Carried:
    """What the phrases before have said: 明天我去医院,下午三点来看门."""

    day: date | None = None
    week: int | None = None
    part: str | None = None
    moment: datetime | None = None
    every: Said | None = None


@dataclass(frozen=True)
class Placed:
    """A phrase on the calendar; ``other`` is its second reading when they disagree."""

    start: date | datetime | None
    end: date | datetime | None
    grain: str
    every: str | None = None
    other: Placed | None = None


def counted(said: Said, now: datetime) -> Placed:
    """A span counted in minutes or hours: 半个钟头以后."""
    minutes = ((said.count or 0) + (0.5 if said.half else 0)) * int(str(said.unit)[1:])
    here = now.replace(second=0, microsecond=0)
    moment = here + timedelta(minutes=minutes * (-1 if said.direction == -1 else 1))
    grain = "hour" if said.unit == "t60" and not minutes % 60 else "minute"
    return Placed(here, moment, grain) if said.direction == 0 else Placed(moment, None, grain)


def single(text: str, phrase: Phrase, carried: Carried, now: datetime) -> Placed:
    """A time that comes once."""
    said = phrase.said
    deep = said.part in clock.DEEP and not said.dated
    past = None if phrase.relation == "before" else cues.past(text, phrase.start, phrase.end, deep)
    habit = cues.habit(text, phrase.start, phrase.end) if said.hour is not None and not said.part else None
    if not said.dated:
        said, nearest = _undated(said, carried, now, habit, past)
        placed = _until(phrase, _timed(said, days.Day(nearest), now, habit), said, now)
    else:
        placed = _dated(phrase, carried, now, habit, past)
        placed = _dated(phrase, carried, now, habit, "happened") if _is_backwards(placed) else placed
    return replace(placed, end=None) if _is_backwards(placed) else placed


def _dated(phrase: Phrase, carried: Carried, now: datetime, habit: str | None, past: str | None) -> Placed:
    said = phrase.said
    around = _around(phrase, carried, now, habit, past)
    day, other = agreement.agree(phrase, days.day_of(said, around), around)
    if said.offset == 0 and not past:
        said = clock.tonight(said, now, habit)
    placed = _until(phrase, _timed(said, day, now, habit), said, now)
    return replace(placed, other=_timed(said, days.Day(other), now, habit)) if other else placed


def _is_backwards(placed: Placed) -> bool:
    """Whether a range ends before it begins, as 周三到昨天 does when 周三 is taken for the next one."""
    if placed.start is None or placed.end is None:
        return False
    first, last = (one.date() if isinstance(one, datetime) else one for one in (placed.start, placed.end))
    return last < first


def _around(phrase: Phrase, carried: Carried, now: datetime, habit: str | None, past: str | None) -> days.Around:
    said = phrase.said
    ahead = said.timed and clock.begins(said, now.date(), now, habit) >= now
    listed = phrase.listed and said.day is not None and said.month is None and not said.lunar
    return days.Around(now.date(), past, carried.day if listed else None, ahead)


def _undated(said: Said, carried: Carried, now: datetime, habit: str | None, past: str | None) -> tuple[Said, date]:
    """The day of a time without one: that of an earlier phrase, or the nearest."""
    if said.hour is not None and not said.part and not habit and said.hour < 12 and carried.moment:
        day, part = carried.moment.date(), replace(said, part=carried.part)
        fits = clock.begins(part, day, now) < clock.ends(part, day, now)
        if carried.part and carried.moment <= clock.begins(part, day, now) and fits:
            return part, day
    if carried.day and not past:
        chosen = clock.tonight(said, now, habit) if carried.day == now.date() else said
        if carried.day > now.date() or clock.begins(chosen, carried.day, now, habit) >= now:
            return chosen, carried.day
    said = clock.just_now(said, now, habit) if past == "happened" else said
    return said, clock.nearest(said, now, habit, past)


def _timed(said: Said, day: days.Day, now: datetime, habit: str | None) -> Placed:
    if not said.timed:
        return Placed(day.start, day.end, day.grain)
    start = clock.begins(said, day.start, now, habit)
    if day.end:
        return Placed(start, clock.begins(said, day.end, now, habit), clock.grain(said))
    return _ending(said, start)


def _ending(said: Said, start: datetime) -> Placed:
    """A clock, or both hours of 三到五点."""
    end = _later(said, Said(0, 0, hour=said.hour_to), start) if said.hour_to is not None else None
    return Placed(start, end, clock.grain(said))


def _until(phrase: Phrase, first: Placed, said: Said, now: datetime) -> Placed:
    """The other end of a range; it takes over what only the first end says."""
    last, start = phrase.until, first.start
    if last is None or start is None:
        return first
    if not last.dated and isinstance(start, datetime):
        end: date | datetime | None = _later(said, last, start)
        grain = clock.grain(last)
    else:
        begin = start.date() if isinstance(start, datetime) else start
        week = said.week if last.weekdays and last.week is None else last.week
        day = days.day_of(replace(last, week=week), days.Around(now.date(), after=begin))
        other = _timed(last, day, now, None)
        end, grain = other.end or other.start, other.grain
    return replace(first, end=end, grain=min(first.grain, grain, key=_FINE.__getitem__))


def _later(first: Said, last: Said, start: datetime) -> datetime:
    """The end of a range of hours: in the same part of day if that fits, else the next such hour."""
    midnight = start.replace(hour=0, minute=0)
    choices = [replace(last, part=last.part or first.part), last, replace(last, part=last.part or "evening")]
    nights = (midnight.date() - timedelta(days=1), midnight.date())
    ends = [clock.begins(choice, day, start) for choice in choices for day in nights]
    known = [end for end in ends if end > start]
    return known[0] if known else ends[3] + timedelta(days=1)


def repeated(text: str, phrase: Phrase, now: datetime) -> Placed | None:
    """A time that comes back: its first occurrence and its rule; None if nothing follows 每逢."""
    said = phrase.said
    habit = cues.habit(text, phrase.start, phrase.end) if said.hour is not None and not said.part else None
    if habit:
        said = replace(said, part=habit)
    found = repeats.repeat(said, phrase.more, now)
    if found is None:
        return None
    since = days.day_of(replace(said, every=None), days.Around(now.date())) if phrase.relation == "since" else None
    start = repeats.first(said, found, now, since.start if since else None)
    if isinstance(start, datetime) and said.timed:
        placed = replace(_ending(said, start), every=found.rule)
        return placed if phrase.until is None or phrase.until.dated else _until(phrase, placed, said, now)
    return Placed(start, None, found.grain, found.rule)
