"""The table of official days off ends with a year: managers are told in time, and every month while none follows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from handlers.settings import House
from handlers.turn import Turn
from nlu.times import holidays
from storage import people, queue
from storage.database import Transaction

KEY = "holidays.end"
"""Key and kind of the row on the agenda."""
NOTICE = (11, 17)
"""Month and day of the last known year from which the next one is missed: it has been announced by then."""
HOUR = time(10, 0)
AGAIN = timedelta(days=30)


def plant(tx: Transaction, house: House, now: datetime) -> None:
    """The day on which the next year begins to be missed, unless it is on the agenda already."""
    if not queue.is_scheduled(tx, KEY):
        queue.schedule(tx, KEY, _at(house, now + timedelta(days=1)), KEY)


def look(turn: Turn) -> None:
    """Tell every manager where the next year is missing, and look again."""
    last = turn.house.hours.official.last
    if turn.now < _notice(turn.house):
        queue.schedule(turn.tx, KEY, _at(turn.house, turn.now), KEY)
        return
    for manager in people.with_role(turn.tx, "manager"):
        turn.say(manager.chat, "managers.holidays", last=last, next=last + 1, name=holidays.FILE)
    queue.schedule(turn.tx, KEY, _at(turn.house, turn.now + AGAIN), KEY)


def _notice(house: House) -> datetime:
    return datetime.combine(date(house.hours.official.last, *NOTICE), HOUR, house.zone)


def _at(house: House, earliest: datetime) -> datetime:
    """The day of notice, or ten o'clock of the earliest day where that is past."""
    return max(_notice(house), datetime.combine(earliest.astimezone(house.zone).date(), HOUR, house.zone))
