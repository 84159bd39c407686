"""A line changed afterwards, as Telegram brings it: it counts while its question is open, and never later."""

from __future__ import annotations

from datetime import timedelta

from bot.replay.talk import Stage
from models.events import Origin, Utterance
from storage import tickets
from tests.conftest import press, say


async def edit(stage: Stage, text: str, sent: float, group: str = "") -> list[str]:
    """李大爷 changes what he said so many seconds ago; what the bot answers."""
    stage.channel.fresh.clear()
    stage._count += 1
    account, now = stage._addresses["李大爷" if not group else "小李"], stage.clock.now()
    chat = stage._addresses[group] if group else account
    origin = Origin("talk", f"edit-{stage._count}", chat, account, now, private=not group)
    first = (now - timedelta(seconds=sent)).timestamp()
    await stage.app.accept([Utterance(origin, text, edited=True, first=first)])
    await stage.app.settle()
    return [shown.text for shown, _ in stage.channel.fresh]


async def opened(stage: Stage) -> list[int]:
    return await stage.database.read(lambda tx: [one.id for one in tickets.open_in(tx)])


async def test_while_the_form_is_open_a_change_corrects_it(stage: Stage) -> None:
    await say(stage, "李大爷", "垃圾桶满了", "3号楼")
    [read_back] = await edit(stage, "4号楼", sent=5)
    assert "4号楼" in read_back and "3号楼" not in read_back
    await say(stage, "李大爷", "对")
    [place] = await stage.database.read(lambda tx: [one.place.building for one in tickets.open_in(tx)])
    assert place == "4"


async def test_after_the_form_a_change_opens_nothing_and_says_so(stage: Stage) -> None:
    await say(stage, "李大爷", "垃圾桶满了", "3号楼", "对")
    for text in ("4号楼", "电梯坏了", "不对", "算了"):
        [answer] = await edit(stage, text, sent=20)
        assert "改过的那句" in answer
    assert await opened(stage) == [1]


async def test_an_old_yes_changed_to_no_does_not_answer_the_question_of_today(stage: Stage) -> None:
    await say(stage, "李大爷", "垃圾桶满了", "3号楼", "对")
    await press(stage, "小李", "我去", "志愿者群")
    await press(stage, "小李", "弄完了")
    await stage.app.walk(stage.clock.now() + timedelta(hours=1), stage.clock.move)
    assert any("真修好了吗" in shown.text for shown in stage.channel.shown.values())
    [answer] = await edit(stage, "没修好", sent=3600)
    assert "改过的那句" in answer
    answers = await edit(stage, "没修好", sent=0)
    assert answers and "改过的那句" not in answers[0], "said after the question: it is an answer"


async def test_groups_do_not_read_changes_and_danger_always_counts(stage: Stage) -> None:
    await say(stage, "李大爷", "垃圾桶满了", "3号楼", "对")
    assert await edit(stage, "接 1", sent=0, group="志愿者群") == []
    owner = await stage.database.read(lambda tx: [one.owner for one in tickets.open_in(tx)])
    assert owner == [None]
    assert any("120" in text or "119" in text for text in await edit(stage, "着火了,救命", sent=5000))
