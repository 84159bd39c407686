"""Help between neighbours: who may go into a home, several pairs of hands, and money."""

from __future__ import annotations

import asyncio

import pytest

from bot.replay.script import Step
from bot.replay.talk import Stage
from handlers import flows
from handlers.tickets.claiming import HELPERS
from models.events import Origin, Press
from models.people import ROLES
from nlu.meaning import about
from storage import people, sums, tickets
from storage.database import Transaction
from tests.conftest import count, group_messages, press, say
from tests.support.invariants import unattended, unequal

HELP = flows.load()["help"]


async def status(stage: Stage, number: int = 1) -> tuple[str, int | None, list[int]]:
    def read(tx: Transaction) -> tuple[str, int | None, list[int]]:
        ticket = tickets.get(tx, number)
        assert ticket is not None
        return ticket.status, ticket.owner, tickets.holders(tx, number)

    return await stage.database.read(read)


def _only(tx: Transaction, stage: Stage, role: str) -> None:
    person = people.known(tx, "talk", "li")
    assert person is not None
    tx.run("DELETE FROM role WHERE person = ?", person.id)
    people.give_role(tx, person.id, role, stage.clock.now())
    people.give_role(tx, person.id, "volunteer", stage.clock.now())


@pytest.mark.parametrize("role", ROLES)
async def test_only_who_was_vetted_is_sent_into_a_home(stage: Stage, role: str) -> None:
    """Everybody here is a volunteer too: the home is what counts, and it is refused before anything is told."""
    await stage.database.transaction(lambda tx: _only(tx, stage, role))
    await say(stage, "王奶奶", "帮我搬一袋米上楼", "对")
    sent = "\n".join(await press(stage, "李大爷", "我去", group="志愿者群", ticket=1))
    may = role in HELP.vetted
    assert ("501" in sent) is may and ("5550 0101" in sent) is may and ("核实" in sent) is not may
    assert ((await status(stage))[0] == "accepted") is may
    if not may:
        assert "派不了" in "\n".join(await say(stage, "张主任", "/assign 1 李大爷"))
        assert (await status(stage))[0] == "open"
    assert set(HELP.vetted) <= set(ROLES) and set(HELPERS) <= set(ROLES)


async def test_to_a_public_place_any_volunteer_may_go(stage: Stage) -> None:
    await say(stage, "王奶奶", "到南门口帮我搬一袋米", "对")
    await press(stage, "小张", "我去", group="志愿者群", ticket=1)
    assert (await status(stage))[0] == "accepted"


async def test_of_many_at_once_as_many_win_as_it_takes(stage: Stage) -> None:
    helpers, seats = count(20, 200), 3
    await stage.database.transaction(lambda tx: [_vetted(tx, stage, n) for n in range(helpers)])
    await say(stage, "王奶奶", "帮我搬个柜子，要三个人抬", "对")
    events = [
        Press(Origin("talk", f"p{n}", "volunteers", f"v{n}", stage.clock.now(), private=False), "claim:1:0")
        for n in range(helpers)
    ]
    await asyncio.gather(*(stage.app.accept([event]) for event in events))
    await stage.app.settle()
    where, owner, held = await status(stage)
    told = [shown.chat for shown in stage.channel.shown.values() if "归您了" in shown.text]
    assert where == "accepted" and len(held) == seats == len(set(told)) == len(told) and owner == held[0]
    assert sum("刚被别人接走" in shown.text for shown in stage.channel.shown.values()) == helpers - seats
    assert stage.app.counts["failures"] == 0
    assert await stage.database.read(unequal) == []


def _vetted(tx: Transaction, stage: Stage, number: int) -> None:
    _, person = people.arrive(tx, "talk", f"v{number}", f"v{number}", True, f"志愿者{number}", stage.clock.now())
    for role in ("volunteer", "vetted"):
        people.give_role(tx, person.id, role, stage.clock.now())


async def two(stage: Stage) -> None:
    """小李 and 刘姐 are both there for a wardrobe."""
    await say(stage, "王奶奶", "帮我搬个柜子，要两个人抬", "对")
    assert "501" not in "\n".join(await press(stage, "小李", "我去", group="志愿者群", ticket=1)), "nobody goes alone"
    assert "还差1个" in next(
        shown.text for shown in group_messages(stage) if "柜" in shown.text or "搬东西" in shown.text
    )
    assert "501" in "\n".join(await say(stage, "刘姐", "/claim 1"))


async def test_one_of_two_who_cannot_come_leaves_one_seat(stage: Stage) -> None:
    await two(stage)
    sent = "\n".join(await press(stage, "小李", "去不了"))
    where, owner, held = await status(stage)
    assert (where, owner, len(held)) == ("open", None, 1) and "还差1个" in sent and "有一位来不了" in sent
    assert await stage.database.read(unattended) == []
    sent = "\n".join(await press(stage, "小李", "我去", group="志愿者群", ticket=1))
    assert "人齐了" in sent and (await status(stage))[0] == "accepted"
    sent = await press(stage, "刘姐", "弄完了")
    assert (await status(stage))[0] == "done" and (await status(stage))[2] == []
    assert any("辛苦" in line for line in sent)
    assert await stage.database.read(unequal) == []


async def test_sitting_down_and_standing_up_before_all_are_there(stage: Stage) -> None:
    await say(stage, "王奶奶", "帮我搬个柜子，要两个人抬", "对")
    await press(stage, "小李", "我去", group="志愿者群", ticket=1)
    assert "就在您手上" in "\n".join(await press(stage, "小李", "我去", group="志愿者群", ticket=1))
    assert "还差2个" in "\n".join(await press(stage, "小李", "去不了"))
    assert (await status(stage))[2] == []


async def test_a_second_pair_that_nobody_lends_is_the_desks(stage: Stage) -> None:
    await say(stage, "王奶奶", "帮我搬个柜子，要两个人抬", "对")
    await press(stage, "小李", "我去", group="志愿者群", ticket=1)
    sent = "\n".join(await stage.play(Step(0, "", "clock", text="2026-03-02 10:05")))
    assert "还差1个人，谁方便" in sent and "服务台群" in sent


async def test_all_are_told_when_it_is_off_or_nobody_starts(stage: Stage) -> None:
    await two(stage)
    sent = await stage.play(Step(0, "", "clock", text="2026-03-02 10:30"))
    assert sum("放回群里" in line for line in sent) == 2 and (await status(stage))[2] == []
    await press(stage, "小李", "我去", group="志愿者群", ticket=1)
    await say(stage, "刘姐", "/claim 1")
    sent = await say(stage, "王奶奶", "不用来了", "对")
    assert sum("不用去了" in line and "->" in line for line in sent) >= 2
    assert (await status(stage))[0] == "cancelled"


# ---------------------------------------------------------------- money


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("小张垫了80块买药", 8000),
        ("我垫了八十块五", 8050),
        ("给了他一百二十块", 12000),
        ("我花了35.5元", 3550),
        ("他收了我五十块钱", 5000),
        ("米要80块", None),
        ("理发多少钱", None),
        ("我八十了", None),
        ("给我换块玻璃", None),
    ],
)
def test_sums(text: str, fen: int | None) -> None:
    assert about.money(text) == fen


async def money(stage: Stage) -> list[sums.Sum]:
    return await stage.database.read(lambda tx: sums.of_ticket(tx, 1))


async def shopped(stage: Stage) -> None:
    await say(stage, "王奶奶", "帮我买点药", "对")
    await press(stage, "小李", "我去", group="志愿者群", ticket=1)


@pytest.mark.parametrize(("yuan", "state"), [("50", "small"), ("51", "asked")])
async def test_a_small_sum_is_written_down_a_larger_one_is_asked_about(stage: Stage, yuan: str, state: str) -> None:
    await shopped(stage)
    sent = await say(stage, "小李", f"我垫了{yuan}块钱")
    assert [one.state for one in await money(stage)] == [state]
    assert sum("对吗" in line for line in sent) == (2 if state == "asked" else 0)


@pytest.mark.parametrize(
    ("resident", "helper", "state"), [("对", "对", "agreed"), ("对", "不对", "disputed"), ("不对", "", "disputed")]
)
async def test_both_sides_say_it(stage: Stage, resident: str, helper: str, state: str) -> None:
    await shopped(stage)
    await say(stage, "王奶奶", "小李垫了80块买药")
    assert "办好了" in (await stage.play(Step(0, "", "press", "小张", "", "伪造 agree:1:1")))[0]
    await press(stage, "王奶奶", resident)
    if helper:
        assert (await money(stage))[0].state == "asked", "one side alone must not settle it"
        await press(stage, "小李", helper)
    assert (await money(stage))[0].state == state
    desk = [ticket for ticket in await stage.database.read(tickets.open_in) if ticket.category == "money"]
    assert len(desk) == (state == "disputed")


async def test_a_sum_nobody_answers_is_the_desks_after_a_day(stage: Stage) -> None:
    await shopped(stage)
    await say(stage, "王奶奶", "小李垫了80块买药")
    await press(stage, "王奶奶", "对")
    await stage.play(Step(0, "", "clock", text="2026-03-03 10:00"))
    assert (await money(stage))[0].state == "disputed"
    assert any(ticket.category == "money" for ticket in await stage.database.read(tickets.open_in))


async def test_money_without_a_task_is_somebody_elses_affair(stage: Stage) -> None:
    await say(stage, "王奶奶", "我昨天花了80块买菜")
    assert await stage.database.read(lambda tx: tx.all("SELECT 1 FROM money")) == []
