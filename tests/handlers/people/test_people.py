"""People: one-time codes, what they say of themselves, and speaking for somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.replay.script import Step
from bot.replay.talk import Stage
from handlers.mediation import mediators
from models.people import ROLES
from nlu.meaning import about
from storage import families, invitations, others, people, retention, tickets
from storage.database import Transaction
from tests.conftest import press, say
from tests.support.invariants import unattended, unequal

CODE = "ABCD-2345"


async def known(stage: Stage, account: str) -> people.Person:
    found = await stage.database.read(lambda tx: people.known(tx, "talk", account))
    assert found is not None
    return found


async def invite(stage: Stage, role: str, code: str = CODE) -> None:
    await stage.database.transaction(lambda tx: invitations.invite(tx, code, role, stage.clock.now()))


# ---------------------------------------------------------------- codes


@pytest.mark.parametrize("role", ROLES)
async def test_a_code_gives_its_role_once(stage: Stage, role: str) -> None:
    await invite(stage, role)
    told = await say(stage, "李大爷", CODE.lower())
    assert len(told) == (2 if role == "mediator" else 1) and "不对" not in told[0], "a mediator is asked for the stair"
    assert (await known(stage, "li")).roles == {role}
    assert "不对" in (await say(stage, "赵叔", CODE))[0]
    assert (await known(stage, "zhao")).roles == frozenset()


async def test_a_code_runs_out(stage: Stage) -> None:
    await invite(stage, "manager")
    assert stage.clock.now() + invitations.VALID == datetime.fromisoformat("2026-03-09 09:00+08:00")
    await stage.play(Step(0, "", "down", text="2026-03-09 09:00"))
    assert "不对" in "\n".join(await say(stage, "李大爷", CODE))
    assert (await known(stage, "li")).roles == frozenset()


async def test_whoever_guesses_has_to_wait(stage: Stage) -> None:
    await invite(stage, "manager")
    for number in range(invitations.WRONG):
        assert "不对" in (await say(stage, "李大爷", f"WWWW-222{number + 2}"))[0]
    assert "歇" in (await say(stage, "李大爷", CODE))[0]
    assert (await known(stage, "li")).roles == frozenset(), "a right code during the pause must not count"
    assert "管理员" in (await say(stage, "赵叔", CODE))[0], "somebody else is not held up"
    await invite(stage, "volunteer", "ABCD-6789")
    await stage.play(Step(0, "", "clock", text="2026-03-02 10:01"))
    await say(stage, "李大爷", "ABCD-6789")
    assert (await known(stage, "li")).roles == {"volunteer"}


async def test_a_code_in_a_group_gives_nothing(stage: Stage) -> None:
    await invite(stage, "manager")
    await say(stage, "小张", CODE, group="志愿者群")
    assert (await known(stage, "xiaozhang")).roles == {"volunteer"}


# ---------------------------------------------------------------- profile


async def test_nothing_is_kept_before_the_yes_and_nothing_that_does_not_exist(stage: Stage) -> None:
    before = await known(stage, "wang")
    assert "1 到 18" in (await say(stage, "王奶奶", "我搬到三十号楼了"))[0]
    await say(stage, "王奶奶", "我搬到五号楼了")
    assert await known(stage, "wang") == before
    question = await stage.database.read(lambda tx: tx.one("SELECT id FROM question WHERE kind = 'profile'"))
    assert question is not None
    sent = await stage.play(Step(0, "", "press", "赵叔", "", f"伪造 agree:profile:{question['id']}"))
    assert "办好了" in sent[0] and await known(stage, "wang") == before
    await press(stage, "王奶奶", "对")
    moved = (await known(stage, "wang")).home
    assert moved is not None and (moved.building, moved.unit, moved.room) == ("5", None, None), "the old door stayed"
    await press(stage, "王奶奶", "对")
    await say(stage, "王奶奶", "我的资料")
    file = next(shown.message.file for shown in reversed(stage.channel.shown.values()) if shown.message.file)
    assert "5号楼" in file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("text", "name", "phone"),
    [
        ("我叫王秀兰", "王秀兰", None),
        ("我不叫王秀英,我叫王秀兰", "王秀兰", None),
        ("以后叫我王老师", "王老师", None),
        ("你叫我老王就行", "老王", None),
        ("叫我一声", None, None),
        ("我叫什么名字", None, None),
        ("我电话是一三八零零零零一一一一", None, "13800001111"),
        ("新号是138 0000 1111", None, "13800001111"),
    ],
)
def test_what_people_say_of_themselves(text: str, name: str | None, phone: str | None) -> None:
    assert (about.name(text), about.phone(text)) == (name, phone)


@pytest.mark.parametrize(
    ("text", "home"),
    [("我家是三号楼二单元501", True), ("我住5号楼", True), ("我在三号楼门口等", False), ("我是三号楼的", False)],
)
def test_where_somebody_is_is_not_where_they_live(text: str, home: bool) -> None:
    assert about.is_home(text) is home


# ---------------------------------------------------------------- for somebody else


@pytest.mark.parametrize(
    ("text", "who", "rest"),
    [
        ("替我老伴", "老伴", ""),
        ("帮我妈报一个", "妈妈", ""),
        ("替我妈报一下,厨房水管漏水", "妈妈", "厨房水管漏水"),
        ("替三号楼的张大爷报一下", "张大爷", ""),
        ("帮三号楼的张大爷报一下,灯坏了", "张大爷", "灯坏了"),
        ("帮我搬个柜子", None, ""),
        ("给我女儿打个电话", None, ""),
        ("替我谢谢小李", None, ""),
    ],
)
def test_whom_it_is_for(text: str, who: str | None, rest: str) -> None:
    found = about.behalf(text)
    assert (found.called if found else None, found.rest if found else "") == (who, rest)


async def test_the_telephone_speaks_for_its_owner_again_after_the_need_or_a_while(stage: Stage) -> None:
    await say(stage, "王奶奶", "替我老伴", "厨房水管漏水了", "对")
    assert "替" not in (await say(stage, "王奶奶", "帮我搬一袋米上楼"))[0]
    await say(stage, "王奶奶", "算了", "替我老伴")
    await stage.play(Step(0, "", "clock", text="2026-03-02 09:20"))
    assert "替" not in (await say(stage, "王奶奶", "帮我搬一袋米上楼"))[-1]


async def test_a_neighbour_lives_elsewhere_and_their_place_is_remembered(stage: Stage) -> None:
    asked = await say(stage, "王奶奶", "/for 张大爷 厨房水管漏水了")
    assert "在哪里" in asked[0] and "对吗" not in asked[0], "the filer's own home is not the neighbour's"
    await say(stage, "王奶奶", "七号楼一单元201", "对")
    place = await stage.database.read(lambda tx: others.get(tx, 1, "张大爷"))
    assert place is not None and place.place is not None and place.place.room == "201"
    assert "7号楼1单元201" in (await say(stage, "王奶奶", "/for 张大爷 帮忙搬一袋米上楼"))[0]


async def tied(stage: Stage) -> None:
    """陈阿婆 and 赵叔 are family, linked by a code as the desk makes it."""
    zhao, chen = await known(stage, "zhao"), await known(stage, "chen")
    await stage.database.transaction(lambda tx: families.link(tx, chen.id, zhao.id, stage.clock.now()))


async def test_a_name_and_a_home_prove_nothing(stage: Stage) -> None:
    """A8: a stranger who calls himself 陈阿婆 and says he lives there is not asked, and hears no word for the door."""
    await say(stage, "李大爷", "我住7号楼1单元302", "对")
    li = await known(stage, "li")
    await stage.database.transaction(lambda tx: people.change(tx, li.id, name="陈阿婆"))
    sent = await say(stage, "赵叔", "/for 陈阿婆 7号楼1单元302 厨房水管漏水了", "对")
    sent += await say(stage, "小李", "接 1", group="志愿者群")
    assert not any("是您的事吗" in line for line in sent)
    assert {line.partition(":")[0].strip(" ->") for line in sent if "暗号" in line} == {"小李", "赵叔"}


async def test_the_word_for_the_door_never_moves(stage: Stage) -> None:
    await tied(stage)
    await say(stage, "赵叔", "/for 陈阿婆 7号楼1单元302 厨房水管漏水了", "对")
    await say(stage, "小李", "接 1", group="志愿者群")
    sent = "\n".join(await press(stage, "陈阿婆", "是我的"))
    ticket = await stage.database.read(lambda tx: tickets.get(tx, 1))
    assert ticket is not None and ticket.reporter == (await known(stage, "zhao")).id and ticket.code not in sent


async def test_of_two_with_the_same_name_nobody_is_asked_and_of_one_nothing_is_guessed(stage: Stage) -> None:
    await tied(stage)
    await say(stage, "赵叔", "/for 陈阿婆 7号楼1单元302 厨房水管漏水了", "对")
    ticket = await stage.database.read(lambda tx: tickets.get(tx, 1))
    zhao, chen = await known(stage, "zhao"), await known(stage, "chen")
    assert ticket is not None and ticket.reporter == zhao.id and ticket.slots["filer"] == str(zhao.id)
    sent = "\n".join(await press(stage, "陈阿婆", "不是"))
    after = await stage.database.read(lambda tx: tickets.get(tx, 1))
    assert "打扰" in sent and after is not None and after.reporter == zhao.id
    twin = await known(stage, "li")
    await stage.database.transaction(lambda tx: families.link(tx, twin.id, zhao.id, stage.clock.now()))
    await stage.database.transaction(lambda tx: people.change(tx, twin.id, name="陈阿婆", home=chen.home))
    sent = "\n".join(await say(stage, "赵叔", "/for 陈阿婆 7号楼1单元302 灯坏了", "没有", "对"))
    assert "记下了" in sent and "是您的事吗" not in sent


async def test_who_filed_and_did_it_is_not_asked_how_it_was(stage: Stage) -> None:
    await say(stage, "小李", "/for 张大爷 3号楼1单元201 灯坏了", "没有", "对")
    await press(stage, "小李", "我去", group="志愿者群", ticket=1)
    await say(stage, "小李", "弄完了")
    sent = "\n".join(await stage.play(Step(0, "", "clock", text="2026-03-02 11:00")))
    assert "打电话问问" in sent and "真修好了吗" not in sent


async def test_nothing_of_a_filer_stays_and_nothing_they_said_of_the_neighbour(stage: Stage) -> None:
    await tied(stage)
    await say(stage, "赵叔", "/for 陈阿婆 7号楼1单元302 厨房水管漏水了,蓝色大象", "对")
    await press(stage, "陈阿婆", "是我的")
    zhao = await known(stage, "zhao")
    await say(stage, "赵叔", "把我的都删了", "对")
    ticket = await stage.database.read(lambda tx: tickets.get(tx, 1))
    assert ticket is not None and "filer" not in ticket.slots and "蓝色大象" not in ticket.words
    rows = await stage.database.read(_everything)
    assert not [
        row
        for row in rows
        if "蓝色大象" in row or f'"filer": "{zhao.id}"' in row or f'\\"filer\\": \\"{zhao.id}\\"' in row
    ]
    assert await stage.database.read(lambda tx: others.get(tx, zhao.id, "陈阿婆")) is None
    assert await stage.database.read(unequal) == [] and await stage.database.read(unattended) == []


def _everything(tx: Transaction) -> list[str]:
    return [row["changes"] for row in tx.all("SELECT changes FROM ticket_event")]


async def test_a_mediators_move_opens_no_case(stage: Stage) -> None:
    """A15: where a mediator lives is set by a manager, and where they lived before bars its neighbours for half a year."""
    mediator = (await stage.database.read(lambda tx: people.with_role(tx, "mediator")))[0]
    before = mediator.home
    assert before is not None and before.building
    sent = "\n".join(await say(stage, mediator.name, "我搬家了，现在住十二号楼", "对"))
    after = await stage.database.read(lambda tx: people.get(tx, mediator.id))
    assert "管理员" in sent and after.home == before
    sent = "\n".join(await say(stage, "张主任", f"/home {mediator.name} 12号楼3单元"))
    moved = await stage.database.read(lambda tx: people.get(tx, mediator.id))
    assert "改成" in sent and moved.home is not None and moved.home.building == "12"
    assert mediators.too_near(moved, (), (before,)) and mediators.too_near(moved, (), (moved.home,))
    later = stage.clock.now() + timedelta(days=200)
    await stage.database.transaction(
        lambda tx: retention.expire(tx, dict.fromkeys(vars(stage.house.retention), 0), later)
    )
    assert not mediators.too_near(await stage.database.read(lambda tx: people.get(tx, mediator.id)), (), (before,))


async def test_single_mediations_are_not_told_as_a_number(stage: Stage) -> None:
    """Point 6: /open hides what /stats hides."""
    await say(stage, "王奶奶", "楼上太吵了，帮我去说说", "303", "天天半夜蹦", "别吵就行", "对", "对")
    cases = await stage.database.read(lambda tx: tx.all("SELECT 1 FROM ticket WHERE life = 'case'"))
    sent = "\n".join(await say(stage, "张主任", "/open"))
    assert "不到 5 件" in sent if cases else "调解" not in sent
