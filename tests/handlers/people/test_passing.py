"""A8: a report for somebody else goes to them by a code or by the desk's hand, never by a name of their own making."""

from __future__ import annotations

import re

from bot.replay.talk import Stage
from models.tickets import Ticket
from storage import people, tickets
from tests.conftest import say


async def filed(stage: Stage) -> int:
    await say(stage, "赵叔", "/for 赵大爷 5号楼1单元402 水管漏水", "对")
    await say(stage, "李大爷", "以后叫我赵大爷", "对", "我住五号楼1单元402", "对")
    return next(t.id for t in await stage.database.read(tickets.open_in) if "for" in t.slots)


async def ticket(stage: Stage, number: int) -> Ticket:
    found = await stage.database.read(lambda tx: tickets.get(tx, number))
    assert found is not None
    return found


async def person(stage: Stage, account: str) -> int:
    found = await stage.database.read(lambda tx: people.known(tx, "talk", account))
    assert found is not None
    return found.id


async def test_by_the_filers_code_once(stage: Stage) -> None:
    number = await filed(stage)
    before = await ticket(stage, number)
    for who in ("李大爷", "陈阿婆", "小李"):
        assert "这样写" in (await say(stage, who, f"/pass {number}"))[-1], who
    sent = (await say(stage, "赵叔", f"/pass {number}"))[-1]
    digits = "".join(re.findall(r"(?<![0-9])[2-9](?![0-9])", sent))
    assert len(digits) == 8 and digits not in str((await ticket(stage, number)).slots)
    await say(stage, "陈阿婆", "2345 6789")
    assert (await ticket(stage, number)).reporter == before.reporter
    told = "\n".join(await say(stage, "李大爷", digits))
    after = await ticket(stage, number)
    assert after.reporter == await person(stage, "li") and "for" not in after.slots and "-> 赵叔" in told
    await say(stage, "陈阿婆", digits)
    assert (await ticket(stage, number)).reporter == after.reporter, "once"


async def test_the_word_for_the_door_never_moves(stage: Stage) -> None:
    number = await filed(stage)
    sent = (await say(stage, "赵叔", f"/pass {number}"))[-1]
    digits = "".join(re.findall(r"(?<![0-9])[2-9](?![0-9])", sent))
    await say(stage, "小李", f"接 {number}", group="志愿者群")
    before = await ticket(stage, number)
    told = "\n".join([*await say(stage, "李大爷", digits), *await say(stage, "张主任", f"/pass {number} 赵大爷")])
    assert await ticket(stage, number) == before and "暗号「" not in told and "暗号是" not in told


async def test_by_the_desks_hand(stage: Stage) -> None:
    number = await filed(stage)
    assert "没转" in (await say(stage, "张主任", f"/pass {number} 没有这人"))[-1]
    li = await person(stage, "li")
    sent = "\n".join(await say(stage, "张主任", f"/pass {number} {li}"))
    assert (await ticket(stage, number)).reporter == li and "转给" in sent


async def test_what_is_ones_own_is_passed_to_nobody(stage: Stage) -> None:
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    assert "这样写" in (await say(stage, "王奶奶", "/pass 1"))[-1]
    assert "这样写" in (await say(stage, "张主任", "/pass 1 李大爷"))[-1]
