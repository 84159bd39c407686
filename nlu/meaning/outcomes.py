"""What holds after a line that was said to a read-back: the place and the time, or which of them has to be asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.meaning import Context, PlaceExpression, TimeExpression
from nlu import times
from nlu.grammar import table
from nlu.meaning import corrections, moving
from nlu.places import changes, existing, reading
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
    match = corrections.find(said)
    if match and corrections.WRONG in match.slots:
        return Outcome(place, time, match.slots[corrections.WRONG])
    named = changes.named(said.text, place, said.lexicon) if place or time is None else None
    moved = _new_time(said, time) if time or place is None else None
    if named and moved and any(one.span[0] < named.span[1] and named.span[0] < one.span[1] for one in said.times):
        moved = None  # 是4号不是3号: a number is one thing
    merged = existing.merge(place, named) if place and named else named
    old = place is not None and merged is not None and reading.spell(merged) == reading.spell(place)
    if moved is None and (named is None or old):
        return Outcome(place, time, _left_open(said, place, time))
    return Outcome(merged or place, moved or time)


def _left_open(said: Said, place: PlaceExpression | None, time: TimeExpression | None) -> str | None:
    """The part that will not do although nothing new is said of it: 不是这儿, 那天有事, 三点不行."""
    patterns: Mapping[str, str] = _RULES["open"]
    named = next((part for part, pattern in patterns.items() if re.search(pattern, said.text)), None)
    vague = bool(said.times and said.times[0].start is None)
    if time is not None and (vague or times.refused(said.text, said.context.now)):
        return "time"
    known = [part for part, value in (("place", place), ("time", time)) if value is not None]
    if named is None and len(known) == 1 and re.fullmatch(_RULES["bare"], said.text.strip(_EDGES)):
        return known[0]
    return named if named in known else None


def _new_time(said: Said, before: TimeExpression | None) -> TimeExpression | None:
    """The time that is named anew, put together with the one that held."""
    if before is not None and isinstance(before.start, datetime):
        plan = moving.read(said.text, [moving.Booked(before.start)], said.context.now)
        if plan.by and plan.to:
            return plan.to
    wished = moving.wished(said.text, said.times)
    if wished is None or wished.start is None:
        return None
    return times.merge(before, wished, said.context.now) if before else wished
