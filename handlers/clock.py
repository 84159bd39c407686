"""When somebody answers: the promise as a clock, and the sentence that is true of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.settings import Hours

_NUMERALS = "零一两三四五六七八九十"
_WEEK = "一二三四五六日"
_DAYS = {0: "今天", 1: "明天", 2: "后天"}


LONGEST = 400
"""Days after which nobody looks for an open hour any more."""


def due(now: datetime, minutes: int, hours: Hours, zone: ZoneInfo) -> datetime:
    """The moment at which this many working minutes have passed; where nobody ever works, they pass around the clock."""
    at = now.astimezone(zone)
    left = timedelta(minutes=minutes)
    for _ in range(LONGEST if hours.opens < hours.closes and hours.days else 0):
        at = _working(at, hours)
        closes = datetime.combine(at.date(), hours.closes, zone)
        if at + left <= closes:
            return at + left
        left -= closes - at
        at = datetime.combine(at.date() + timedelta(days=1), hours.opens, zone)
    return at + left


def _working(at: datetime, hours: Hours) -> datetime:
    """The same moment, or the next one at which somebody works."""
    while True:
        opens = datetime.combine(at.date(), hours.opens, at.tzinfo)
        if hours.works(at.date()) and at.time() < hours.closes:
            return max(at, opens)
        at = datetime.combine(at.date() + timedelta(days=1), hours.opens, at.tzinfo)


def awake(at: datetime, hours: Hours, zone: ZoneInfo) -> datetime:
    """The same moment, or the next morning when people sleep."""
    local = at.astimezone(zone)
    if local.time() < hours.wakes:
        return datetime.combine(local.date(), hours.wakes, zone)
    if local.time() >= hours.sleeps:
        return datetime.combine(local.date() + timedelta(days=1), hours.wakes, zone)
    return local


def tomorrow(now: datetime, hours: Hours, zone: ZoneInfo) -> datetime:
    """The next morning at which the desk opens."""
    local = now.astimezone(zone) + timedelta(days=1)
    return datetime.combine(local.date(), hours.opens, zone)


def words(now: datetime, at: datetime, zone: ZoneInfo) -> str:
    """「两小时内」 when that is the plain truth, else the time by the clock: 「明天上午9点半前」."""
    wait = at - now
    hours, rest = divmod(wait, timedelta(hours=1))
    if not rest and 1 <= hours <= 4:
        return f"{_NUMERALS[hours]}小时内"
    return f"{clock(now, at, zone)}前"


def clock(now: datetime | None, at: datetime, zone: ZoneInfo) -> str:
    """A moment as people say it: 「今天下午3点半」, 「3月5日周四上午9点」; without ``now`` always by its date."""
    local = at.astimezone(zone)
    hour = local.hour - 12 if local.hour > 12 else local.hour
    minute = {0: "", 30: "半"}.get(local.minute, f"{local.minute}分")
    spoken = day(now, at, zone)
    weekday = "" if spoken in _DAYS.values() else f"周{_WEEK[local.weekday()]}"
    return f"{spoken}{weekday}{part(at, zone)}{hour}点{minute}"


def short(now: datetime, at: datetime, zone: ZoneInfo) -> str:
    """A moment as a button says it: 「今天 3:30」."""
    local = at.astimezone(zone)
    return f"{day(now, at, zone)} {local.hour - 12 if local.hour > 12 else local.hour}:{local:%M}"


def day(now: datetime | None, at: date, zone: ZoneInfo) -> str:
    """A day as people say it: 「后天」, 「3月5日」; what is read again on another day is said without ``now``."""
    local = at.astimezone(zone).date() if isinstance(at, datetime) else at
    written = f"{local.month}月{local.day}日"
    return written if now is None else _DAYS.get((local - now.astimezone(zone).date()).days, written)


def part(at: datetime, zone: ZoneInfo) -> str:
    """The part of day of a moment: 「下午」."""
    local = at.astimezone(zone)
    return next(
        name
        for hour, name in ((5, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
        if local.hour < hour
    )
