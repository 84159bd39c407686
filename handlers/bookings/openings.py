"""Which openings of a service are free, and which of them a spoken time means."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice

from handlers.turn import Turn
from models.bookings import AHEAD, Service, Window, openings, upcoming
from models.meaning import TimeExpression
from storage import bookings

OFFERED = 3
"""So many openings are read out."""
BUSIEST = 100
"""More openings than a day has."""
PARTS = {0: 5, 5: 7, 6: 9, 8: 12, 11: 14, 13: 18, 18: 24}
"""A part of day begins at this hour and ends at that one."""


def window_of(turn: Turn, said: TimeExpression) -> Window | None:
    """When somebody would come, of what they said; None when it is too vague."""
    start, end = said.start, said.end
    if start is None:
        return None
    zone = turn.house.zone
    if not isinstance(start, datetime):
        last = end if isinstance(end, date) and not isinstance(end, datetime) else start
        last = max(last, start + timedelta(days=6)) if said.grain == "week" else last
        return Window(datetime.combine(start, time(), zone), datetime.combine(last, time(), zone) + timedelta(days=1))
    if isinstance(end, datetime) and end > start:
        return Window(start, end)
    if said.grain == "part":
        hours = PARTS.get(start.hour, start.hour + 4) - start.hour
        return Window(start, start + timedelta(hours=hours))
    return Window(start, start + timedelta(minutes=1), exact=True)


def within(turn: Turn, service: Service, window: Window) -> list[datetime]:
    """The openings that begin in a window, free or not."""
    paused = bookings.paused(turn.tx, service.key)
    found = []
    for at in upcoming(service, turn.now, window.start, turn.house.zone, paused):
        if at >= window.end:
            break
        found.append(at)
    return found


def free(turn: Turn, service: Service, start: datetime, count: int = OFFERED) -> list[datetime]:
    """The next openings with a place left."""
    paused = bookings.paused(turn.tx, service.key)
    has_place = bookings.places(turn.tx, service, start - timedelta(days=1), turn.now + timedelta(days=2 * AHEAD))
    return list(islice(filter(has_place, upcoming(service, turn.now, start, turn.house.zone, paused)), count))


def near(turn: Turn, service: Service, window: Window) -> list[datetime]:
    """The free openings of the day that lie nearest to an hour nothing begins at, in order; none after a wish for a day."""
    left = _of_day(turn, service, window.start) if window.exact else []
    return sorted(sorted(left, key=lambda at: abs(at - window.start))[:OFFERED])


def apart(turn: Turn, service: Service, declined: Window) -> list[datetime]:
    """The first free openings of the day that lie outside what does not suit; none when the whole day does not."""
    return [at for at in _of_day(turn, service, declined.start) if not declined.start <= at < declined.end][:OFFERED]


def _of_day(turn: Turn, service: Service, at: datetime) -> list[datetime]:
    """Every free opening of the day of a moment."""
    begins = datetime.combine(at.astimezone(turn.house.zone).date(), time(), turn.house.zone)
    ends = begins + timedelta(days=1)
    return [opening for opening in free(turn, service, begins, BUSIEST) if opening < ends]


def theirs(turn: Turn, service: Service) -> set[str]:
    """A service and all others of its provider, who is never in two places."""
    alike = (one for one in turn.house.bookable.values() if one.provider and one.provider == service.provider)
    return {service.key, *(one.key for one in alike)}


def is_free(turn: Turn, service: Service, at: datetime) -> bool:
    """Whether an opening exists, can still be booked, and has a place left."""
    return free(turn, service, at, 1) == [at]


def is_opening(turn: Turn, service: Service, at: datetime) -> bool:
    """Whether an opening begins then."""
    day = at.astimezone(turn.house.zone).date()
    return at in openings(service, day, turn.house.zone, bookings.paused(turn.tx, service.key))
