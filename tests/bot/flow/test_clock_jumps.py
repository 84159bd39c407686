"""The wall clock is set back and put on: people are answered, dangers keep their pace, and it is told."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from bot import status
from bot.flow.clock import MovedClock, Watch
from bot.replay.talk import BEGIN, Stage
from tests.conftest import count, say

JUMPS = [-3600, -86_400, -45, 3600, 86_400]


def jump(stage: Stage, seconds: float) -> None:
    stage.clock.jump(stage.clock.now() + timedelta(seconds=seconds))


async def next_ring(stage: Stage) -> int:
    """When the open danger is told next, in milliseconds."""
    row = await stage.database.read(lambda tx: tx.one("SELECT next_at FROM incident"))
    assert row is not None
    return int(row["next_at"])


async def go(stage: Stage, seconds: float) -> list[str]:
    """Let time pass, tick by tick."""
    stage.channel.fresh.clear()
    for _ in range(round(seconds)):
        stage.clock.move(stage.clock.now() + timedelta(seconds=1))
        await stage.app.tick()
        await stage.app.settle()
    return [shown.text for shown, _ in stage.channel.fresh]


@pytest.mark.parametrize("seconds", JUMPS)
async def test_everybody_is_answered_after_a_jump(stage: Stage, seconds: float) -> None:
    for _ in range(40):
        await say(stage, "王奶奶", "你是谁")
    jump(stage, seconds)
    assert await say(stage, "王奶奶", "你是谁"), "answered at once"
    sent = await go(stage, 2)
    assert any("时钟" in line for line in sent), "the desk is told"
    fine, told = await status.health(stage.app)
    assert not fine and told["reasons"] == ["clock"]
    sent = await go(stage, 5)
    assert not sent, "once"


@pytest.mark.parametrize("seconds", JUMPS)
async def test_a_danger_rings_on_at_its_pace(stage: Stage, seconds: float) -> None:
    await say(stage, "王奶奶", "救命")
    before = await go(stage, 130)
    jump(stage, seconds)
    after = await go(stage, 130)
    rings = [sum(("第" in line and "次" in line) or "急" in line for line in lines) for lines in (before, after)]
    assert rings[0] and rings[1] and abs(rings[0] - rings[1]) <= 2, rings


async def test_a_clock_set_back_while_it_was_down_is_seen_at_the_start(stage: Stage) -> None:
    await say(stage, "王奶奶", "找人")
    await stage.close()
    jump(stage, -7200)
    await stage.open()
    assert "clock" in (await status.health(stage.app))[1]["reasons"]


async def test_a_day_of_jumps(stage: Stage) -> None:
    """Wherever the clock goes, every line gets its answer."""
    for number in range(count(12, 96)):
        jump(stage, (-1) ** number * 600 * (number % 7))
        await stage.app.tick()
        assert await say(stage, "王奶奶", "你是谁"), number
        await go(stage, 1)


async def test_a_jump_while_nothing_can_be_stored_is_followed_afterwards(stage: Stage) -> None:
    await say(stage, "王奶奶", "救命")
    before = await next_ring(stage)
    other = sqlite3.connect(stage.folders.data / "linsheng.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    jump(stage, -3600)
    await stage.app.tick()
    other.execute("COMMIT")
    other.close()
    await stage.app.tick()
    after = await next_ring(stage)
    assert before - after == 3_600_000, "moved once, not never"
    await stage.app.tick()
    again = await next_ring(stage)
    assert again == after


def test_only_a_jump_is_one() -> None:
    clock = MovedClock(BEGIN)
    watch = Watch(clock)
    clock.move(BEGIN + timedelta(days=3))
    assert not watch.jumped()
    clock.jump(BEGIN)
    assert watch.jumped() == timedelta(days=-3)
    assert not watch.jumped()
