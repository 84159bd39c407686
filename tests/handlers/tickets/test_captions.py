"""A21: the words under a picture are a line that was said, whatever becomes of the picture itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.replay.talk import Stage
from models.events import Origin, Picture
from storage import tickets
from tests.conftest import say


async def shown(stage: Stage, words: str, file: str = "a.jpg", fault: str = "", forwarded: bool = False) -> str:
    """王奶奶 sends a picture with words under it; returns what she is told."""
    (stage.folders.pictures / "a.jpg").write_bytes(b"jpeg")
    account = stage._addresses["王奶奶"]
    origin = Origin("talk", f"{words}{file}{fault}", account, account, stage.clock.now(), "王奶奶", forwarded=forwarded)
    stage.channel.fresh.clear()
    await stage.app.accept([replace(Picture(origin, file, words), fault=fault)])
    await stage.app.settle()
    return "\n".join(shown.text for shown, _ in stage.channel.fresh if shown.chat == account)


@pytest.mark.parametrize(("file", "fault"), [("a.jpg", ""), ("", "large"), ("", "much"), ("", "late"), ("", "kind")])
async def test_a_need_under_a_picture_is_a_need(stage: Stage, file: str, fault: str) -> None:
    await say(stage, "王奶奶", "你好")
    told = await shown(stage, "厨房水管漏水了", file, fault)
    assert "对吗" in told and "水" in told and "这是哪儿坏了" not in told, told
    await say(stage, "王奶奶", "对")
    [ticket] = [one for one in await stage.database.read(tickets.open_in) if one.flow == "issue"]
    assert "厨房水管漏水" in ticket.words and ticket.pictures == ((file,) if file else ())


@pytest.mark.parametrize("words", ["救命，着火了", "我摔倒了起不来"])
async def test_a_cry_under_a_picture_alerts(stage: Stage, words: str) -> None:
    await shown(stage, words)
    assert await stage.database.read(lambda tx: tx.one("SELECT 1 FROM incident"))


async def test_words_that_mean_nothing_yet_wait_with_their_picture(stage: Stage) -> None:
    await say(stage, "王奶奶", "你好")
    await shown(stage, "呜哩哇啦蓝")
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    [ticket] = [one for one in await stage.database.read(tickets.open_in) if one.flow == "issue"]
    assert ticket.pictures == ("a.jpg",) and "呜哩哇啦蓝" in ticket.words, "kept with the ticket, not lost"


@pytest.mark.parametrize("file", ["a.jpg", ""])
@pytest.mark.parametrize("words", ["对", "都删了", "/forget", "是"])
async def test_words_under_a_picture_that_was_passed_on_answer_nothing(stage: Stage, words: str, file: str) -> None:
    await say(stage, "王奶奶", "你好", "把我的都删了")
    await shown(stage, words, file, forwarded=True)
    await say(stage, "王奶奶", "对")
    found = await stage.database.read(lambda tx: tx.one("SELECT 1 FROM person WHERE name = '王奶奶'"))
    assert found, "nobody is erased by what somebody else wrote, nor by a 对 that comes after it"
