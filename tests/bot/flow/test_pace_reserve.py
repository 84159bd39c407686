"""A part of every limit is left for what is more urgent."""

from __future__ import annotations

from bot.flow.pace import Limit, Limits, Pace

LIMITS = Limits(chat=None, group=Limit(20, 60.0), overall=Limit(28, 1.0))


def sent_at_once(pace: Pace, reserve: float, group: bool) -> int:
    number = 0
    while pace.free_at(1, group, 0.0, reserve) <= 0.0:
        pace.begin(1, group)
        pace.end(1, group, 0.0)
        number += 1
    return number


def test_a_group_keeps_room_for_cards_and_for_danger() -> None:
    pace = Pace(LIMITS)
    assert [sent_at_once(pace, reserve, True) for reserve in (0.3, 0.1, 0.0)] == [14, 4, 2]


def test_reminders_leave_room_for_answers() -> None:
    pace = Pace(LIMITS)
    assert [sent_at_once(pace, reserve, False) for reserve in (0.3, 0.0)] == [20, 8]
