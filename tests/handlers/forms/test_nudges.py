"""A24: a form that nobody touches is reminded of as a reminder; what would be enough is no 算了."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.replay.talk import Stage
from storage.database import Transaction
from tests.conftest import say


async def test_a_nudge_waits_behind_answers(stage: Stage) -> None:
    await say(stage, "赵叔", "水管漏水了")

    def kinds(tx: Transaction) -> list[str]:
        return [row["kind"] for row in tx.all("SELECT kind FROM outbox ORDER BY id")]

    before = len(await stage.database.read(kinds))
    stage.clock.move(stage.clock.now() + timedelta(minutes=stage.house.timing.nudge + 1))
    await stage.app.tick()
    found = (await stage.database.read(kinds))[before:]
    assert found == ["reminder"], found


@pytest.mark.parametrize("line", ["别吵了", "别吵", "别弄了", "别闹了", "停", "停了就行", "莫搞了", "别再吵了"])
async def test_what_would_be_enough_ends_no_mediation(stage: Stage, line: str) -> None:
    await say(stage, "王奶奶", "楼上太吵了，帮我去说说", "天天半夜蹦")
    sent = "\n".join(await say(stage, "王奶奶", line))
    assert "可以问吗" in sent and "不念了" not in sent


@pytest.mark.parametrize("line", ["算了", "不说了", "不调了"])
async def test_and_giving_up_still_does(stage: Stage, line: str) -> None:
    await say(stage, "王奶奶", "楼上太吵了，帮我去说说", "天天半夜蹦")
    assert "不办了" in "\n".join(await say(stage, "王奶奶", line))
