"""The promise is a clock: said as two hours only when that is the plain truth."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers import clock
from handlers.settings import Hours

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = Hours()
WEEKDAYS = Hours(days=frozenset(range(5)))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "hours", "due", "words"),
    [
        ("2026-03-02T09:00", HOURS, "2026-03-02T11:00", "两小时内"),
        ("2026-03-02T15:30", HOURS, "2026-03-02T17:30", "两小时内"),
        ("2026-03-02T16:30", HOURS, "2026-03-03T09:30", "明天上午9点半前"),
        ("2026-03-02T22:10", HOURS, "2026-03-03T10:30", "明天上午10点半前"),
        ("2026-03-02T03:00", HOURS, "2026-03-02T10:30", "今天上午10点半前"),
        ("2026-03-06T17:00", WEEKDAYS, "2026-03-09T10:00", "3月9日周一上午10点前"),
        ("2026-03-07T10:00", WEEKDAYS, "2026-03-09T10:30", "后天上午10点半前"),
        ("2026-12-31T17:15", HOURS, "2027-01-01T10:15", "明天上午10点15分前"),
    ],
)
def test_two_working_hours(now: str, hours: Hours, due: str, words: str) -> None:
    found = clock.due(at(now), 120, hours, ZONE)
    assert found == at(due)
    assert clock.words(at(now), found, ZONE) == words


@pytest.mark.parametrize(
    ("now", "woken"),
    [
        ("2026-03-02T20:59", "2026-03-02T20:59"),
        ("2026-03-02T21:00", "2026-03-03T08:00"),
        ("2026-03-02T05:00", "2026-03-02T08:00"),
    ],
)
def test_nobody_is_woken(now: str, woken: str) -> None:
    assert clock.awake(at(now), HOURS, ZONE) == at(woken)
