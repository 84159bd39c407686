"""Places phrases on the calendar, one after the other: what an earlier one said holds for the later ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from models.meaning import TimeExpression
from nlu import calendar
from nlu.times import clock, cues, days, repeats
from nlu.times.phrases import Phrase
from nlu.times.said import Said
from nlu.times.scan import Text

_EVENING = 18
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
class Reading:
    """All that was found in a text."""

    found: tuple[TimeExpression, ...] = ()
    impossible: tuple[str, ...] = ()
    conflicts: tuple[tuple[TimeExpression, TimeExpression], ...] = ()


@dataclass(frozen=True)
class Placed:
    """A phrase on the calendar; ``other`` is its second reading when they disagree."""

    start: date | datetime | None
    end: date | datetime | None
    grain: str
    every: str | None = None
    other: Placed | None = None


def place(text: Text, phrases: list[Phrase], now: datetime) -> Reading:
    """Every phrase as an expression, what cannot exist, and what contradicts itself."""
    reading, carried = Reading(), Carried()
    for phrase in phrases:
        said = _carry_over(phrase, carried)
        try:
            placed = _placed(text.read, said, carried, now)
        except days.Impossible:
            words = text.words(phrase.said.start, phrase.said.day_end or phrase.said.end)
            reading = replace(reading, impossible=(*reading.impossible, words))
            continue
        if placed is None:
            continue
        if not phrase.refused:
            reading = _with(reading, text, phrase, placed)
        carried = _carried(said, placed, carried, now)
    return reading


def _with(reading: Reading, text: Text, phrase: Phrase, placed: Placed) -> Reading:
    words, span = text.words(phrase.start, phrase.end), text.span(phrase.start, phrase.end)
    one = TimeExpression(words, placed.start, placed.end, placed.grain, placed.every, span)
    if placed.other is None:
        return replace(reading, found=(*reading.found, one))
    two = replace(one, start=placed.other.start, end=placed.other.end)
    return replace(reading, found=(*reading.found, one, two), conflicts=(*reading.conflicts, (one, two)))


def _carry_over(phrase: Phrase, carried: Carried) -> Phrase:
    """和, 或者: the second weekday is in the same week, the second hour belongs to the same repetition."""
    said = phrase.said
    if not phrase.listed:
        return phrase
    if said.weekdays and said.week is None and carried.week is not None and not said.every:
        return replace(phrase, said=replace(said, week=carried.week))
    if carried.every and not said.dated and said.timed and not said.every:
        every = replace(carried.every, part=said.part, hour=said.hour, minute=said.minute, typed=said.typed)
        return replace(phrase, said=replace(every, start=said.start, end=said.end))
    return phrase


def _carried(phrase: Phrase, placed: Placed, carried: Carried, now: datetime) -> Carried:
    said, start = phrase.said, placed.start
    day = start.date() if isinstance(start, datetime) else start
    moment = start if isinstance(start, datetime) and not phrase.refused else None
    part = said.part or ("evening" if moment and moment.hour >= _EVENING else None)
    if said.every:
        return Carried(every=said)
    if said.dated and not said.minutely:
        known = day is not None and day >= now.date() and placed.grain in ("minute", "hour", "part", "day")
        kept = known and (not phrase.refused or said.timed)
        return Carried(day if kept else None, said.week if said.weekdays else None, part, moment)
    return replace(carried, part=part, moment=moment) if moment else carried


def _placed(text: str, phrase: Phrase, carried: Carried, now: datetime) -> Placed | None:
    said = repeats.weekly(phrase.said)
    if said.bad or not clock.exists(said):
        raise days.Impossible
    if said.vague:
        return Placed(None, None, said.vague)
    if said.every:
        return _repeated(text, replace(phrase, said=said), now)
    if said.minutely:
        return _related(phrase, _counted(said, now), now)
    if not said.dated and not said.timed:
        return None
    return _related(phrase, _single(text, phrase, carried, now), now)


def _counted(said: Said, now: datetime) -> Placed:
    """半个钟头以后."""
    minutes = ((said.count or 0) + (0.5 if said.half else 0)) * int(str(said.unit)[1:])
    here = now.replace(second=0, microsecond=0)
    moment = here + timedelta(minutes=minutes * (-1 if said.direction == -1 else 1))
    grain = "hour" if said.unit == "t60" and not minutes % 60 else "minute"
    return Placed(here, moment, grain) if said.direction == 0 else Placed(moment, None, grain)


def _related(phrase: Phrase, placed: Placed, now: datetime) -> Placed:
    """之前 has only an end, 之后 only a start."""
    if placed.other:
        placed = replace(placed, other=_related(phrase, placed.other, now))
    if phrase.relation == "before":
        return replace(placed, start=None, end=placed.start)
    if phrase.relation == "within":
        today = now if isinstance(placed.start, datetime) else now.date()
        return replace(placed, start=today, end=placed.end or placed.start)
    return placed


def _single(text: str, phrase: Phrase, carried: Carried, now: datetime) -> Placed:
    said = phrase.said
    deep = said.part in clock.DEEP and not said.dated
    past = None if phrase.relation == "before" else cues.past(text, phrase.start, phrase.end, deep)
    habit = cues.habit(text, phrase.start, phrase.end) if said.hour is not None and not said.part else None
    if not said.dated:
        said, nearest = _undated(said, carried, now, habit, past)
        return _until(phrase, _timed(said, days.Day(nearest), now, habit), said, now)
    around = _around(phrase, carried, now, habit, past)
    day = days.day_of(said, around)
    if said.offset == 0 and not past:
        said = clock.tonight(said, now, habit)
    placed = _until(phrase, _timed(said, day, now, habit), said, now)
    return _twin(phrase, placed, day, around, now, habit)


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
    return said, clock.nearest(said, now, habit, past)


def _timed(said: Said, day: days.Day, now: datetime, habit: str | None) -> Placed:
    if not said.timed:
        return Placed(day.start, day.end, day.grain)
    start = clock.begins(said, day.start, now, habit)
    end = clock.begins(said, day.end, now, habit) if day.end else None
    if said.hour_to is not None:
        end = clock.begins(replace(said, hour=said.hour_to), day.start, now, habit)
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
    ends = [clock.begins(choice, midnight.date(), start) for choice in choices]
    known = [end for end in ends if end > start]
    return known[0] if known else ends[1] + timedelta(days=1)


def _twin(
    phrase: Phrase, placed: Placed, day: days.Day, around: days.Around, now: datetime, habit: str | None
) -> Placed:
    """The day said a second way: it confirms the first, or the two contradict each other."""
    for twin in phrase.twins:
        other = _agreeing(twin, day.start, around)
        earlier = _agreeing(phrase.said, other, around)
        if other == earlier:
            day = days.Day(other)
            placed = _timed(phrase.said, day, now, habit)
        elif other != day.start:
            first = _timed(phrase.said, days.Day(earlier), now, habit)
            return replace(first, other=_timed(phrase.said, days.Day(other), now, habit))
    return placed


def _agreeing(said: Said, day: date, around: days.Around) -> date:
    """The day that was said; a bare weekday lies in the week of the given day."""
    if said.weekdays and said.week is None:
        return calendar.monday(day) + timedelta(days=said.weekdays[0])
    return days.day_of(said, around).start


def _repeated(text: str, phrase: Phrase, now: datetime) -> Placed | None:
    said = phrase.said
    habit = cues.habit(text, phrase.start, phrase.end) if said.hour is not None and not said.part else None
    if habit:
        said = replace(said, part=habit)
    repeated = repeats.repeat(said, phrase.more, now)
    if repeated is None:
        return None
    after = (
        days.day_of(replace(said, every=None), days.Around(now.date())).start if phrase.relation == "since" else None
    )
    start = repeats.first(said, repeated, now, after)
    grain = clock.grain(said) if said.timed else repeated.grain
    return _until(phrase, Placed(start, None, grain, repeated.rule), said, now)
