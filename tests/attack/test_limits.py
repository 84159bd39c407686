"""A machine of one gigabyte, a clock that jumps, and a start after a kill: on the real process."""

from __future__ import annotations

import time

from tests.attack.town import RESIDENT, STRANGER, Town
from tests.conftest import SOAK, count

MEMORY = 1000
"""Megabytes of data that the process may have."""


def test_sixty_files_within_a_gigabyte(place: Town) -> None:
    """A1, where memory is scarce: nobody is killed, and a cry behind the files is answered."""
    place.start(memory=MEMORY)
    for number in range(count(60, 300)):
        place.wire.sound(
            STRANGER + number % 3, 19_500_000 if number % 2 else 1_900_000, seconds=None if number % 2 else 119
        )
    place.wire.say(RESIDENT, "救命，我摔倒了起不来")
    place.wire.until(lambda: any("120" in text for text in place.wire.to(RESIDENT)), 60)
    place.wire.until(lambda: not place.wire.waiting(), 90)
    assert place.alive and place.peak() < 300, place.peak()
    print(f"peak {place.peak():.0f} MB")


def test_starts_after_kills(place: Town) -> None:
    seconds = []
    for _ in range(count(2, 20)):
        seconds.append(place.start())
        place.wire.say(RESIDENT, "你是谁")
        time.sleep(0.1)
        place.kill()
    seconds.append(place.start())
    print(f"starts {[round(one, 2) for one in seconds]}")
    assert not SOAK or sorted(seconds)[len(seconds) // 2] < 3
