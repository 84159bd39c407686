"""What holds on every path: one winner, nothing personal in a group, every open ticket looked after, events rebuild tickets."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.replay import script
from bot.replay.talk import Stage
from models.events import Origin, Press, Utterance
from storage import people, tickets
from storage.database import Transaction
from tests.conftest import count, press, say
from tests.support.invariants import CANARIES, unattended, unequal

FILES = sorted((Path(__file__).parents[1] / "conversations" / "zh").rglob("*.chat"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_every_conversation_keeps_the_invariants(path: Path, stage: Stage) -> None:
    for step in script.read(path.read_text(encoding="utf-8")):
        await stage.play(step)
    assert await stage.database.read(unattended) == []
    assert await stage.database.read(unequal) == []


async def test_of_many_claims_at_once_one_wins(stage: Stage) -> None:
    helpers, numbers = count(40, 200), count(6, 30)
    await stage.database.transaction(lambda tx: [_volunteer(tx, stage, n) for n in range(helpers)])
    for number in range(1, numbers + 1):
        await say(stage, "王奶奶", "南门口的垃圾桶满了", "对")
        await stage.database.transaction(lambda tx, n=number: _close_joins(tx, n))  # type: ignore[misc]
    opened = await stage.database.read(tickets.numbers)
    events = [
        Press(
            Origin("talk", f"{number}-{n}", "volunteers", f"v{n}", stage.clock.now(), private=False),
            f"claim:{number}:0",
        )
        for number in opened
        for n in range(helpers)
    ]
    await asyncio.gather(*(stage.app.accept([event]) for event in events))
    await stage.app.settle()
    claims = await stage.database.read(lambda tx: tx.all("SELECT ticket, count(*) AS n FROM claim GROUP BY ticket"))
    assert len(opened) == numbers
    assert {row["ticket"]: row["n"] for row in claims} == dict.fromkeys(opened, 1)
    told = [
        shown.text
        for shown in stage.channel.shown.values()
        if shown.chat.startswith("v") and shown.chat != "volunteers"
    ]
    assert sum("归您了" in text for text in told) == numbers
    assert sum("别人接走" in text or "先办完再接" in text for text in told) == numbers * (helpers - 1)


def _volunteer(tx: Transaction, stage: Stage, number: int) -> None:
    _, person = people.arrive(tx, "talk", f"v{number}", f"v{number}", True, f"志愿者{number}", stage.clock.now())
    people.give_role(tx, person.id, "volunteer", stage.clock.now())


def _close_joins(tx: Transaction, number: int) -> None:
    """So that the next report of the same thing is a ticket of its own."""
    tx.run("UPDATE ticket SET category = 'other' WHERE id = ?", number)


async def test_nothing_personal_reaches_a_group(stage: Stage) -> None:
    """Canaries in name, phone, home, words and user name, over every path that a ticket can take."""
    await stage.database.transaction(lambda tx: _plant(tx, stage))
    await _walk_every_path(stage)
    groups = {group.address for group in stage.seed.groups}
    seen = [shown.text for shown, _ in stage.everything if shown.chat in groups]
    labels = [
        b.label + b.data
        for shown, _ in stage.everything
        if shown.chat in groups
        for r in shown.message.buttons
        for b in r
    ]
    assert len(seen) > 8
    for canary in CANARIES.values():
        assert not [text for text in seen + labels if canary in text]
    private = "\n".join(shown.text for shown, _ in stage.everything if shown.chat not in groups)
    for kind in ("name", "phone", "room", "words"):
        assert CANARIES[kind] in private, f"the canary {kind} never sang: the path proves nothing"


def _plant(tx: Transaction, stage: Stage) -> None:
    from models.meaning import PlaceExpression

    person = people.known(tx, "talk", "wang")
    assert person is not None
    home = PlaceExpression("", "3", "2", None, CANARIES["room"])
    people.change(tx, person.id, name=CANARIES["name"], phone=CANARIES["phone"], home=home)


async def _walk_every_path(stage: Stage) -> None:
    words = CANARIES["words"]
    seen = []
    original = stage.channel.send

    async def send(chat: str, message: object, edit: str | None = None) -> str:
        reference = await original(chat, message, edit)  # type: ignore[arg-type]
        seen.append((stage.channel.shown[reference], edit is not None))
        return reference

    stage.channel.send = send  # type: ignore[assignment]
    stage.everything = seen  # type: ignore[attr-defined]
    await say(stage, "王奶奶", f"厨房水管漏水了,{words}也湿了", "没有", "对")
    await say(stage, "小李", "接 1", group="志愿者群")
    await say(stage, "小李", "去不了", "接 1", "出发了", "到了", "敲门没人开", "弄完了")
    await say(stage, "王奶奶", f"没修好,{words}还在滴水", "还没人来")
    await say(stage, "小李", f"弄完了,{words}", group="志愿者群")
    await stage.play(script.Step(0, "", "clock", text="2026-03-02 10:30"))
    await say(stage, "王奶奶", "修好了", "不满意", f"{words}不高兴", "找人", f"救命,{words}", "对了")
    await press(stage, "刘姐", "我来管", group="服务台群")
    await say(stage, "刘姐", f"您好,{words}怎么了")
    await say(stage, "王奶奶", f"{words}飞了")
    await say(stage, "刘姐", "结束")
    await say(stage, "王奶奶", f"{CANARIES['name']}家的{words}掉在楼道灯上,灯不亮", "没有", "对")
    await stage.play(script.Step(0, "", "clock", text="2026-03-05 10:30"))


async def test_a_user_name_never_reaches_a_group(stage: Stage) -> None:
    seen: list[str] = []
    original = stage.channel.send

    async def send(chat: str, message: object, edit: str | None = None) -> str:
        if chat in ("volunteers", "desk"):
            seen.append(getattr(message, "text", ""))
        return await original(chat, message, edit)  # type: ignore[arg-type]

    stage.channel.send = send  # type: ignore[assignment]
    for number, line in enumerate(("楼道灯不亮", "五号楼", "没有", "对", "找人", "着火了")):
        origin = Origin("talk", f"s{number}", "new", "new", stage.clock.now(), CANARIES["user"])
        stage._titles["new"] = "new"
        await stage.app.accept([Utterance(origin, line)])
        await stage.app.settle()
    assert len(seen) >= 3
    assert not [text for text in seen if CANARIES["user"] in text]


async def test_nobody_rates_their_own_work(stage: Stage) -> None:
    await say(stage, "小李", "3号楼楼道灯不亮", "没有", "对")
    sent = await say(stage, "小李", "接 1", group="志愿者群")
    assert len(sent) == 1 and "您自己报的" in sent[0]
