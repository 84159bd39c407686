"""A10, A11: nobody drowns anybody else, nobody collects addresses, and danger is never refused."""

from __future__ import annotations

import pytest

from bot.replay.script import Step
from bot.replay.talk import Stage
from handlers import allowances
from models.events import ChatChange, Origin
from storage import people
from storage.database import Transaction
from tests.conftest import count, say


async def desk_tickets(stage: Stage) -> int:
    rows = await stage.database.read(lambda tx: tx.all("SELECT 1 FROM ticket WHERE flow = 'desk'"))
    return len(rows)


async def test_blocking_and_unblocking_is_one_ticket(stage: Stage) -> None:
    for number in range(count(12, 60)):
        for kind in ("blocked", "unblocked"):
            origin = Origin("talk", f"{kind}{number}", "wang", "wang", stage.clock.now())
            await stage.app.accept([ChatChange(origin, kind)])
    await stage.app.settle()
    assert await desk_tickets(stage) <= 2
    assert await say(stage, "王奶奶", "你是谁"), "their lines are a different matter"


async def test_groups_added_and_removed_do_not_fill_the_desk(stage: Stage) -> None:
    for number in range(count(21, 60)):
        for kind in ("added", "removed"):
            origin = Origin("talk", f"{kind}{number}", f"g{number}", "stranger", stage.clock.now(), private=False)
            await stage.app.accept([ChatChange(origin, kind)])
    await stage.app.settle()
    assert await desk_tickets(stage) <= 3


async def test_gibberish_is_one_conversation_and_then_one_sentence(stage: Stage) -> None:
    stage._titles["s1"], stage._addresses["路人"] = "路人", "s1"
    sent: list[str] = []
    for number in range(allowances.table()[0]["lines"].count + 20):
        sent += await say(stage, "路人", f"呜哩哇啦{number}")
    assert sum("说得太快" in line for line in sent) == 1
    assert await desk_tickets(stage) <= 3
    assert await say(stage, "路人", "你是谁") == [], "what is over the allowance is not handled"
    help_ = await say(stage, "王奶奶", "找人")
    assert any("服务台群" in line for line in help_)
    cry = await say(stage, "路人", "救命，着火了")
    assert any("急" in line and "服务台群" in line for line in cry), "danger is never refused"


FORGED = [
    "cancel_yes:1:²",
    "fixed_yes:99999999999999999999:1",
    "rate_good:²:1",
    "doubt_yes:1:9" + "9" * 20,
    "erase_yes:0:²",
    "cancel_yes:1:" + "9" * 30,
    "book_move:²:1",
    "figures:²:²",
    "case_take:٣:1",
    "claim:１:0",
    "kin:²:1",
]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_numbers_are_stale_and_nobodys_trouble(stage: Stage, data: str) -> None:
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    sent = await stage.play(Step(0, "", "press", "李大爷", "", f"伪造 {data}"))
    assert len(sent) == 1 and stage.app.counts["failures"] == 0 and await desk_tickets(stage) == 0


async def test_a_refused_command_is_not_answered_for_ever_in_a_group(stage: Stage) -> None:
    sent: list[str] = []
    for _ in range(20):
        sent += await say(stage, "李大爷", "/stats", group="服务台群")
    assert 1 <= len(sent) <= 3


async def test_three_tasks_at_once(stage: Stage) -> None:
    """A11: one volunteer on many cards is shown three homes, not all of them."""
    await fill(stage, 6)
    sent: list[str] = []
    for number in range(1, 7):
        sent += await say(stage, "小李", f"接 {number}", group="志愿者群")
    assert sum("归您了" in line for line in sent) == 3
    assert sum("先办完再接" in line for line in sent) == 3


async def test_whoever_gives_everything_back_is_noticed_and_stopped(stage: Stage) -> None:
    await fill(stage, 1)
    sent: list[str] = []
    for _ in range(40):
        sent += await say(stage, "小李", "接 1", group="志愿者群")
        sent += await say(stage, "小李", "去不了了")
        if any("看了很多住户的地址" in line for line in sent):
            break
    assert any("看了很多住户的地址" in line for line in sent), "a manager hears of a harvest"


async def fill(stage: Stage, number: int) -> None:
    """So many tasks in different homes."""
    for n in range(number):
        who = f"户{n}"
        stage._titles[f"h{n}"], stage._addresses[who] = who, f"h{n}"
        await say(stage, who, f"厨房水管漏水了，{n + 1}号楼1单元501", "对")


async def test_staff_may_more(stage: Stage) -> None:
    def of(tx: Transaction) -> tuple[int, int]:
        manager, resident = people.with_role(tx, "manager")[0], people.called(tx, "王奶奶")[0]
        return allowances.most(manager, "lines"), allowances.most(resident, "lines")

    staff, usual = await stage.database.read(of)
    assert staff > usual
