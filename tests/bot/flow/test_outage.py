"""A22: after an outage what is stale is answered once and in sum, what is new comes first, and a gap is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot import status
from bot.replay.script import Step
from bot.replay.talk import Stage
from models.events import Origin, Utterance
from models.outgoing import Say
from storage import queue
from tests.conftest import count, say


def old(stage: Stage, who: str, number: int, text: str = "你是谁", hours: float = 3) -> Utterance:
    at = stage.clock.now() - timedelta(hours=hours)
    return Utterance(Origin("talk", f"{who}-{number}", who, who, at, who), text)


async def test_old_lines_are_answered_once_and_new_ones_first(stage: Stage) -> None:
    people, lines = count(10, 50), count(20, 100)
    await say(stage, "王奶奶", "你好")
    for n in range(people):
        await stage.app.accept([old(stage, f"p{n}", 0, "你好", 0)])
    await stage.app.settle()
    stage.channel.fresh.clear()
    for k in range(1, lines + 1):
        await stage.app.accept([old(stage, f"p{n}", k) for n in range(people)])
    await stage.app.accept([old(stage, "wang", 1, "你是谁", 0)])
    await stage.app.settle()
    order = [shown.chat for shown, _ in stage.channel.fresh]
    assert order.index("wang") < people, "whoever writes now waits for nobody's old lines"
    assert len(order) <= 1 + 2 * people
    texts = [shown.text for shown, _ in stage.channel.fresh if shown.chat == "p1"]
    assert sum("断了一阵" in text for text in texts) == 1
    rows = await stage.database.read(lambda tx: tx.all("SELECT state, count(*) AS n FROM inbox GROUP BY state"))
    assert {row["state"] for row in rows} == {"done"}


async def test_what_they_asked_for_is_done_all_the_same(stage: Stage) -> None:
    await stage.app.accept([old(stage, "wang", 1, "厨房水管漏水了"), old(stage, "wang", 2, "对")])
    await stage.app.settle()
    assert await stage.database.read(lambda tx: tx.all("SELECT 1 FROM ticket WHERE flow <> 'desk'"))


async def test_a_single_old_line_is_answered_as_ever(stage: Stage) -> None:
    await stage.app.accept([old(stage, "wang", 1)])
    await stage.app.settle()
    assert stage.channel.fresh and all("断了一阵" not in shown.text for shown, _ in stage.channel.fresh)


async def reasons(stage: Stage) -> list[str]:
    told: dict[str, Any] = (await status.health(stage.app))[1]
    return list(told["reasons"])


async def test_three_days_down_is_noticed_and_one_night_is_not(stage: Stage) -> None:
    await stage.play(Step(0, "", "down", text="2026-03-02 23:00"))
    assert await reasons(stage) == []
    sent = await stage.play(Step(0, "", "down", text="2026-03-05 23:30"))
    assert await reasons(stage) == ["gap"]
    assert any("没收到" in line for line in sent)


async def test_a_network_that_is_gone_for_days_is_noticed(stage: Stage) -> None:
    stage.channel.reached = 0.0  # type: ignore[attr-defined]
    for _ in range(3):
        stage.clock.move(stage.clock.now() + timedelta(hours=9))
        await stage.app.tick()
    assert "gap" not in await reasons(stage)
    stage.channel.reached = stage.clock.monotonic()  # type: ignore[attr-defined]
    stage.clock.move(stage.clock.now() + timedelta(minutes=2))
    stage.channel.reached = stage.clock.monotonic()  # type: ignore[attr-defined]
    await stage.app.tick()
    assert "gap" in await reasons(stage)


async def test_thousands_of_reminders_do_not_delay_an_answer(stage: Stage) -> None:
    """Order by class: what is due waits behind whoever writes now."""

    def fill(tx: Any) -> list[queue.Pending]:
        says = [Say(1 + n % 5, f"提醒{n}", kind="reminder") for n in range(count(300, 2000))]
        return queue.pending(
            tx, [queue.put(tx, say, stage.clock.now()) for say in (*says, Say(1, "回答"), Say(6, "回答"))]
        )

    stage.app.sender.offer(await stage.database.transaction(fill))
    await stage.app.settle()
    assert [shown.text for shown, _ in stage.channel.fresh][:2] == ["回答", "回答"]
