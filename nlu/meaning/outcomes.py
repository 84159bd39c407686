"""What holds after a line that was said to a read-back: the place and the time, or which of them has to be asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.meaning import Context, PlaceExpression, TimeExpression
from nlu import times
from nlu.grammar import table
from nlu.meaning import belonging, moving, wrong
from nlu.places import changes, matter, reading
from nlu.words.normalize import clean
from nlu.words.utterance import Said, hear

_RULES = table("answers")["correction"]
_EDGES = " ,,。;!?吧啊呀呢哦的了"


@dataclass(frozen=True)
class Outcome:
    """What holds after a correction."""

    place: PlaceExpression | None = None
    time: TimeExpression | None = None
    ask: str | None = None
    """The part that is wrong and has to be asked for: ``place`` or ``time``."""


def outcome(text: str, context: Context, place: PlaceExpression | None, time: TimeExpression | None) -> Outcome:
    """The place and time after a line said to a read-back, each put together with what held before."""
    said = hear(clean(text), context)
    if wrong.agrees(said.text) and _repeats(said, place, time):
        return Outcome(place, time)
    moved = _new_time(said, time) if time or place is None else None
    named = _new_place(said, place, time)
    if named and moved and matter.is_beside(said.text, named):
        named = None  # 九点半,老伴九点才从菜场回来
    if named and moved and any(one.span[0] < named.span[1] and named.span[0] < one.span[1] for one in said.times):
        moved = None  # 是4号不是3号: a number is one thing
    merged = changes.merged(said.text, place, named) if place and named else named
    old = place is not None and merged is not None and reading.spell(merged) == reading.spell(place)
    if moved is None and (named is None or old):
        return Outcome(place, time, _left_open(said, place, time))
    return Outcome(merged or place, moved or time)


def _repeats(said: Said, place: PlaceExpression | None, time: TimeExpression | None) -> bool:
    """Whether something of what was read back is said again."""
    again = time is not None and any(_is_same(one, time, said.context.now) for one in said.times if one.start)
    return again or (place is not None and any(changes.is_old(one, place) for one in said.places))


def _new_place(said: Said, place: PlaceExpression | None, time: TimeExpression | None) -> PlaceExpression | None:
    """The place that is named anew; beside a new time a place of something else is none (九点才从菜场回来)."""
    if place is None and time is not None:
        return None
    return changes.named(said.text, place, said.lexicon)


def _left_open(said: Said, place: PlaceExpression | None, time: TimeExpression | None) -> str | None:
    """The part that will not do although nothing new is said of it: 不是这儿, 那天有事, 三点不行."""
    patterns: Mapping[str, str] = _RULES["open"]
    known = [part for part, value in (("place", place), ("time", time)) if value is not None]
    named = next((part for part, pattern in patterns.items() if re.search(pattern, said.text)), None)
    vague = bool(said.times and said.times[0].start is None)
    if time is not None and (vague or times.refused(said.text, said.context.now)):
        return "time"
    if len(known) == 1 and re.fullmatch(_RULES["bare"], said.text.strip(_EDGES)):
        return known[0]
    return (named if named in known else None) or wrong.part(said.text.strip(_EDGES), known)


def _new_time(said: Said, before: TimeExpression | None) -> TimeExpression | None:
    """The time that is named anew, put together with the one that held."""
    now = said.context.now
    if before is None:
        named = moving.wished(said.text, said.times)
        return named if named and named.start else None
    if by := shifted(said.text, before, now):
        return by
    found = wished(said.text, said.times, before, now)
    new = [one for one in said.times if one.start and not _is_same(one, before, now)]
    return _joined(said, found, new, before) if found in new else None


def shifted(text: str, before: TimeExpression, now: datetime) -> TimeExpression | None:
    """The time that held, earlier or later by what is said: 晚一个钟头, 往后推一天."""
    if not isinstance(before.start, datetime):
        return None
    plan = moving.read(text, [moving.Booked(before.start)], now)
    return plan.to if plan.by else None


def wished(
    text: str, found: Sequence[TimeExpression], before: TimeExpression | None, now: datetime
) -> TimeExpression | None:
    """The time that is named anew, of several: behind 改到, else the last that does not hold already."""
    if before is None:
        return moving.wished(text, found)
    new = [one for one in found if one.start and not _is_same(one, before, now)]
    if len(new) < 2:
        return next(iter(new), None)
    one = moving.wished(text, found)
    return one if one in new else [*new, *belonging.times(text, new)][-1]


def _joined(said: Said, found: TimeExpression, new: list[TimeExpression], before: TimeExpression) -> TimeExpression:
    """The wished time with the one behind or before it that says its hour or day: 这个礼拜五,莫隔那么久,十点."""
    now = said.context.now
    merged = times.merge(before, found, now)
    for one in new[new.index(found) + 1 :]:
        further = times.merge(merged, one, now)
        merged = further if further.start != one.start or times.says_day(one) != times.says_day(found) else merged
    return merged


def _is_same(one: TimeExpression, before: TimeExpression, now: datetime) -> bool:
    """Whether a time says what holds already."""
    merged = times.merge(before, one, now)
    return (merged.start, merged.end) == (before.start, before.end)
