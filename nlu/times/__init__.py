"""Times as people say them: days, clocks, festivals, ranges and repetitions, placed exactly by the policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from models.meaning import TimeExpression
from models.transcripts import Transcript
from nlu.times import calendar, doubts, phrases, scan
from nlu.times.merging import merge, says_day
from nlu.times.placing import Reading, place

__all__ = [
    "as_json",
    "conflicts",
    "doubtful",
    "find",
    "impossible",
    "merge",
    "read",
    "recalled",
    "recalls",
    "refused",
    "says_day",
    "years",
]


@lru_cache(maxsize=32)
def read(text: str, now: datetime) -> Reading:
    """Everything a text says about times; ``now`` is aware and in the community's zone."""
    prepared = scan.prepare(text)
    tokens = scan.tokens(prepared.read)
    return place(prepared, phrases.build(prepared.read, tokens), now) if tokens else Reading()


def find(text: str, now: datetime) -> tuple[TimeExpression, ...]:
    """Every time in a text, first one first; what does not suit the speaker (早上不行) is not among them."""
    return read(text, now).found


def impossible(text: str, now: datetime) -> tuple[str, ...]:
    """The words of times that cannot exist (25点, 二月三十号), to be asked about."""
    return read(text, now).impossible


def conflicts(text: str, now: datetime) -> tuple[tuple[TimeExpression, TimeExpression], ...]:
    """Days said twice and differently (weekday and date disagree): the two readings, as they were said."""
    return read(text, now).conflicts


def doubtful(time: TimeExpression, heard: Transcript | None, now: datetime) -> TimeExpression | None:
    """The second reading of a time whose number sounds like another (四点, 十点) when it was heard badly, else None."""
    words = doubts.other_words(time, heard)
    found = find(words, now) if words else ()
    return replace(found[0], span=time.span) if found and found[0].start != time.start else None


def refused(text: str, now: datetime) -> tuple[TimeExpression, ...]:
    """The times that do not suit the speaker (早上不行)."""
    return read(text, now).refused


def recalled(text: str, last: TimeExpression, now: datetime) -> tuple[TimeExpression, ...]:
    """What 还是上回那个时间 means: the time agreed before, on another day if one is said (后天还是上回那个时间)."""
    found = scan.recalling().search(text)
    if found is None:
        return ()
    said = find(text, now)
    if said:
        return tuple(merge(last, one, now) for one in said)
    return (replace(last, text=last.text or found[0], span=found.span()),)


def recalls(text: str) -> bool:
    """Whether the text means a time that was agreed before."""
    return scan.recalling().search(text) is not None


def years() -> tuple[int, int]:
    """The first and last year in which lunar dates and solar terms are known."""
    return calendar.LUNAR_YEARS


def as_json(expression: TimeExpression) -> dict[str, str | None]:
    """An expression as the commands print it: local ISO times, or dates alone."""
    start, end = _iso(expression.start), _iso(expression.end)
    return {"text": expression.text, "start": start, "end": end, "grain": expression.grain, "every": expression.every}


def _iso(moment: date | datetime | None) -> str | None:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None).isoformat(timespec="minutes")
    return moment.isoformat() if moment else None
