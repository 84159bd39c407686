"""A4: a role can be taken away: by command, by the operator, by leaving the group; it counts at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.config import ConfigError, Settings
from bot.keeping import upkeep
from bot.replay.script import Step
from bot.replay.talk import Stage
from models.events import ChatChange, Origin
from storage import people, tickets
from storage.database import Transaction
from tests.conftest import press, say
from tests.support.invariants import unattended, unequal


async def taken(stage: Stage) -> None:
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    await say(stage, "小李", "接 1", group="志愿者群")
    assert (await ticket(stage)).status == "accepted"


async def ticket(stage: Stage):  # type: ignore[no-untyped-def]
    return await stage.database.read(lambda tx: tickets.get(tx, 1))


async def checked(stage: Stage, sent: list[str]) -> None:
    """The task is open again, the resident and the helper heard it, and the helper may nothing any more."""
    found = await ticket(stage)
    assert (found.status, found.owner) == ("open", None)
    assert any("王奶奶" in line and "来不了" in line for line in sent)
    assert any("-> 小李" in line and "身份已经停了" in line for line in sent)
    assert await stage.database.read(unattended) == [] and await stage.database.read(unequal) == []
    for verb in ("start", "arrive", "finish", "claim", "release"):
        again = await stage.play(Step(0, "", "press", "小李", "", f"伪造 {verb}:1:0"))
        assert not any("5550 0101" in line or "501" in line for line in again), verb
    assert (await ticket(stage)).status == "open"
    again = await say(stage, "小李", "我的任务", "我接1号")
    assert not any("5550 0101" in line or "501" in line for line in again)


async def test_by_command(stage: Stage) -> None:
    await taken(stage)
    assert "这样写" in (await say(stage, "张主任", "/dismiss 小李"))[0]
    assert "权限" in (await say(stage, "小李", "/dismiss 小陈 volunteer"))[0]
    sent = await say(stage, "张主任", "/收回 小李 志愿者")
    assert any("已收回小李的志愿者身份" in line for line in sent)
    await checked(stage, sent)


async def test_by_the_operator_while_it_runs(stage: Stage) -> None:
    await taken(stage)
    settings = Settings(data={"folder": stage.folders.data})
    with pytest.raises(ConfigError, match="does not hold"):
        await upkeep.dismiss(settings, "小李", "manager")
    assert "no longer" in await upkeep.dismiss(settings, "小李", "volunteer")
    stage.channel.fresh.clear()
    stage.clock.move(stage.clock.now() + timedelta(days=300))
    await stage.app.tick()
    await stage.app.settle()
    found = await ticket(stage)
    assert found.owner is None


async def test_by_leaving_the_group(stage: Stage) -> None:
    await taken(stage)
    group = stage._addresses["志愿者群"]
    stage.channel.fresh.clear()
    origin = Origin("talk", "left1", group, stage._addresses["小李"], stage.clock.now(), private=False)
    nobody = Origin("talk", "left2", group, "nobody-known", stage.clock.now(), private=False)
    await stage.app.accept([ChatChange(origin, "left"), ChatChange(nobody, "left")])
    await stage.app.settle()
    sent = [stage._line(shown, changed) for shown, changed in stage.channel.fresh]
    assert any("退出了群" in line for line in sent)
    await checked(stage, sent)
    assert await stage.database.read(lambda tx: people.known(tx, "talk", "nobody-known")) is None


@pytest.mark.tampered
async def test_a_role_deleted_by_hand_shows_no_details_and_finishes_nothing(stage: Stage) -> None:
    await taken(stage)
    await stage.database.transaction(lambda tx: tx.run("DELETE FROM role WHERE role = 'volunteer'"))
    for verb in ("start", "finish"):
        await stage.play(Step(0, "", "press", "小李", "", f"伪造 {verb}:1:0"))
    sent = await say(stage, "小李", "弄完了", "/mine")
    assert (await ticket(stage)).status == "accepted" and not any("5550 0101" in line for line in sent)


async def test_the_last_manager_stays(stage: Stage) -> None:
    def managers(tx: Transaction) -> int:
        return len(people.with_role(tx, "manager"))

    for name in ("张主任", "刘姐"):
        await say(stage, "张主任", f"/dismiss {name} manager")
    assert await stage.database.read(managers) >= 1


async def test_whoever_joined_cannot_cancel_and_the_reporter_can(stage: Stage) -> None:
    """A9: a neighbour who reported the same leak calls nobody off."""
    await say(stage, "陈阿婆", "七号楼电梯坏了", "对")
    await say(stage, "赵叔", "七号楼电梯坏了", "对")
    number = next(t.id for t in await stage.database.read(tickets.open_in) if t.joined)
    for line in (f"伪造 cancel:{number}:0",):
        await stage.play(Step(0, "", "press", "赵叔", "", line))
    await say(stage, "赵叔", "不用来了", "对")
    after = await stage.database.read(lambda tx: tickets.get(tx, number))
    assert after.is_open
    await stage.play(Step(0, "", "press", "陈阿婆", "", f"伪造 cancel:{number}:0"))
    after = await stage.database.read(lambda tx: tickets.get(tx, number))
    assert after.status == "cancelled"


async def test_buttons_of_the_card_do_not_outlive_the_role(stage: Stage) -> None:
    await taken(stage)
    await say(stage, "张主任", "/dismiss 小李 volunteer")
    sent = await press(stage, "小李", "出发了")
    assert not any("路上慢点" in line for line in sent)


@pytest.mark.parametrize(
    "line", ["不让小李干了", "收回小李的志愿者", "把小李的志愿者身份收回", "小李不干了", "不要让小李当志愿者了"]
)
async def test_in_a_managers_plain_words(stage: Stage, line: str) -> None:
    """A4: one read-back, then what /dismiss does; nobody else's words do it."""
    await taken(stage)
    await say(stage, "王奶奶", line, "对")
    assert (await ticket(stage)).status == "accepted"
    assert "吗？" in (await say(stage, "张主任", line))[-1]
    assert (await ticket(stage)).status == "accepted", "not before the yes"
    sent = await say(stage, "张主任", "对")
    assert any("已收回小李的" in one for one in sent)
    await checked(stage, sent)


async def test_a_no_takes_nothing_back(stage: Stage) -> None:
    await taken(stage)
    assert "没动" in (await say(stage, "张主任", "不让小李干了", "不对"))[-1]
    assert (await ticket(stage)).status == "accepted"


async def test_a_yes_of_one_who_is_no_manager_any_more(stage: Stage) -> None:
    await taken(stage)
    await say(stage, "张主任", "不让小李干了")
    await stage.database.transaction(lambda tx: tx.run("DELETE FROM role WHERE role = 'manager'"))
    await say(stage, "张主任", "对")
    await press(stage, "张主任", "对")
    assert (await ticket(stage)).status == "accepted"
