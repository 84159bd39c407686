"""A1: a page of the worst recordings stops nobody, and costs little."""

from __future__ import annotations

import time

from bot.flow import notes
from tests.attack.town import RESIDENT, STRANGER, Town
from tests.conftest import count

LIMIT = 300
"""Megabytes that the service may ever hold."""


def test_sixty_files_do_not_stop_it(place: Town) -> None:
    place.start()
    place.wire.say(RESIDENT, "您好")
    place.wire.until(lambda: place.wire.to(RESIDENT))
    before = place.peak()
    for _ in range(count(60, 300)):
        place.wire.sound(STRANGER, 19_500_000)
    place.wire.say(RESIDENT, "救命，我摔倒了起不来")
    place.wire.until(lambda: not place.wire.waiting(), 60, "the page is stored whatever its files cost")
    place.wire.until(lambda: any("120" in text for text in place.wire.to(RESIDENT)))
    assert place.alive
    assert place.peak() < LIMIT and place.peak() - before < 64
    assert place.wire.downloads == [], "what cannot be two minutes of sound is not fetched"


def test_files_that_are_larger_than_they_say(place: Town) -> None:
    place.start()
    for number in range(count(40, 100)):
        place.wire.sound(STRANGER + number % 4, 50_000, real=60_000_000, seconds=3)
    place.wire.until(lambda: not place.wire.waiting(), 60)
    assert place.alive and place.peak() < LIMIT
    assert not [size for size in place.sizes("spool") if size > 2_000_000]


def test_one_persons_flood_is_kept_small_and_answered_once(place: Town) -> None:
    place.start()
    for _ in range(count(60, 300)):
        place.wire.sound(STRANGER, 1_900_000, seconds=119)
    place.wire.until(lambda: not place.wire.waiting(), 90)
    place.wire.until(lambda: sum("太多了" in text for text in place.wire.to(STRANGER)) == 1)
    time.sleep(1)
    assert sum("太多了" in text for text in place.wire.to(STRANGER)) == 1
    assert sum(place.sizes("spool")) <= notes.QUOTA and place.peak() < LIMIT
