"""A22, on the real process: behind thousands of lines of an outage a new one is answered, and each old chat hears once."""

from __future__ import annotations

import time
from collections import Counter

from tests.attack.town import RESIDENT, Town
from tests.conftest import count

PEOPLE = 50


def test_stale_lines_beside_a_new_one(place: Town) -> None:
    old = time.time() - 3 * 3600
    for number in range(count(400, 5000)):
        place.wire.say(50_000 + number % PEOPLE, f"你是谁{number}", at=old)
    place.wire.say(RESIDENT, "你是谁")
    place.start()
    begun = time.monotonic()
    place.wire.until(lambda: not place.wire.waiting(), 120, "all is fetched")
    fetched = time.monotonic()
    place.wire.until(lambda: place.wire.to(RESIDENT), 60)
    answered = time.monotonic()
    left = place.rows("SELECT count(*) AS n FROM inbox WHERE state IN ('new', 'heard')")[0]["n"]
    place.wire.until(lambda: not place.rows("SELECT 1 FROM inbox WHERE state IN ('new', 'heard')"), 300)
    print(f"fetched in {fetched - begun:.1f} s, answered {answered - fetched:.2f} s later, {left} old lines behind it")
    place.wire.until(lambda: len(told(place)) == PEOPLE, 120, "each old chat hears")
    assert max(told(place).values()) <= 3, "once, and in sum"
    assert place.peak() < 300


def told(place: Town) -> Counter[int]:
    """Chat that waited → how many messages it got."""
    return Counter(one.chat for one in list(place.wire.sent) if one.chat >= 50_000)
