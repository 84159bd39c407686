"""Limits hold where the platform measures them: at the moment a message arrives, not when we began to send it."""

from __future__ import annotations

import random

import pytest

from bot.flow.pace import Limit, Limits, Pace

BEGIN = 1000.0
LIMITS = Limits(chat=Limit(3, 3.0), group=Limit(20, 60.0), overall=Limit(28, 1.0))


def most(times: list[float], seconds: float) -> int:
    """The largest number of these times within any half-open stretch of that length."""
    return max(sum(0 <= at - start < seconds - 1e-9 for at in times) for start in times)


def arrivals(seed: int, slowest: float, group: bool) -> list[float]:
    """When messages to one chat arrive that are sent as soon as they may, over a network that takes its time."""
    chance, pace, now, found = random.Random(seed), Pace(LIMITS), BEGIN, []
    for _ in range(100):
        begun = pace.free_at(1, group, now)
        pace.begin(1, group)
        arrived = begun + chance.uniform(0, slowest)
        now = arrived + chance.uniform(0, slowest)
        pace.end(1, group, now)
        found.append(arrived)
    return found


@pytest.mark.parametrize("slowest", [0.0, 0.4, 1.0, 5.0])
def test_no_window_is_overfull_where_messages_arrive(slowest: float) -> None:
    for seed in range(20):
        assert most(arrivals(seed, slowest, group=False), 3.0) <= 3
        times = arrivals(seed, slowest, group=True)
        assert most(times, 60.0) <= 20 and most(times, 3.0) <= 3


def test_what_is_allowed_is_used() -> None:
    assert most(arrivals(1, 0.0, group=False), 3.0) == 3
    assert most(arrivals(1, 0.0, group=True), 60.0) == 20


def test_in_all_over_many_chats() -> None:
    pace, now, times = Pace(LIMITS), BEGIN, []
    for number in range(100):
        now = pace.free_at(number, False, now)
        pace.begin(number, False)
        pace.end(number, False, now)
        times.append(now)
    assert most(times, 1.0) == 28


def test_what_is_under_way_fills_the_limit_whenever_it_began() -> None:
    pace, slow = Pace(LIMITS), BEGIN
    for number in range(28):
        pace.begin(number, False)
    assert slow + 5 < pace.free_at(99, False, slow + 5) < slow + 6, "none of them may have arrived yet"
    for number in range(28):
        pace.end(number, False, slow + 5)
    assert pace.free_at(99, False, slow + 5) == slow + 6, "all may have arrived just now"
