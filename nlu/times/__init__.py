"""Times as people say them: days, clocks, festivals, ranges and repetitions, placed exactly by the policy."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from models.meaning import TimeExpression
from nlu import calendar
from nlu.times import phrases, scan
from nlu.times.merging import merge
from nlu.times.placing import Reading, place

__all__ = ["as_json", "conflicts", "find", "impossible", "merge", "read", "years"]


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
