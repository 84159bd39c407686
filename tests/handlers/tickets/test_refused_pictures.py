"""A picture that was refused (too large, too many, too late): one kind sentence for all of a flood, and words still count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.replay.talk import Stage
from models.events import Origin, Picture
from tests.conftest import say


async def shown(stage: Stage, count: int, fault: str, words: str = "") -> str:
    account = stage._addresses["王奶奶"]
    stage.channel.fresh.clear()
    for number in range(count):
        origin = Origin("talk", f"pic{fault}{number}", account, account, stage.clock.now(), "王奶奶")
        await stage.app.accept([replace(Picture(origin, "", words), fault=fault)])
        await stage.app.settle()
    return "\n".join(stage._line(one, changed) for one, changed in stage.channel.fresh)


@pytest.mark.parametrize(("fault", "said"), [("large", "太大"), ("much", "太多"), ("late", "没取下来")])
async def test_one_sentence(stage: Stage, fault: str, said: str) -> None:
    await say(stage, "王奶奶", "你好")
    sent = await shown(stage, 4, fault)
    assert sent.count(said) == 1 and sent.count("->") == 1


async def test_its_words_are_heard(stage: Stage) -> None:
    await say(stage, "王奶奶", "你好")
    sent = await shown(stage, 1, "large", "厨房水管漏水了")
    assert "太大" in sent and "水" in sent.replace("太大", "")
