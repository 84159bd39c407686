"""Official days off and working weekends count where a desk has days off."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers import clock
from handlers.settings import Hours
from nlu.times.holidays import Official

ZONE = ZoneInfo("Asia/Shanghai")
OFFICIAL = Official(frozenset({date(2026, 5, 1)}), frozenset({date(2026, 5, 9)}), frozenset({2026}))


def at(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


def test_nobody_is_promised_on_a_day_off() -> None:
    weekdays = Hours(days=frozenset(range(5)), official=OFFICIAL)
    assert clock.due(at(5, 1, 9), 60, weekdays, ZONE) == datetime(2026, 5, 4, 9, 30, tzinfo=ZONE)


def test_a_working_saturday_counts() -> None:
    weekdays = Hours(days=frozenset(range(5)), official=OFFICIAL)
    assert clock.due(at(5, 9, 10), 60, weekdays, ZONE) == at(5, 9, 11)


def test_a_desk_that_works_every_day_works_on_them_too() -> None:
    assert clock.due(at(5, 1, 9), 60, Hours(official=OFFICIAL), ZONE) == at(5, 1, 10)
