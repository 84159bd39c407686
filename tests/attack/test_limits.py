"""A machine of one gigabyte, a clock that jumps, and a start after a kill: on the real process."""

from __future__ import annotations

import time

import pytest

from tests.attack.town import RESIDENT, STRANGER, Town
from tests.attack.wire import Wire
from tests.conftest import count

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


@pytest.mark.soak
def test_starts_after_kills(place: Town) -> None:
    """A figure for bench/attack.md; that it comes back at all is tried by test_floods."""
    seconds = []
    for _ in range(count(2, 20)):
        seconds.append(place.start())
        place.wire.say(RESIDENT, "你是谁")
        time.sleep(0.1)
        place.kill()
    seconds.append(place.start())
    print(f"starts {[round(one, 2) for one in seconds]}")


def _waits(wire: Wire, first: int, number: int, flood: bool) -> float:
    """The wait that 95 of 100 others stay below, in seconds; a stranger writes 100 lines a minute beside them or not."""
    waits, last = [], 0.0
    for who in range(first, first + number):
        begun = time.monotonic()
        if flood and begun - last >= 0.6:
            last = begun
            wire.say(STRANGER, f"呜哩哇啦{who}")
        wire.say(who, "你是谁")
        wire.until(lambda w=who: wire.to(w))
        waits.append(time.monotonic() - begun)
        time.sleep(0.2)
    return sorted(waits)[int(len(waits) * 0.95)]


@pytest.mark.soak
def test_others_beside_a_hundred_lines_a_minute(place: Town) -> None:
    place.start()
    _waits(place.wire, 40_000, 5, False)
    calm = _waits(place.wire, 41_000, count(5, 200), False)
    flood = _waits(place.wire, 42_000, count(5, 200), True)
    print(f"p95 of others: calm {calm * 1000:.0f} ms, beside the flood {flood * 1000:.0f} ms")
    assert place.alive
