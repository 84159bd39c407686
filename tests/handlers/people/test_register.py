"""The community's list in chat: cards for who may see them, each showing written down, joined by a manager's word only."""

from __future__ import annotations

from bot.replay.talk import Stage
from models.households import Door, Facts
from storage import households, people, readings
from tests.conftest import say

ZHANG = Facts("张秀英", Door("3", "2", "501"), "13800138000", "owner", "yes", "", "visit")


async def listed(stage: Stage, *facts: Facts) -> list[int]:
    def add(tx):
        return [households.add(tx, one, "名单.xlsx", stage.clock.now()) for one in facts]

    return await stage.database.transaction(add)


async def number(stage: Stage, name: str) -> int:
    (found,) = await stage.database.read(lambda tx: people.called(tx, name))
    return found.id


async def test_a_card_says_what_the_list_says_and_is_written_down(stage: Stage) -> None:
    (entry,) = await listed(stage, ZHANG)
    for asked in ("/card 张秀英", "/card 3号楼2单元501", f"/card {entry}", "/名册 张秀英"):
        shown = (await say(stage, "张主任", asked))[-1]
        assert f"名册 {entry} 号：张秀英，3号楼2单元501" in shown, asked
        assert "业主，独居，电话 13800138000" in shown and "同意登记（上门问的）" in shown
    rows = await stage.database.read(lambda tx: tx.all("SELECT reader, resident, cause FROM reading"))
    reader = await number(stage, "张主任")
    assert [tuple(row) for row in map(dict.values, map(dict, rows))] == [(reader, entry, "card")] * 4


async def test_nobody_else_sees_a_card(stage: Stage) -> None:
    await listed(stage, ZHANG)
    for who in ("王奶奶", "小李", "赵叔"):
        assert not any("13800138000" in line for line in await say(stage, who, "/card 张秀英"))
        assert not any("记下了" in line for line in await say(stage, who, "/link 1 1"))
    assert await stage.database.read(lambda tx: tx.all("SELECT 1 FROM reading")) == []


async def test_who_is_not_on_the_list_and_an_empty_question(stage: Stage) -> None:
    assert "名册上没有李四" in (await say(stage, "张主任", "/card 李四"))[-1]
    assert "要看谁" in (await say(stage, "张主任", "/card"))[-1]
    for wrong in ("/link", "/link 1", "/link 999 1", "/link ² 1", "/link 1 没有这人"):
        assert "这样写" in (await say(stage, "张主任", wrong))[-1], wrong


async def test_a_name_and_a_home_of_ones_own_making_join_nobody(stage: Stage) -> None:
    (entry,) = await listed(stage, ZHANG)
    await say(stage, "王奶奶", "以后叫我张秀英", "对", "我住3号楼2单元501", "对")
    found = await stage.database.read(lambda tx: households.numbered(tx, entry))
    assert found is not None and found.person is None


async def test_a_manager_joins_and_parts_them(stage: Stage) -> None:
    entry, other = await listed(stage, ZHANG, Facts("王桂兰", Door("3", "2", "502")))
    await say(stage, "王奶奶", "你好")
    person = await number(stage, "王奶奶")
    assert f"就是邻声 {person} 号" in (await say(stage, "张主任", f"/link {entry} {person}"))[-1]
    assert f"（{person} 号）" in (await say(stage, "张主任", "/card 张秀英"))[-1]
    assert "已经对上名册" in (await say(stage, "张主任", f"/link {other} {person}"))[-1]
    assert "先不对应谁" in (await say(stage, "张主任", f"/link {entry} 0"))[-1]
    assert f"就是邻声 {person} 号" in (await say(stage, "张主任", f"/link {other} {person}"))[-1]


async def test_who_is_erased_leaves_the_list_too(stage: Stage) -> None:
    (entry,) = await listed(stage, ZHANG)
    await say(stage, "王奶奶", "你好")
    person = await number(stage, "王奶奶")
    await say(stage, "张主任", f"/link {entry} {person}", "/card 张秀英")
    shown = await stage.database.read(lambda tx: readings.of_person(tx, person))
    assert [one.cause for one in shown] == ["card"]
    await say(stage, "王奶奶", "把我的都删了", "对")
    assert await stage.database.read(lambda tx: households.numbered(tx, entry)) is None
    assert await stage.database.read(lambda tx: tx.all("SELECT 1 FROM resident_event")) == []
