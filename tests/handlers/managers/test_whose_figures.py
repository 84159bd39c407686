"""Figures and exports are the managers', in private: nobody else reaches them by command, by words or by a button."""

from __future__ import annotations

import pytest

from bot.replay.script import Step
from bot.replay.talk import Stage
from models.people import ROLES
from storage import people
from storage.database import Transaction
from tests.conftest import say

LINES = ("/export", "/stats", "/chart", "导出三月的", "把这个月的单子导出来", "今天的情况", "本月统计", "画成图")
BUTTONS = ("figures:all.2026-03-01.2026-03-31:0", "figures:chart.2026-03-01.2026-03-31:0", "figures:people.x:0")


def _is_one(line: str) -> bool:
    return "新开：" in line or "[图]" in line or "正在导出" in line


def _make(tx: Transaction, stage: Stage, role: str) -> None:
    person = people.known(tx, "talk", "li")
    assert person is not None
    people.give_role(tx, person.id, role, stage.clock.now())


@pytest.mark.parametrize("role", ["", *sorted(set(ROLES) - {"manager"})])
async def test_nobody_else_gets_them(stage: Stage, role: str) -> None:
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    await say(stage, "李大爷", "你好")
    if role:
        await stage.database.transaction(lambda tx: _make(tx, stage, role))
    for line in LINES:
        assert not [one for one in await say(stage, "李大爷", line) if _is_one(one)], line
    for data in BUTTONS:
        sent = await stage.play(Step(0, "", "press", "李大爷", "", f"伪造 {data}"))
        assert not [one for one in sent if _is_one(one)], data


async def test_a_manager_does_not_get_them_before_everybody(stage: Stage) -> None:
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    for line in LINES:
        assert not [one for one in await say(stage, "张主任", line, group="志愿者群") if _is_one(one)], line
    assert [one for one in await say(stage, "张主任", "/stats") if _is_one(one)]
