"""Places phrases on the calendar, one after the other: what an earlier one said holds for the later ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from models.meaning import TimeExpression
from nlu.grammar import table
from nlu.times import calendar, clock, days, one_phrase, repeats
from nlu.times.one_phrase import Carried, Placed
from nlu.times.said import Phrase, Said
from nlu.times.scan import Text

_EVENING = 18


@dataclass(frozen=True)
class Reading:
    """All that was found in a text."""

    found: tuple[TimeExpression, ...] = ()
    impossible: tuple[str, ...] = ()
    conflicts: tuple[tuple[TimeExpression, TimeExpression], ...] = ()
    refused: tuple[TimeExpression, ...] = ()
    """What does not suit the speaker (早上不行)."""


def place(text: Text, phrases: list[Phrase], now: datetime) -> Reading:
    """Every phrase as an expression, what cannot exist, and what contradicts itself."""
    reading, carried = Reading(), Carried()
    for phrase in phrases:
        said = _carry_over(phrase, carried)
        try:
            placed = _placed(text.read, said, carried, now)
        except days.Impossible:
            wrong = phrase.until if phrase.until and clock.cannot(phrase.until) else phrase.said
            words = text.words(wrong.start, wrong.day_end or wrong.end)
            reading = replace(reading, impossible=(*reading.impossible, words))
            continue
        if placed is None:
            continue
        reading = _refused(reading, text, phrase, placed) if phrase.refused else _with(reading, text, phrase, placed)
        carried = _carried(said, placed, carried, now)
    return reading


def _expression(text: Text, phrase: Phrase, placed: Placed) -> TimeExpression:
    words, span = text.words(phrase.start, phrase.end), text.span(phrase.start, phrase.end)
    return TimeExpression(words, placed.start, placed.end, placed.grain, placed.every, span)


def _refused(reading: Reading, text: Text, phrase: Phrase, placed: Placed) -> Reading:
    return replace(reading, refused=(*reading.refused, _expression(text, phrase, placed)))


def _with(reading: Reading, text: Text, phrase: Phrase, placed: Placed) -> Reading:
    one = _expression(text, phrase, placed)
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
    said = _customary(text, phrase, repeats.weekly(phrase.said))
    phrase = replace(phrase, said=said) if said.lunar else phrase
    if clock.cannot(said) or (phrase.until and clock.cannot(phrase.until)):
        raise days.Impossible
    if said.vague == "unknown":
        return None
    if said.vague:
        return Placed(None, None, said.vague)
    if said.every:
        return one_phrase.repeated(text, replace(phrase, said=said), now)
    if said.minutely:
        return _related(phrase, one_phrase.counted(said, now), now)
    if not said.dated and not said.timed:
        return None
    return _related(phrase, one_phrase.single(text, phrase, carried, now), now)


def _customary(text: str, phrase: Phrase, said: Said) -> Said:
    """七月十五 beside 烧纸 is counted by the moon."""
    custom = table("calendar")["custom"]
    if said.lunar or [said.month, said.day] not in custom["days"] or text[phrase.said.end - 1] in "号日":
        return said
    return replace(said, lunar=True) if re.search(custom["words"], text) else said


def _related(phrase: Phrase, placed: Placed, now: datetime) -> Placed:
    """之前 has only an end, 之后 only a start."""
    if placed.other:
        placed = replace(placed, other=_related(phrase, placed.other, now))
    if phrase.relation == "before":
        return replace(placed, start=None, end=placed.start)
    if phrase.relation == "within":
        return _within(placed, now)
    return placed


def _within(placed: Placed, now: datetime) -> Placed:
    """From now to the end of the week, month or year that was said, or to its day."""
    start = placed.start
    if start is None or isinstance(start, datetime):
        return replace(placed, start=now.replace(second=0, microsecond=0), end=placed.end or start)
    last = {"week": start + timedelta(days=6), "month": calendar.add_months(start, 1) - timedelta(days=1)}
    last["year"] = start.replace(month=12, day=31)
    end = placed.end or last.get(placed.grain, start)
    return replace(placed, start=now.date(), end=end) if end >= now.date() else placed
