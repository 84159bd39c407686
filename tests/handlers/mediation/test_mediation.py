"""A mediation leaves no trace outside its room; who may what in it; who may mediate; and what becomes of it when somebody goes."""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from bot import status
from bot.replay import script
from bot.replay.script import Step
from bot.replay.talk import Shown, Stage
from handlers import buttons
from handlers.mediation import presses as mediation_presses
from handlers.mediation.mediators import same_stair
from models.cases import CASE, LIVE, TALKING
from models.meaning import PlaceExpression
from models.people import ROLES
from storage import case_lists, cases, people, restoring, tickets
from storage.database import Transaction
from tests.conftest import press, say
from tests.support.invariants import unattended, unequal
from tests.support.leftovers import found

CHATS = sorted((Path(__file__).parents[2] / "conversations" / "zh").rglob("mediation*.chat"))
CANARY = "绿毛鹦鹉"
"""Stands in everything that the parties say and in what was agreed."""
NAMES = ("王奶奶", "赵叔", "七号楼")
ROOM = ("wang", "zhao", "he")
"""The accounts, and the private chats, of the two sides and of their mediator."""
FORM = ("评评理", f"七号楼的赵叔，养{CANARY}的", f"{CANARY}天不亮就叫", f"{CANARY}夜里盖上布就行", "可以问")


async def opened(stage: Stage) -> None:
    """王奶奶 asks for a mediation with 赵叔: case 1."""
    await say(stage, "王奶奶", *FORM, "对")


async def willing(stage: Stage) -> None:
    """何老师 has it, and 赵叔 would listen."""
    await opened(stage)
    for who, label in (("何老师", "我来调"), ("何老师", "问对方"), ("何老师", "问赵叔"), ("赵叔", "愿意听听")):
        await press(stage, who, label)


async def settled(stage: Stage) -> None:
    """They spoke with the mediator one after the other, met, and agreed."""
    await willing(stage)
    for who in ("王奶奶", "赵叔"):
        await press(stage, "何老师", f"跟{who}说")
        await say(stage, "何老师", f"您说说{CANARY}")
        await say(stage, who, f"{CANARY}的事我早想说了")
    await press(stage, "何老师", "说完了")
    await press(stage, "何老师", "约时间")
    await press(stage, "何老师", "手机上说")
    await say(stage, "何老师", "明天下午三点")
    await say(stage, "王奶奶", "行")
    await say(stage, "赵叔", "行")
    await clock(stage, "2026-03-03 16:00")
    await press(stage, "何老师", "说好了")
    await say(stage, "何老师", f"赵叔每晚九点给{CANARY}盖布")
    await say(stage, "王奶奶", "行")
    await say(stage, "赵叔", "行")


async def clock(stage: Stage, to: str, kind: str = "clock") -> list[str]:
    return await stage.play(Step(0, "", kind, text=to))


async def case(stage: Stage, number: int = 1) -> str:
    """The status of a case."""
    ticket = await stage.database.read(lambda tx: tickets.get(tx, number))
    assert ticket is not None and ticket.life == "case"
    return ticket.status


# ---------------------------------------------------------------- no trace outside its room


@pytest.fixture
def everything(stage: Stage) -> Iterator[list[tuple[str, str]]]:
    """Everything that any chat is sent: its address, and text with buttons."""
    seen: list[tuple[str, str]] = []
    original = stage.channel.send

    async def send(chat: str, message: object, edit: str | None = None) -> str:
        reference = await original(chat, message, edit)  # type: ignore[arg-type]
        shown: Shown = stage.channel.shown[reference]
        labels = " ".join(button.label + button.data for row in shown.message.buttons for button in row)
        seen.append((chat, f"{shown.text} {labels}"))
        return reference

    stage.channel.send = send  # type: ignore[method-assign, assignment]
    yield seen


async def test_a_mediation_leaves_no_trace_outside_its_room(
    stage: Stage, everything: list[tuple[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    """Canaries in all that is said, through the whole life, with managers and the desk looking everywhere they can."""
    caplog.set_level(logging.DEBUG)
    await stage.database.transaction(
        lambda tx: tx.run("INSERT INTO kin (person, relative, at) VALUES (1, 2, 0), (4, 3, 0)")
    )
    await settled(stage)
    await clock(stage, "2026-03-10 18:00")
    await say(stage, "王奶奶", "没做到", "找人")
    await say(
        stage,
        "刘姐",
        "/open",
        "/overdue",
        "/ticket 1",
        "/reply 1 好",
        "/who 1",
        "/stats 本月",
        "/export",
        "/export csv",
        "/people",
    )
    await say(
        stage,
        "张主任",
        "/open",
        "/overdue",
        "/ticket 1",
        "/who 1",
        "/assign 1 小李",
        "/stats 本月",
        "/export",
        "/export csv",
    )
    await say(stage, "张主任", "/reply 1 好", "/merge 1 2", "/cases", "今天的情况", "接 1")
    await say(stage, "小李", "接 1", "/claim 1", "我的任务", group="志愿者群")
    await say(stage, "孙阿姨", "/cases")
    for verb in (
        *filter(lambda verb: verb.startswith("case_"), buttons.table()),
        "take",
        "claim",
        "query",
        "append",
        "over",
        "urge",
    ):
        for who in ("张主任", "刘姐", "小李", "孙阿姨"):
            await stage.play(Step(0, "", "press", who, "", f"伪造 {verb}:1:1"))
    sung = [text for chat, text in everything if chat in ROOM]
    assert sum(CANARY in text for text in sung) >= 8, "the canary never sang: the test proves nothing"
    outside = [(chat, text) for chat, text in everything if chat not in ROOM]
    assert len(outside) > 30
    assert [pair for pair in outside if CANARY in pair[1]] == []
    assert [pair for pair in outside if "鹦鹉" in pair[1] or "盖布" in pair[1]] == []
    assert [pair for pair in outside if "调解" in pair[1] and any(name in pair[1] for name in NAMES)] == []
    assert CANARY not in caplog.text and "赵叔" not in caplog.text
    made = list((stage.folders.data / "made").glob("linsheng-*")) if (stage.folders.data / "made").is_dir() else []
    files = made or list(stage.folders.made.glob("linsheng-*"))
    assert {file.suffix for file in files} == {".csv", ".xlsx"}
    for file in files:
        assert not any("mediation" in row or "调解" in row or CANARY in row for row in _table(file)), file
    assert CANARY.encode() not in await status.metrics(stage.app)
    assert stage.app.counts["failures"] == 0, [
        one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR
    ]


def _table(file: Path) -> list[str]:
    if file.suffix == ".csv":
        return [" ".join(row) for row in csv.reader(file.open(encoding="utf-8-sig"))]
    sheet = openpyxl.load_workbook(file, read_only=True).worksheets[0]
    return [" ".join(str(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]


async def test_nothing_of_it_lies_in_shared_tables(stage: Stage) -> None:
    """Beside the case's own tables nothing holds a word, and the ticket names nobody."""
    await settled(stage)

    def shared(tx: Transaction) -> list[str]:
        tables = [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [
            f"{name}: {dict(row)}"
            for name in tables
            if not name.startswith("case_")
            for row in tx.all(f"SELECT * FROM {name}")
        ]

    rows = await stage.database.read(shared)
    assert [row for row in rows if CANARY in row or "盖布" in row] == []
    row = await stage.database.read(lambda tx: tx.one("SELECT * FROM ticket WHERE id = 1"))
    assert row is not None and (row["reporter"], row["owner"], row["chat"], row["words"], row["place"]) == (
        None,
        None,
        None,
        "",
        "{}",
    )
    actors = await stage.database.read(
        lambda tx: tx.all("SELECT actor FROM ticket_event WHERE ticket = 1 AND actor IS NOT NULL")
    )
    assert list(actors) == []


def _naming(tables: str) -> list[str]:
    root = Path(__file__).parents[3]
    paths = (path for room in ("storage", "handlers", "bot") for path in (root / room).rglob("*.py"))
    return sorted(
        str(path.relative_to(root)) for path in paths if re.search(rf"\b({tables})\b", path.read_text(encoding="utf-8"))
    )


def test_one_module_touches_what_was_said() -> None:
    assert _naming("case_word|case_step") == ["storage/cases.py"]
    numbers = ["storage/case_lists.py", "storage/cases.py", "storage/dialogues.py"]
    assert _naming("case_file|case_side") == numbers, "the others hold numbers, or ask only whether there is one"


async def test_no_recording_is_kept(stage: Stage) -> None:
    from handlers.mediation.relay import confidential
    from models.events import Origin

    def of(account: str) -> Origin:
        return Origin("talk", "x", account, account, stage.clock.now())

    assert not await stage.database.read(lambda tx: confidential(tx, stage.house, of("wang")))
    await say(stage, "王奶奶", "评评理")
    assert await stage.database.read(lambda tx: confidential(tx, stage.house, of("wang"))), "while the form is open"
    await say(stage, "王奶奶", *FORM[1:], "对")
    await press(stage, "何老师", "我来调")
    for account in ("wang", "he"):
        assert await stage.database.read(lambda tx, a=account: confidential(tx, stage.house, of(a)))  # type: ignore[misc]
    assert not await stage.database.read(lambda tx: confidential(tx, stage.house, of("zhao")))


async def test_an_unfinished_form_brings_the_desk_no_words(stage: Stage) -> None:
    for last in ("找人", None):
        await say(stage, "王奶奶", *FORM[:3], *([last] if last else []))
        if last is None:
            await clock(stage, "2026-03-05 12:00")
    rows = await stage.database.read(lambda tx: tx.all("SELECT category, words, slots FROM ticket ORDER BY id"))
    assert [(row["category"], row["words"]) for row in rows] == [("human", "—")]
    assert not any(CANARY in str(dict(row)) for row in rows)


# ---------------------------------------------------------------- rights


def _become(tx: Transaction, stage: Stage, role: str) -> None:
    person = people.known(tx, "talk", "li")
    assert person is not None
    tx.run("DELETE FROM role WHERE person = ?", person.id)
    people.give_role(tx, person.id, role, stage.clock.now())


STEPS = {"filed": opened, "willing": willing, "settled": settled}
EACH = [
    *((role, "willing") for role in ROLES),
    ("mediator", "filed"),
    ("manager", "filed"),
    ("mediator", "settled"),
    ("desk", "settled"),
]


@pytest.mark.parametrize(("role", "at"), EACH)
async def test_nobody_else_does_anything(stage: Stage, role: str, at: str) -> None:
    """Role × every button on somebody else's case: only another mediator may take what is still to be had."""
    await STEPS[at](stage)
    await stage.database.transaction(lambda tx: _become(tx, stage, role))
    before = await stage.database.read(_rows)
    for verb in buttons.table():
        if (role, at) == ("mediator", "filed") and verb in ("case_take", "case_pass"):
            continue  # theirs to say
        for extra in ("1", "a", "b", "0", "legal", "phone") if verb.startswith("case_") else ("1",):
            sent = "\n".join(await stage.play(Step(0, "", "press", "李大爷", "", f"伪造 {verb}:1:{extra}")))
            assert CANARY not in sent and "5550 0101" not in sent, (verb, role)
    after = await stage.database.read(_rows)
    assert after == before
    for line in ("/ticket 1", "/cases", "/who 1", "/reply 1 好"):
        sent = "\n".join(await say(stage, "李大爷", line))
        assert CANARY not in sent and "5550 0101" not in sent
    if role == "mediator" and at == "filed":
        assert CANARY in "\n".join(await press(stage, "李大爷", "我来调"))
    assert stage.app.counts["failures"] == 0


def _rows(tx: Transaction) -> list[str]:
    tables = ("ticket WHERE id = 1", "case_file", "case_side", "case_word", "case_step")
    return [f"{table} {tuple(row)}" for table in tables for row in tx.all(f"SELECT * FROM {table}")]


async def test_a_party_answers_only_for_itself(stage: Stage) -> None:
    await willing(stage)
    by = await stage.database.read(lambda tx: cases.right(tx, 1, 1))
    assert by.role == "a"
    with pytest.raises(cases.NoRight):
        await stage.database.transaction(lambda tx: cases.change_side(tx, by, "b", consent="no"))
    said = await stage.database.read(lambda tx: cases.words(tx, by, stage.clock.now()))
    other = await stage.database.read(lambda tx: cases.words(tx, cases.right(tx, 1, 4), stage.clock.now()))
    assert set(said) == {"party", "topic", "wish"} and other == {}
    for wrong in (cases.house(1), cases.Right(1, "house", 7)):
        with pytest.raises(cases.NoRight):
            await stage.database.read(lambda tx, w=wrong: cases.words(tx, w, stage.clock.now()))  # type: ignore[misc]
    for person in (2, 7, 8):
        with pytest.raises(cases.NoRight):
            await stage.database.read(lambda tx, p=person: cases.right(tx, 1, p))  # type: ignore[misc]


async def test_readings_are_written_down_and_a_role_taken_away_counts_at_once(stage: Stage) -> None:
    await willing(stage)
    read = await stage.database.read(lambda tx: tx.all("SELECT reader, person FROM reading WHERE cause = 'case'"))
    mediator = await stage.database.read(lambda tx: people.known(tx, "talk", "he"))
    assert mediator is not None and {(row["reader"], row["person"]) for row in read} >= {(mediator.id, 1)}
    await stage.database.transaction(lambda tx: tx.run("DELETE FROM role WHERE person = ?", mediator.id))
    assert CANARY not in "\n".join(await press(stage, "何老师", "说好了") + await say(stage, "何老师", "/cases"))
    await clock(stage, "2026-03-05 18:00")
    assert await case(stage) == "filed"


async def test_managers_hear_how_many_and_figures_from_five_on(stage: Stage) -> None:
    await say(stage, "陈阿婆", "七号楼电梯坏了", "对")
    await opened(stage)
    assert "不到 5 件" in "\n".join(await say(stage, "张主任", "/open"))
    assert "只有调解员能看" in "\n".join(await say(stage, "张主任", "/ticket 2"))
    assert not re.search(r"调解：\d", "\n".join(await say(stage, "张主任", "/stats 今天")))
    for _ in range(4):
        await say(stage, "王奶奶", "不调了")
        await opened(stage)
    told = "\n".join(await say(stage, "张主任", "/stats 今天"))
    assert "调解：不下 5 件" in told and "新开：1 件" in told


# ---------------------------------------------------------------- who may mediate


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (("3", "2"), ("3", "2"), True),
        (("3", "2"), ("3", "1"), False),
        (("3", None), ("3", "1"), True),
        (("3", "2"), ("4", "2"), False),
        ((None, None), ("3", "2"), False),
    ],
)
def test_same_stair(one: tuple[str | None, str | None], other: tuple[str | None, str | None], near: bool) -> None:
    assert same_stair(PlaceExpression("", *one), PlaceExpression("", *other)) is near


async def test_neither_party_nor_neighbour_mediates(stage: Stage) -> None:
    """孙阿姨 lives on 王奶奶's stair; 何老师 moves there meanwhile, then nobody is left and the desk is told that."""
    sent = "\n".join([*await say(stage, "王奶奶", *FORM, "对")])
    assert "何老师" in sent and "孙阿姨" not in sent
    assert "有人管了" in "\n".join(await stage.play(Step(0, "", "press", "孙阿姨", "", "伪造 case_take:1:0")))
    await press(stage, "何老师", "我来调")
    await stage.database.transaction(lambda tx: _move(tx, "he", "3", "2"))
    sent = "\n".join(await press(stage, "何老师", "问对方"))
    assert "回避" in sent and "没有合适的调解员" in sent and await case(stage) == "filed"
    assert CANARY not in sent


async def test_the_other_side_is_found_to_be_a_neighbour(stage: Stage) -> None:
    await stage.database.transaction(lambda tx: _move(tx, "he", "7", "1"))
    await say(stage, "王奶奶", "评评理", "那个赵叔", "堆东西", "挪走", "可以问", "对")
    await press(stage, "何老师", "我来调")
    await press(stage, "何老师", "问对方")
    sent = "\n".join(await press(stage, "何老师", "问赵叔"))
    assert "回避" in sent and "-> 赵叔" not in sent and await case(stage) == "filed"


def _move(tx: Transaction, account: str, building: str, unit: str) -> None:
    person = people.known(tx, "talk", account)
    assert person is not None
    people.change(tx, person.id, home=PlaceExpression("", building, unit, None, "101"))


# ---------------------------------------------------------------- whoever goes


async def test_erasing_a_party_ends_it_and_leaves_nothing(stage: Stage) -> None:
    await settled(stage)
    assert found(stage.folders.data, [CANARY])
    sent = "\n".join(await say(stage, "赵叔", "把我的都删了", "对"))
    assert "何老师: 1 号调解：不调了" in sent and await case(stage) == "withdrawn"
    assert found(stage.folders.data, [CANARY]) == []
    assert await stage.database.read(unequal) == [] and await stage.database.read(unattended_cases) == []


async def test_erasing_the_mediator_finds_another(stage: Stage) -> None:
    await willing(stage)
    await stage.database.transaction(lambda tx: _move(tx, "sunayi", "15", "1"))
    sent = "\n".join(await say(stage, "何老师", "把我的都删了", "对"))
    assert "孙阿姨: 有一件调解等人接" in sent and "另请一位" in sent
    await press(stage, "孙阿姨", "我来调")
    assert await case(stage) == "willing", "nobody is asked twice for the same consent"


async def test_my_data_holds_ones_own_words_alone(stage: Stage) -> None:
    await settled(stage)
    texts = {}
    for who in ("王奶奶", "赵叔", "何老师"):
        await say(stage, who, "我的资料")
        file = next(shown.message.file for shown in reversed(stage.channel.shown.values()) if shown.message.file)
        texts[who] = file.read_text(encoding="utf-8-sig")
    assert f"{CANARY}天不亮就叫" in texts["王奶奶"]
    assert CANARY not in texts["赵叔"] and CANARY not in texts["何老师"]
    assert "王奶奶" not in texts["赵叔"]


async def test_it_grows_old(stage: Stage) -> None:
    await opened(stage)
    await say(stage, "王奶奶", "不调了")
    await clock(stage, "2026-05-20 09:00")
    assert await stage.database.read(lambda tx: tx.all("SELECT 1 FROM case_word"))
    await clock(stage, "2026-06-10 09:00")
    for table in ("case_word", "case_step", "case_side", "case_file"):
        assert not await stage.database.read(lambda tx, t=table: tx.all(f"SELECT 1 FROM {t}"))  # type: ignore[misc]
    assert await case(stage) == "withdrawn"


# ---------------------------------------------------------------- clocks


def unattended_cases(tx: Transaction) -> list[int]:
    """Live cases that nobody will look at."""
    scheduled = {row["ticket"] for row in tx.all("SELECT ticket FROM agenda WHERE kind = 'case.look'")}
    return [number for number in case_lists.live(tx) if number not in scheduled]


@pytest.mark.parametrize("path", CHATS, ids=lambda path: path.stem)
async def test_every_live_case_is_looked_at(path: Path, stage: Stage) -> None:
    for step in script.read(path.read_text(encoding="utf-8")):
        await stage.play(step)
        assert await stage.database.read(unattended_cases) == [], step.source
    assert await stage.database.read(unequal) == [] and await stage.database.read(unattended) == []


async def test_a_broken_promise_is_told_and_outlives_downtime_and_restore(stage: Stage) -> None:
    await opened(stage)
    sent = "\n".join(await clock(stage, "2026-03-02 11:30", "down"))
    assert sent.count("对不起") == 1 and "刘姐: 调解 1 件，时限到了" in sent and "群: 调解" not in sent
    await stage.database.transaction(lambda tx: tx.run("UPDATE agenda SET at = 0 WHERE kind = 'case.look'"))
    await stage.database.transaction(lambda tx: restoring.hush(tx, stage.clock.now()))
    assert await stage.database.read(unattended_cases) == []


async def test_a_long_pause_asks_once(stage: Stage) -> None:
    await settled(stage)
    sent = "\n".join(await clock(stage, "2026-04-20 10:00", "down"))
    assert sent.count("-> 王奶奶: 上回说好的事") == 1 and sent.count("-> 赵叔: 上回说好的事") == 1


def test_the_table_of_the_life_is_whole() -> None:
    """Every status is reached, every live one can be left in one word, none of a task is used."""
    reached = set(CASE.values())
    assert {status for status, _ in CASE} - {""} <= reached
    assert all(CASE[status, "withdraw"] == "withdrawn" and CASE[status, "halt"] == "halted" for status in LIVE)
    assert all((status, "recuse") in CASE for status in TALKING)
    assert not reached & {"open", "accepted", "enroute", "done"}
    assert set(mediation_presses.ACTIONS) <= set(buttons.table())
