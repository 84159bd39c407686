"""A2, on the real process: its wall clock is set back and put on, and people hear of it and are answered."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.attack.town import DESK, RESIDENT, ROOT, Town
from tests.attack.wire import Wire
from tests.conftest import count

HERE = Path(__file__).parent


class WrongTown(Town):
    """A town on a machine whose clock can be set."""

    def environment(self) -> dict[str, str]:
        """With a clock that is as wrong as the file says."""
        path = f"{HERE / 'moved'}:{ROOT}"
        return {**super().environment(), "PYTHONPATH": path, "WALL": str(self.folder / "wall")}

    def set_clock(self, seconds: float) -> None:
        """It is wrong by this much from now on."""
        part = self.folder / "wall.part"
        part.write_text(str(seconds), encoding="ascii")
        part.replace(self.folder / "wall")


@pytest.fixture
def wrong(tmp_path: Path, place: Town) -> WrongTown:
    (tmp_path / "wrong").mkdir()
    return WrongTown(tmp_path / "wrong", place.wire)


def answered(wire: Wire, who: int, line: str = "你是谁") -> float:
    """After how many seconds somebody is answered."""
    before, begun = len(wire.to(who)), time.monotonic()
    wire.say(who, line)
    wire.until(lambda: len(wire.to(who)) > before, 20, f"{line} was answered")
    return time.monotonic() - begun


def told(wire: Wire) -> int:
    """How often the desk heard of the clock."""
    return sum("时钟" in one.text for one in list(wire.sent) if one.chat == DESK and not one.edit)


def test_a_day_of_jumps(wrong: WrongTown) -> None:
    wrong.start()
    answered(wrong.wire, RESIDENT)
    wall = 0.0
    for number in range(count(5, 48)):
        wall += (-3600, 7200, -86_400, 400 * 86_400, -45, 600, 31, -399 * 86_400)[number % 8]
        wrong.set_clock(wall)
        for who in range(20_000 + 30 * number, 20_000 + 30 * number + 30):
            wrong.wire.say(who, "你是谁")
        answered(wrong.wire, RESIDENT)
        wrong.wire.until(lambda n=number: jumps(wrong) > n, 20, f"jump {number} was seen")
    status, health = wrong.health()
    assert status == 503 and "clock" in health["reasons"] and "tick" not in health["reasons"], health
    assert told(wrong.wire) == 1, "the desk, once while it has not dealt with it"


def jumps(place: Town) -> int:
    """How many it has counted."""
    found = re.search(r'linsheng_troubles_total\{kind="clock"\} (\d+)', place.metrics())
    return int(found[1]) if found else 0


def test_a_danger_rings_on_after_the_clock_was_set_back(wrong: WrongTown) -> None:
    wrong.configure("[danger]\ninterval = 0.1\n")
    wrong.start()
    wrong.wire.say(RESIDENT, "救命，我摔倒了起不来")
    wrong.wire.until(lambda: rings(wrong.wire))
    wrong.set_clock(-7200)
    wrong.wire.until(lambda: told(wrong.wire))
    before = rings(wrong.wire)
    wrong.wire.until(lambda: rings(wrong.wire) > before, 30, "the danger is told again at its pace")


def rings(wire: Wire) -> int:
    """How often somebody was rung."""
    return sum(re.match(r"急 .*第\d+次", one.text) is not None for one in list(wire.sent))
