"""Days in a button that nobody was ever shown: a report of what there is, or 过去了; never a fault that holds the chat."""

from __future__ import annotations

import pytest

from bot.replay.script import Step
from bot.replay.talk import Stage
from tests.conftest import say

DAYS = [
    "0001-01-01.9999-12-31",
    "9999-12-31.0001-01-01",
    "9999-12-31.9999-12-31",
    "2026-03-02.2026-02-01",
    "2026-02-30.2026-03-01",
    "2026-W10-1.2026-W10-7",
    "20260301.20260302",
    "-.-",
    "²",
    "",
]


@pytest.mark.parametrize("days", DAYS)
async def test_any_days(stage: Stage, days: str) -> None:
    for view in ("all", "people", "queues", "chart", "how", "x"):
        sent = await stage.play(Step(0, "", "press", "张主任", "", f"伪造 figures:{view}.{days}:0"))
        assert sent, view
    assert stage.app.sender.counts["retries"] == 0 and stage.app.counts["failures"] == 0
    assert await say(stage, "张主任", "今天的情况")
