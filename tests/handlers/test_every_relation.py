"""Every verb, pressed by everybody on everything there is: who is neither allowed by role nor by what they are to it changes
nothing and is shown nothing; the same for what they say and for commands that name a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import pytest

from bot.replay.script import Step
from bot.replay.talk import Stage
from handlers import buttons, rights
from handlers.people import passing
from storage.database import Transaction
from tests.conftest import SOAK, press, say
from tests.support.pressed import SECRETS, TABLES

LEAK, LIFT, CALL, CUT, QUARREL, FOR = range(1, 7)
"""The numbers of what there is."""
RELATIONS = {
    "王奶奶": {LEAK: "reporter", CALL: "reporter", QUARREL: "party"},
    "陈阿婆": {LIFT: "reporter", CUT: "reporter"},
    "赵叔": {LIFT: "joined", QUARREL: "party"},
    "李大爷": {},
    "小李": {LEAK: "helper", FOR: "filer reporter"},
    "小张": {},
    "老赵": {},
    "周师傅": {CUT: "provider"},
    "何老师": {QUARREL: "mediator"},
    "孙阿姨": {},
}
"""What everybody is to it. 老赵 gave the lift back, 赵叔 is a relative of 王奶奶, 孙阿姨 mediates nothing, 李大爷 is a stranger."""
ROLES = {
    "小李": {"volunteer", "vetted"},
    "小张": {"volunteer"},
    "老赵": {"property"},
    "周师傅": {"provider"},
    "何老师": {"mediator"},
    "孙阿姨": {"mediator"},
}
ELSEWHERE = {"mediator": {"mediator"}, "party": {"party"}, "provider": {"provider"}}
"""What asks for the right of a verb that is no row about a ticket → who is let in."""
OWN = {"human", "mine", "erase", "urgent", "mistake"}
"""Verbs about the presser alone."""
SAID = (
    "{n}号弄完了",
    "{n}号去不了了",
    "{n}号不要了",
    "{n}号修好了",
    "{n}号不满意",
    "{n}号改到明天下午三点",
    "/ticket {n}",
    "/undo {n}",
    "/merge {n} 2",
    "/assign {n} 小张",
    "/pass {n}",
)


async def world(stage: Stage) -> None:
    """One of everything, and everybody in it."""
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    await say(stage, "小李", "接 1", group="志愿者群")
    await say(stage, "陈阿婆", "七号楼电梯坏了", "对")
    await say(stage, "赵叔", "七号楼电梯不动了", "对")
    await say(stage, "老赵", "接 2", group="物业群")
    await say(stage, "老赵", "去不了了")
    await say(stage, "王奶奶", "找人")
    await say(stage, "陈阿婆", "想约明天下午三点理发", "对")
    await say(stage, "王奶奶", "评评理", "七号楼的赵叔", "他家鞋柜摆在过道上", "把鞋柜挪进屋就行", "可以问", "对")
    for label in ("我来调", "问对方", "问赵叔"):
        await press(stage, "何老师", label)
    await press(stage, "赵叔", "愿意听听")
    await say(stage, "小李", "/for 张大爷 3号楼1单元201 灯坏了", "没有", "对")
    await say(stage, "李大爷", "你好")
    await say(stage, "小张", "你好")
    await say(stage, "孙阿姨", "你好")


def _shot(tx: Transaction, but: Sequence[str] = ()) -> list[Sequence[Any]]:
    tables = [name for name in TABLES if name not in but]
    return [tuple(row) for name in tables for row in tx.all(f"SELECT '{name}', * FROM {name} ORDER BY 1, 2, 3")]


def denied() -> Iterator[tuple[str, str, int]]:
    """Everybody, every verb and every number that the table does not let them at."""
    table = rights.table()
    for who, verb, number in product(RELATIONS, sorted(buttons.table()), range(1, FOR + 1)):
        relations = set(RELATIONS[who].get(number, "").split())
        if verb in table.ticket:
            allowed = table.ticket[verb] & (ROLES.get(who, set()) | relations)
        else:
            by = table.elsewhere[verb]
            allowed = frozenset({who} if verb in OWN else ELSEWHERE.get(by, set()) & relations)
        if not allowed and verb != passing.VERB:
            yield who, verb, number


async def clear(stage: Stage) -> None:
    """Nobody has asked for anything yet today."""
    await stage.database.transaction(lambda tx: tx.run("DELETE FROM spent"))


def untold(sent: str, who: str, number: int) -> list[str]:
    """What is shown of somebody's home, telephone or word for the door to whom it is no business of."""
    return [] if RELATIONS[who].get(number) else [secret for secret in SECRETS if secret in sent]


async def test_nobody_reaches_what_is_not_theirs_by_a_button(stage: Stage) -> None:
    await world(stage)
    presses = [one for number, one in enumerate(denied()) if SOAK or number % 7 == 0]
    assert len({verb for _, verb, _ in presses}) >= len(buttons.table()) - len(OWN) - 1, "every verb was pressed"
    before = await stage.database.read(_shot)
    for who, verb, number in presses:
        await clear(stage)
        sent = "\n".join(await stage.play(Step(0, "", "press", who, "", f"伪造 {verb}:{number}:0")))
        assert not untold(sent, who, number), (who, verb, number, sent)
        assert await stage.database.read(_shot) == before, (who, verb, number)
    assert stage.app.counts["failures"] == 0


async def test_nobody_answers_what_another_was_asked(stage: Stage) -> None:
    """With the number of the very question, as a copied message would carry it."""
    await world(stage)
    await say(stage, "王奶奶", "1号不要了")
    asked = await stage.database.read(lambda tx: [dict(row) for row in tx.all("SELECT * FROM question")])
    before = await stage.database.read(_shot)
    verbs = [verb for verb, by in rights.table().elsewhere.items() if by == "asked"]
    addresses = stage._addresses
    assert asked and verbs
    for one, verb, who in product(asked, verbs, RELATIONS):
        person = await stage.database.read(
            lambda tx, who=who: tx.one("SELECT person FROM account WHERE account = ?", addresses[who])
        )
        if person and person["person"] == one["person"]:
            continue
        await clear(stage)
        await stage.play(Step(0, "", "press", who, "", f"伪造 {verb}:{one['ticket'] or 0}:{one['id']}"))
        assert await stage.database.read(_shot) == before, (who, verb, one["kind"])


@pytest.mark.parametrize("who", ["李大爷", "赵叔", "小张", "老赵", "孙阿姨", "周师傅"])
async def test_nobody_reaches_what_is_not_theirs_by_words(stage: Stage, who: str) -> None:
    """Their own questions, forms and tickets may change; nothing else does."""
    await world(stage)
    own = ("question", "dialogue")
    before = await stage.database.read(lambda tx: _shot(tx, own))
    numbers = [number for number in range(1, FOR + 1) if not RELATIONS[who].get(number)]
    for line, number in product(SAID, numbers if SOAK else numbers[::2]):
        await clear(stage)
        sent = "\n".join(await say(stage, who, line.format(n=number)))
        assert not untold(sent, who, number), (line, number, sent)
        after = await stage.database.read(lambda tx: _shot(tx, own))
        changed = [row for row in after if row not in before]
        assert [row for row in changed if row[0] != "ticket" or not RELATIONS[who].get(row[1])] == [], (line, number)
        await stage.database.transaction(lambda tx: tx.run("DELETE FROM question"))
        await stage.database.transaction(lambda tx: tx.run("DELETE FROM dialogue"))
