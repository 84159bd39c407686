"""``linsheng run`` on Telegram, killed at random moments and at each named step: nothing lost, nothing twice."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.conftest import SOAK, count
from tests.support.telegram_app import town
from tests.support.telegram_load import ENDS, LINES, check, crowd, finish, wait_for_the_end
from tests.support.telegram_standin import Person

STEPS = {"fetched": 1, "stored": 1, "taken": 2, "committed": 2, "sent": 3, "marked": 2}
"""Step → at which passing."""
USUAL = {("committed", "KILL"), ("sent", "KILL"), ("stored", "TERM")}
"""The others are tried by ``make soak``."""


def test_random_kills_under_load(tmp_path: Path) -> None:
    kills, people = count(4, 100), count(18, 300)
    with town(tmp_path, privacy=False) as place:
        load = crowd(place, people, 20260302)
        for _ in range(kills):
            load.say(load.chance.randint(1, max(2, 5 * people // kills)))
            place.start()
            load.until_sent(load.chance.randint(1, 3 * len(LINES) * people // kills))
            place.kill()
        place.start()
        finish(load)
        check(load, kills)


@pytest.mark.parametrize(
    ("step", "how"), [(step, how) for step in STEPS for how in ENDS if SOAK or (step, how) in USUAL]
)
def test_the_end_at_each_step(step: str, how: str, tmp_path: Path) -> None:
    with town(tmp_path, privacy=False) as place:
        load = crowd(place, 4, 7)
        ends = 1 if how == "KILL" else 0
        load.say(6)
        place.start(f"{step}:{STEPS[step]}:{how}")
        load.say(2)
        code = wait_for_the_end(load)
        assert code == (-signal.SIGKILL if how == "KILL" else 0)
        place.start()
        finish(load)
        check(load, ends)


def test_an_answer_reaches_each_person(tmp_path: Path) -> None:
    """The same load without any end repeats nothing: the check above can tell."""
    with town(tmp_path, privacy=False) as place:
        load = crowd(place, 4, 7)
        place.start()
        finish(load)
        check(load, 0)
        person: Person = load.people[0]
        assert any("记下了" in text for text in place.server.said(person))
