"""Bad input and bad days: a short answer or one clear line, and nothing lost."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.replay.talk import Stage
from bot.status import health
from handlers import router
from models.events import ChatChange, Origin, Utterance
from storage import inbox, tickets
from storage.database import Unavailable
from storage.sqlite import open_database
from tests.conftest import say

STRANGE = [
    "",
    " ",
    "😀😀😀",
    "\u202e\u0007楼道灯不亮",
    "' OR 1=1; --",
    "<b>楼道灯</b> *x* [a](b)",
    "{}{0}{name}",
    "%s%s",
    "/",
    "//",
    "/接",
    "啊" * 100_000,
    "0" * 5000,
    "\ud800",
    "接 ٣٧",
    "接 99999999999999999999",
]


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
@pytest.mark.parametrize("group", ["", "志愿者群"])
async def test_strange_lines_get_a_short_answer(text: str, group: str, stage: Stage) -> None:
    sent = await say(stage, "王奶奶", text, group=group)
    assert all(len(line) < 400 for line in sent)
    assert sent or group
    assert "".join(line for line in sent if "Traceback" in line or "None" in line) == ""
    follow = await say(stage, "王奶奶", "你是谁")
    assert follow


async def test_a_repeated_event_is_taken_once(stage: Stage) -> None:
    origin = Origin("talk", "7", "wang", "wang", stage.clock.now())
    for _ in range(3):
        await stage.app.accept([Utterance(origin, "你是谁")])
    await stage.app.accept([Utterance(origin, "谢谢")])
    await stage.app.settle()
    assert len(stage.channel.fresh) == 2, "the same id with other words is another event"


async def test_what_fails_three_times_is_put_aside_and_shown(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    handle, tries = router.handle, []

    def broken(tx, house, event, parse, now):  # type: ignore[no-untyped-def]
        if isinstance(event, Utterance) and "毒" in event.text:
            tries.append(1)
            raise ValueError("a defect")
        return handle(tx, house, event, parse, now)

    monkeypatch.setattr(router, "handle", broken)
    sent = await say(stage, "王奶奶", "毒")
    assert len(tries) == 3
    assert any("服务台群" in line and "三次没处理成" in line for line in sent)
    assert any("王奶奶" in line for line in sent)
    states = await stage.database.read(lambda tx: [row["state"] for row in tx.all("SELECT state FROM inbox")])
    assert states == ["aside"]
    assert await say(stage, "王奶奶", "你是谁")


async def test_an_event_that_ends_the_process_is_put_aside_at_the_third_start(stage: Stage) -> None:
    origin = Origin("talk", "9", "wang", "wang", stage.clock.now())
    [entry] = await stage.database.transaction(lambda tx: inbox.receive(tx, [Utterance(origin, "毒")]))
    await stage.database.transaction(lambda tx: tx.run("UPDATE inbox SET attempts = 2"))
    await stage.close()
    (stage.folders.data / "begun.jsonl").write_text(f"[{entry.id}, 1]\n")
    await stage.open()
    assert await stage.database.read(lambda tx: tx.all("SELECT 1 FROM inbox WHERE state = 'aside'"))


async def test_a_full_disk_refuses_and_resumes(stage: Stage) -> None:
    await say(stage, "王奶奶", "楼道灯不亮")
    pages = await stage.database.transaction(_fill)
    origin = Origin("talk", "full", "wang", "wang", stage.clock.now())
    with pytest.raises(Unavailable):
        await stage.app.accept([Utterance(origin, "没有" + "x" * 20_000)])
    await stage.database.transaction(lambda tx: tx.one(f"PRAGMA max_page_count={pages * 1000}"))
    await stage.app.accept([Utterance(origin, "没有")])
    await stage.app.settle()
    sent = await say(stage, "王奶奶", "对")
    assert any("1 号" in line for line in sent)


def _fill(tx) -> int:  # type: ignore[no-untyped-def]
    pages = tx.one("PRAGMA page_count")[0]
    tx.one(f"PRAGMA max_page_count={pages}")
    return int(pages)


async def test_a_locked_database_refuses_and_resumes(stage: Stage) -> None:
    other = sqlite3.connect(stage.folders.data / "linsheng.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await stage.database.transaction(lambda tx: None) if False else None
    origin = Origin("talk", "locked", "wang", "wang", stage.clock.now())
    accepting = asyncio.create_task(stage.app.accept([Utterance(origin, "你是谁")]))
    with pytest.raises(Unavailable):
        await accepting
    other.execute("COMMIT")
    other.close()
    await stage.app.accept([Utterance(origin, "你是谁")])
    await stage.app.settle()
    assert stage.channel.fresh


async def test_a_group_of_work_loses_only_the_piece_that_fails(tmp_path: Path) -> None:
    database = await open_database(tmp_path / "x.db")
    await database.transaction(lambda tx: tx.run("CREATE TABLE t (x INTEGER)"))

    def put(number: int):  # type: ignore[no-untyped-def]
        def work(tx) -> None:  # type: ignore[no-untyped-def]
            tx.run("INSERT INTO t VALUES (?)", number)
            if number % 3 == 0:
                raise ValueError(number)

        return work

    outcomes = await asyncio.gather(*(database.transaction(put(n)) for n in range(60)), return_exceptions=True)
    kept = await database.read(lambda tx: [row["x"] for row in tx.all("SELECT x FROM t ORDER BY x")])
    await database.close()
    assert kept == [n for n in range(60) if n % 3]
    assert sum(isinstance(outcome, ValueError) for outcome in outcomes) == 20


async def test_a_cancelled_caller_does_not_tear_a_transaction(tmp_path: Path) -> None:
    database = await open_database(tmp_path / "x.db")
    await database.transaction(lambda tx: tx.run("CREATE TABLE t (x INTEGER)"))

    def pair(number: int):  # type: ignore[no-untyped-def]
        return lambda tx: [tx.run("INSERT INTO t VALUES (?)", number) for _ in range(2)]

    tasks = [asyncio.create_task(database.transaction(pair(n))) for n in range(50)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    rows = await database.read(lambda tx: tx.all("SELECT x, count(*) AS n FROM t GROUP BY x"))
    await database.close()
    assert {row["n"] for row in rows} == {2}
    assert len(rows) == 50


async def test_who_sent_what_has_no_room_is_told_once(stage: Stage) -> None:
    origin = Origin("talk", "8:no_room", "wang", "wang", stage.clock.now())
    for _ in range(3):
        await stage.app.accept([ChatChange(origin, "no_room")])
    await stage.app.settle()
    assert [("存不下" in shown.text, "打字" in shown.text) for shown, _ in stage.channel.fresh] == [(True, True)]


async def test_a_sticker_and_a_stranger_in_the_group(stage: Stage) -> None:
    change = ChatChange(Origin("talk", "s1", "wang", "wang", stage.clock.now()), "unknown")
    await stage.app.accept([change])
    await stage.app.settle()
    assert "看不懂" in stage.channel.fresh[-1][0].text
    await say(stage, "王奶奶", "楼道灯不亮", "没有", "对")
    sent = await say(stage, "李大爷", "接 1", group="志愿者群")
    assert len(sent) == 1 and "登记过的志愿者" in sent[0]
    assert (await stage.database.read(lambda tx: tickets.get(tx, 1))).owner is None


async def test_an_ended_ticket_stays_ended(stage: Stage) -> None:
    await say(stage, "王奶奶", "楼道灯不亮", "没有", "对", "不用了")
    sent = await say(stage, "小李", "接 1", group="志愿者群")
    assert "已经结束" in sent[0]
    ticket = await stage.database.read(lambda tx: tickets.get(tx, 1))
    assert (ticket.status, ticket.owner) == ("cancelled", None)


async def test_who_has_no_name_is_like_any_unnamed_person(stage: Stage) -> None:
    origin = Origin("talk", "1", "new", "new", stage.clock.now(), None)  # type: ignore[arg-type]
    stage._titles["new"] = "新来的"
    await stage.app.accept([Utterance(origin, "楼道灯不亮")])
    await stage.app.settle()
    assert any(one.chat == "new" for one, _ in stage.channel.fresh)
    assert stage.app.counts["failures"] == 0


async def test_what_cannot_even_be_put_aside_blocks_nobody_and_shows(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = router.handle

    def broken(tx, house, event, *rest):  # type: ignore[no-untyped-def]
        if "毒" in getattr(event, "text", ""):
            raise ValueError("a defect")
        return handle(tx, house, event, *rest)

    monkeypatch.setattr(router, "handle", broken)
    monkeypatch.setattr(router, "set_aside", broken)
    await say(stage, "王奶奶", "毒")
    assert await say(stage, "王奶奶", "你是谁")
    fine, told = await health(stage.app)
    assert not fine and told["stuck"] == 1
