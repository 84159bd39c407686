"""A16: what somebody else presses about an offered place takes nothing from the one who was asked."""

from __future__ import annotations

import pytest

from bot.replay.script import Step
from bot.replay.talk import Stage
from storage.dialogues import OpenQuestion, question
from tests.conftest import say


async def offered(stage: Stage) -> OpenQuestion:
    """A place is free again and 陈阿婆 is asked whether she wants it."""
    await say(stage, "王奶奶", "想约明天下午两点半理发", "对")
    await say(stage, "陈阿婆", "我要约明天下午两点半理发", "都不行，排队等", "对")
    sent = await say(stage, "王奶奶", "理发改到周五上午十点", "对")
    assert any("要吗" in line for line in sent), sent
    row = await stage.database.read(lambda tx: tx.one("SELECT id FROM question WHERE kind = 'place'"))
    assert row is not None
    found = await stage.database.read(lambda tx: question(tx, row["id"]))
    assert found is not None
    return found


@pytest.mark.parametrize("who", ["李大爷", "王奶奶", "小李", "周师傅", "张主任"])
@pytest.mark.parametrize("verb", ["book_no", "book_yes"])
async def test_nobody_else_answers_it(stage: Stage, who: str, verb: str) -> None:
    question = await offered(stage)
    for last in (question.id, 0, 10**12):
        sent = await stage.play(Step(0, "", "press", who, "", f"伪造 {verb}:{question.ticket}:{last}"))
        assert any("过去了" in line or "办好了" in line for line in sent), sent
    sent = await say(stage, "陈阿婆", "要")
    assert any("陈阿婆" in line and "明天" in line and "没听明白" not in line for line in sent), sent
    row = await stage.database.read(lambda tx: tx.one("SELECT status FROM ticket WHERE id = ?", question.ticket))
    assert row is not None and row["status"] == "open"
