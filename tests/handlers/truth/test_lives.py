"""Random lives on the real core: nothing untrue is said, and what must hold between any two events holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import SOAK
from tests.support.lives.drawing import Drawing
from tests.support.lives.life import Life

LIVES = range(1, 21) if SOAK else (1, 2)
DAYS = 91 if SOAK else 5


@pytest.mark.parametrize("seed", LIVES)
async def test_a_life_without_an_untrue_line(seed: int, tmp_path: Path) -> None:
    report = await Drawing(Life(tmp_path, seed), seed, busy=14.0).live(DAYS)
    assert report.untrue == []
    assert report.wrong == []
    assert report.failures == 0
    assert report.sang or not SOAK, "no canary sang: the silence of the groups proves nothing"
    assert report.said > report.lines > DAYS
