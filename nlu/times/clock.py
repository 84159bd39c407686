"""Hours: how a clock or a part of day is read, and where it lies around now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from nlu.grammar import table
from nlu.times.said import Said

DARK = ("evening", "night", "small_hours", "dawn")
"""Parts that a past word moves to the night that is over."""

DEEP = ("night", "small_hours", "dawn")
"""Parts in which something is heard rather than done."""


def rule(said: Said, habit: str | None = None) -> dict[str, Any]:
    """How the clock of this part of day (or habit) is read."""
    found: dict[str, Any] = table("times")["part"][said.part or habit or "bare"]
    return found


def hour_of(hour: int, said: Said, habit: str | None) -> int:
    """The hour of its day, 24 and more being after midnight."""
    part = rule(said, habit)
    if hour <= part["late"]:
        return hour + 24
    if hour >= 13 or said.typed:
        return hour
    if hour == 12:
        return int(part["twelve"])
    return hour + 12 if part["pm"] <= hour <= part.get("pm_until", 11) else hour


def exists(said: Said) -> bool:
    """Whether a clock can show this."""
    minute = said.minute or 0
    if said.hour_to is not None and said.hour_to > 24:
        return False
    return said.hour is None or (-59 <= minute <= 59 and said.hour <= (23 if minute > 0 else 24))


def cannot(said: Said) -> bool:
    """Whether no calendar or clock shows this."""
    return bool(said.bad) or not exists(said)


def begins(said: Said, day: date, zone: datetime, habit: str | None = None) -> datetime:
    """When the clock or the part of day begins on a day; ``zone`` lends its time zone."""
    if said.hour is None:
        return at(day, rule(said)["begin"], 0, zone)
    return at(day, hour_of(said.hour, said, habit), said.minute or 0, zone)


def ends(said: Said, day: date, zone: datetime) -> datetime:
    """When a part of day is over."""
    return at(day, rule(said)["until"], 0, zone)


def at(day: date, hours: int, minutes: int, zone: datetime) -> datetime:
    """Hours and minutes after midnight, on the wall clock."""
    return datetime.combine(day, time(), zone.tzinfo) + timedelta(hours=hours, minutes=minutes)


def grain(said: Said) -> str:
    """Part, hour or minute."""
    if said.hour is None:
        return "part"
    return "hour" if said.minute is None else "minute"


def nearest(said: Said, now: datetime, habit: str | None, past: str | None) -> date:
    """The day on whose evening or morning a time without a day lies: the next one, or the last one behind a past word."""
    days = [now.date() + timedelta(days=shift) for shift in (-1, 0, 1, 2)]
    if past:
        return _last(said, days, now, habit, past)
    if said.hour is None:
        return next(day for day in days if ends(said, day, now) > now)
    return next(day for day in days if begins(said, day, now, habit) >= now)


def _last(said: Said, days: list[date], now: datetime, habit: str | None, past: str) -> date:
    yesterday, today = days[:2]
    if begins(said, today, now, habit) <= now:
        return today
    overnight = begins(said, yesterday, now, habit).date() == today
    return yesterday if overnight or (past == "happened" and said.part in DARK) else today


def just_now(said: Said, now: datetime, habit: str | None) -> Said:
    """刚才三点 at nine in the morning was before dawn."""
    early = replace(said, typed=True)
    is_bare = said.hour is not None and not said.part and not said.typed
    fits = is_bare and begins(early, now.date(), now, habit) <= now < begins(said, now.date(), now, habit)
    return early if fits else said


def tonight(said: Said, now: datetime, habit: str | None) -> Said:
    """今天八点 at nine in the morning is this evening."""
    moment = begins(said, now.date(), now, habit)
    later = moment + timedelta(hours=12)
    fits = said.hour is not None and not said.part and not said.typed and 1 <= said.hour <= 11 and moment.hour < 12
    if fits and moment < now <= later:
        return Said(said.start, said.end, part="evening", hour=said.hour, minute=said.minute)
    return said
