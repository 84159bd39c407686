"""Services that are booked for a time, and the openings they have. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Stretch = tuple[time, time]
"""From and until, on one day."""
AHEAD = 60
"""Days that are looked at for an opening."""


@dataclass(frozen=True)
class Service:
    """What can be booked, when, with whom and for how many at once."""

    key: str
    names: tuple[str, ...]
    hours: Mapping[int, tuple[Stretch, ...]] = field(default_factory=dict)
    """Weekday (Monday is 0) → stretches."""
    breaks: tuple[Stretch, ...] = ()
    closed: frozenset[date] = frozenset()
    extra: Mapping[date, tuple[Stretch, ...]] = field(default_factory=dict)
    """Days with hours of their own."""
    capacity: int = 1
    minutes: int = 30
    notice: int = 60
    """Minutes that a booking must be made before it begins."""
    provider: str = ""
    """Name of the person who does it; the desk where nobody has that name and role."""
    place: str = ""
    """Where it is, in the words of the community; empty is at home."""
    price: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.names[0]


@dataclass(frozen=True)
class Window:
    """When somebody would come: everything that begins within it suits them."""

    start: datetime
    end: datetime
    exact: bool = False
    """A clock time was said."""


def openings(service: Service, day: date, zone: ZoneInfo, paused: Collection[date] = ()) -> tuple[datetime, ...]:
    """The beginnings of a day's openings: one after another within the hours, none in a break, none over the end."""
    if day in service.closed or day in paused:
        return ()
    stretches = service.extra.get(day, service.hours.get(day.weekday(), ()))
    begun = (at for opens, closes in stretches for at in _steps(service, _minute(opens), _minute(closes)))
    midnight = datetime.combine(day, time(), zone)
    return tuple(midnight.replace(hour=at // 60, minute=at % 60) for at in sorted(set(begun)))


def _steps(service: Service, opens: int, closes: int) -> Iterator[int]:
    at = opens
    while at + service.minutes <= closes:
        after = [
            _minute(end) for start, end in service.breaks if _minute(start) < at + service.minutes and at < _minute(end)
        ]
        if after:
            at = max(after)
        else:
            yield at
            at += service.minutes


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def upcoming(
    service: Service, now: datetime, start: datetime, zone: ZoneInfo, paused: Collection[date] = ()
) -> Iterator[datetime]:
    """Every opening from a moment on that can still be booked, free or not."""
    earliest = max(start, now + timedelta(minutes=service.notice))
    first = earliest.astimezone(zone).date()
    for ahead in range(AHEAD):
        for at in openings(service, first + timedelta(days=ahead), zone, paused):
            if at >= earliest:
                yield at


def following(every: str, day: date) -> Iterator[date]:
    """The days after this one on which a repetition falls (``FREQ=DAILY`` or ``WEEKLY``, with ``BYDAY`` and ``INTERVAL``)."""
    rule = dict(part.split("=", 1) for part in every.split(";") if "=" in part)
    named = {
        ("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(name[-2:]) for name in rule.get("BYDAY", "").split(",") if name
    }
    step = int(rule.get("INTERVAL", "1"))
    weekly = rule.get("FREQ") == "WEEKLY"
    monday = day - timedelta(days=day.weekday())
    for ahead in range(1, AHEAD):
        at = day + timedelta(days=ahead)
        kept = (at - monday).days // 7 % step == 0 if weekly else ahead % step == 0
        if kept and at.weekday() in (named or ({day.weekday()} if weekly else set(range(7)))):
            yield at
