"""Nothing is said while people sleep, and nobody is asked more often in a day than the settings allow."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.replay.script import Step
from bot.replay.talk import Stage
from storage import tickets, unasked
from storage.database import Transaction
from tests.conftest import say


def night(at: datetime, stage: Stage) -> bool:
    """Whether people sleep."""
    hours, local = stage.house.hours, at.astimezone(stage.house.zone).time()
    return local < hours.wakes or local >= hours.sleeps


def due(tx: Transaction) -> list[tuple[str, int]]:
    """Kind and time of every row of the agenda that says something."""
    return [(row["kind"], row["at"]) for row in tx.all("SELECT kind, at FROM agenda WHERE kind <> 'keep.nightly'")]


@pytest.mark.parametrize("hour", [16, 17, 19, 20])
@pytest.mark.parametrize(
    "lines",
    [("厨房水管漏水了", "对"), ("楼上天天半夜拖凳子", "楼上502", "拖凳子", "别拖就行", "可以问", "谁都行", "对")],
)
async def test_no_look_falls_into_the_night(stage: Stage, hour: int, lines: tuple[str, ...]) -> None:
    await stage.play(Step(0, "", "clock", text=f"2026-03-02 {hour}:00"))
    await say(stage, "王奶奶", *lines)
    rows = await stage.database.read(due)
    assert rows
    assert not [kind for kind, at in rows if night(datetime.fromtimestamp(at / 1000, stage.house.zone), stage)]


async def test_the_budget_of_a_day_is_spent_once(stage: Stage) -> None:
    monday, spent = date(2026, 3, 2), []
    for day in (monday, monday, monday, monday + timedelta(days=1)):
        spent.append(await stage.database.transaction(lambda tx, day=day: unasked.spend(tx, 1, day, 2)))
    assert spent == [True, True, False, True]


async def test_a_question_beyond_the_budget_waits_until_tomorrow(stage: Stage) -> None:
    """是真修好了吗 is asked the next morning when the day's questions are spent."""
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    await stage.play(Step(0, "", "press", "小李", "志愿者群", "我去", 1))
    await stage.play(Step(0, "", "press", "小李", "", "弄完了", 1))
    ticket = await stage.database.read(lambda tx: tickets.get(tx, 1))
    assert ticket is not None and ticket.reporter is not None
    today = stage.clock.now().astimezone(stage.house.zone).date()

    def spend(tx: Transaction) -> None:
        for _ in range(stage.house.timing.questions):
            unasked.spend(tx, ticket.reporter or 0, today, stage.house.timing.questions)

    await stage.database.transaction(spend)
    first = await stage.play(Step(0, "", "clock", text="2026-03-02 12:00"))
    second = await stage.play(Step(0, "", "clock", text="2026-03-03 09:00"))
    assert not any("真" in line and "好" in line for line in first)
    assert any("好" in line and "王奶奶" in line for line in second)
