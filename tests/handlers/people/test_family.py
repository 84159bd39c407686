"""Relatives: linked by the resident's own word alone, told of danger only, taken off by one yes."""

from __future__ import annotations

import re

import pytest

from bot.replay.script import Step
from bot.replay.talk import Stage
from handlers.people.family import DIGITS
from storage import erasure, families, incidents, invitations, people, readings
from storage.database import Transaction
from tests.conftest import press, say
from tests.support.alarms import Watch, pass_seconds
from tests.support.cast import person, role

CODE = re.compile(rf"((?:[{DIGITS}] ){{3}}[{DIGITS}])、((?:[{DIGITS}] ){{3}}[{DIGITS}])")


def code_in(sent: list[str]) -> str:
    """The code as the resident reads it out: two groups of digits."""
    [(one, two)] = {found for line in sent for found in CODE.findall(line)}
    return f"{one}，{two}"


async def links(stage: Stage) -> list[tuple[str, str]]:
    """Resident and relative of every link there is, by name."""
    sql = "SELECT a.name AS who, b.name AS whom FROM kin k JOIN person a ON a.id = k.person JOIN person b ON b.id = k.relative"
    rows = await stage.database.read(lambda tx: tx.all(f"{sql} ORDER BY k.person, k.relative"))
    return [(row["who"], row["whom"]) for row in rows]


async def roles(stage: Stage, account: str) -> frozenset[str]:
    return await stage.database.read(lambda tx: people.get(tx, person(tx, account)).roles)


async def linked(stage: Stage, resident: str, relative: str) -> None:
    """The whole way: asked for, read out, sent."""
    await say(stage, relative, code_in(await say(stage, resident, "加家人")))


# ---------------------------------------------------------------- linking


@pytest.mark.parametrize("words", ["加家人", "让我儿子也知道", "绑定家人"])
async def test_a_relative_is_linked_by_the_code_and_told_of_danger(stage: Stage, words: str) -> None:
    """From the resident's words to the family's rung of the ladder, and nothing but danger before it."""
    code = code_in(await say(stage, "王奶奶", words))
    told = await say(stage, "赵叔", code)
    assert any("王奶奶的家人了" in line for line in told) and any("赵叔是您的家人了" in line for line in told)
    assert await links(stage) == [("王奶奶", "赵叔")] and "family" in await roles(stage, "zhao")
    await stage.app.tick()
    watch = Watch(stage)
    assert not any("赵叔" in line for line in await say(stage, "王奶奶", "厨房水管漏水了", "对"))
    await say(stage, "王奶奶", "我摔了起不来")
    await pass_seconds(stage, 400)
    assert next(one.second for one in watch.alerts("zhao")) == 360


async def test_violence_stays_without_the_linked_family(stage: Stage) -> None:
    await linked(stage, "王奶奶", "赵叔")
    await stage.app.tick()
    watch = Watch(stage)
    await say(stage, "王奶奶", "老头子又动手打我")
    await pass_seconds(stage, 720)
    assert watch.alerts("liujie") and not [one for one in watch.attempts if one.chat == "zhao"]


async def test_a_code_is_used_once_runs_out_and_is_no_use_to_the_resident(stage: Stage) -> None:
    code = code_in(await say(stage, "王奶奶", "加家人"))
    assert "念给他" in (await say(stage, "王奶奶", code))[0]
    await say(stage, "赵叔", code)
    assert "不对" in (await say(stage, "小李", code))[0]
    late = code_in(await say(stage, "王奶奶", "加家人"))
    await stage.play(Step(0, "", "down", text="2026-03-09 09:00"))
    assert any("不对" in line for line in await say(stage, "小李", late))
    assert await links(stage) == [("王奶奶", "赵叔")]


async def test_whoever_guesses_waits_however_it_is_written(stage: Stage) -> None:
    code = code_in(await say(stage, "王奶奶", "加家人"))
    for number in range(invitations.WRONG):
        wrong = ("2222 222{}", "2222222{}", "2222-222{}")[number % 3].format(number + 2)
        assert "不对" in (await say(stage, "赵叔", wrong))[0]
    assert "歇" in (await say(stage, "赵叔", code))[0] and await links(stage) == []


async def test_eight_digits_inside_a_form_are_no_code_and_a_group_links_nobody(stage: Stage) -> None:
    code = code_in(await say(stage, "王奶奶", "加家人"))
    await say(stage, "小李", code, group="志愿者群")
    await say(stage, "赵叔", "楼道灯不亮", code)
    assert await links(stage) == []
    assert await stage.database.read(lambda tx: tx.all("SELECT 1 FROM attempt")) == []


async def test_only_what_is_plainly_meant_gives_a_code(stage: Stage) -> None:
    """「告诉我儿子一声」 may mean now, so it is asked; a no gives nothing."""
    asked = await say(stage, "王奶奶", "告诉我儿子一声")
    assert "要让家人也知道吗" in asked[0] and not CODE.search(asked[0])
    assert "不加" in (await say(stage, "王奶奶", "不要"))[0]
    await say(stage, "王奶奶", "告诉我儿子一声")
    assert CODE.search((await press(stage, "王奶奶", "要"))[0])


async def test_in_danger_it_means_now_and_a_person_reads_it(stage: Stage) -> None:
    await say(stage, "王奶奶", "我摔了起不来")
    assert not any(CODE.search(line) for line in await say(stage, "王奶奶", "让我儿子也知道"))
    assert await stage.database.read(
        lambda tx: tx.all("SELECT 1 FROM ticket WHERE flow = 'desk' AND words LIKE '%儿子%'")
    )


# ---------------------------------------------------------------- the desk


@pytest.mark.parametrize(("answer", "held"), [("可以", True), ("不要", False)])
async def test_the_desks_code_links_nobody_without_the_residents_yes(stage: Stage, answer: str, held: bool) -> None:
    sent = await say(stage, "刘姐", "/family 王奶奶 3号楼")
    noted = await stage.database.read(lambda tx: readings.of_person(tx, person(tx, "wang")))
    assert [one.cause for one in noted] == ["family"], "who asked for it is written down"
    await say(stage, "赵叔", code_in(sent))
    assert await links(stage) == []
    told = await press(stage, "王奶奶", answer)
    assert await links(stage) == ([("王奶奶", "赵叔")] if held else [])
    assert sum("赵叔:" in line for line in told) == 1, "he hears one sentence either way"


async def test_the_desk_is_told_when_a_name_leads_to_nobody_or_to_two(stage: Stage) -> None:
    assert "/family" in (await say(stage, "刘姐", "/family"))[0]
    assert "没有叫" in (await say(stage, "刘姐", "/family 钱奶奶"))[0]
    assert "没有叫" in (await say(stage, "刘姐", "/family 王奶奶 9号楼"))[0]
    await stage.database.transaction(lambda tx: people.change(tx, person(tx, "chen"), name="王奶奶"))
    assert "有 2 位" in (await say(stage, "刘姐", "/family 王奶奶"))[0]
    assert CODE.search((await say(stage, "刘姐", "/family 王奶奶 7号楼"))[0])


async def test_the_desk_gives_no_code_while_the_resident_is_in_danger(stage: Stage) -> None:
    code = code_in(await say(stage, "刘姐", "/family 王奶奶"))
    await say(stage, "王奶奶", "老头子又动手打我")
    assert not CODE.search("\n".join(await say(stage, "刘姐", "/family 王奶奶")))
    sent = await say(stage, "赵叔", code)
    assert "联系不上" in sent[0] and not any("王奶奶" in line for line in sent), (
        "no question about him on her telephone now"
    )


# ---------------------------------------------------------------- no longer


async def test_taken_off_by_one_yes_without_a_word_to_the_relative(stage: Stage) -> None:
    await linked(stage, "王奶奶", "赵叔")
    out = code_in(await say(stage, "王奶奶", "加家人"))
    assert "赵叔" in (await say(stage, "王奶奶", "不让家人知道了"))[0] and await links(stage) == [("王奶奶", "赵叔")]
    told = await say(stage, "王奶奶", "对")
    assert await links(stage) == [] and "family" not in await roles(stage, "zhao")
    assert len(told) == 1 and "王奶奶" in told[0], "only she hears of it"
    assert "不对" in (await say(stage, "小李", out))[0], "a code that was still out counts no more"


async def test_of_several_the_number_says_which(stage: Stage) -> None:
    for relative in ("赵叔", "小李"):
        await linked(stage, "王奶奶", relative)
    asked = await say(stage, "王奶奶", "去掉家人")
    names = re.findall(r"[12]、(\S+)", asked[0])
    question = await stage.database.read(lambda tx: tx.one("SELECT id FROM question WHERE kind = 'family_which'"))
    assert question is not None and set(names) == {"赵叔", "小李"}
    forged = await stage.play(Step(0, "", "press", "赵叔", "", f"伪造 kin:1:{question['id']}"))
    assert "办好了" in forged[0]
    assert names[1] in (await say(stage, "王奶奶", "第二个"))[0]
    await say(stage, "王奶奶", "对")
    assert await links(stage) == [("王奶奶", names[0])]


async def test_a_relative_may_leave_and_the_resident_hears_it(stage: Stage) -> None:
    await linked(stage, "王奶奶", "赵叔")
    await linked(stage, "陈阿婆", "赵叔")
    await say(stage, "赵叔", "我不当家人了", "1")
    told = await say(stage, "赵叔", "对")
    assert any("赵叔不再做您的家人" in line for line in told)
    assert await links(stage) == [("陈阿婆", "赵叔")] and "family" in await roles(stage, "zhao"), "still 陈阿婆's"


# ---------------------------------------------------------------- what is kept


async def test_the_file_of_each_side_names_the_other(stage: Stage) -> None:
    await linked(stage, "王奶奶", "赵叔")
    for who, line in (("王奶奶", "您的家人\n- 称呼 赵叔"), ("赵叔", "您是谁的家人\n- 称呼 王奶奶")):
        await say(stage, who, "我的资料")
        file = next(shown.message.file for shown in reversed(stage.channel.shown.values()) if shown.message.file)
        assert line in file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("who", "other"), [("王奶奶", "赵叔"), ("赵叔", "王奶奶")])
async def test_erasure_of_either_side_ends_it(stage: Stage, who: str, other: str) -> None:
    await linked(stage, "王奶奶", "赵叔")
    code = code_in(await say(stage, "王奶奶", "加家人"))
    await say(stage, who, "把我的都删了")
    told = await press(stage, who, "都删掉")
    assert await links(stage) == [] and "family" not in await roles(stage, "zhao" if other == "赵叔" else "wang")
    assert any("家人不用邻声了" in line for line in told) is (other == "王奶奶"), (
        "she must know that he is not told any more"
    )
    if who == "王奶奶":
        assert "不对" in (await say(stage, "小李", code))[0]


async def test_the_command_line_erases_links_and_codes_too(stage: Stage) -> None:
    await linked(stage, "王奶奶", "赵叔")
    await say(stage, "王奶奶", "加家人")
    await stage.database.transaction(lambda tx: erasure.forget(tx, person(tx, "wang"), stage.clock.now()))
    assert await stage.database.read(_left) == (0, 0)
    assert await roles(stage, "zhao") == frozenset(), "family of nobody is no family"


def _left(tx: Transaction) -> tuple[int, int]:
    kin, codes = tx.one("SELECT count(*) AS n FROM kin"), tx.one("SELECT count(*) AS n FROM family_code")
    assert kin is not None and codes is not None
    return kin["n"], codes["n"]


async def test_codes_that_ran_out_are_forgotten(stage: Stage) -> None:
    await say(stage, "王奶奶", "加家人")
    await stage.play(Step(0, "", "clock", text="2026-03-09 08:00"))
    assert (await stage.database.read(_left))[1] == 1
    await stage.play(Step(0, "", "clock", text="2026-03-10 08:00"))
    assert (await stage.database.read(_left))[1] == 0


@pytest.mark.parametrize(
    "name", ["volunteer", "property", "mediator", "provider", "family", "resident", "vetted", "duty"]
)
async def test_nobody_but_desk_and_managers_gives_a_code_for_somebody_else(stage: Stage, name: str) -> None:
    await role(stage, "zhao", name)
    assert not CODE.search("\n".join(await say(stage, "赵叔", "/family 王奶奶")))
    assert await stage.database.read(lambda tx: incidents.kin_of(tx, person(tx, "wang"))) == []
    assert await stage.database.read(lambda tx: families.cared_for(tx, person(tx, "zhao"))) == []
