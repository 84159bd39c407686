"""Nothing is left of whoever was erased: in no file, in no backup put back; figures stay."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest

from bot.config import ConfigError, Settings
from bot.keeping import copies, upkeep
from bot.replay.script import Step
from bot.replay.talk import Stage
from handlers.turn import NOTHING
from models.events import Origin, Picture, Utterance, VoiceNote
from models.meaning import PlaceExpression
from models.outgoing import Card
from storage import erasure, people, queue, tickets
from storage.database import Transaction
from storage.kept import _KEPT
from tests.conftest import count, press, say
from tests.support.invariants import unattended, unequal
from tests.support.leftovers import found

BEGIN = "楼道灯不亮"


def traces(number: int) -> list[str]:
    """What only this person brings: account, name, phone, words for the flat, words."""
    return [
        f"acct-{number:03d}-zq",
        f"紫泉{number:03d}号",
        f"5559{number:04d}7",
        f"88{number:03d}",
        f"布娃娃{number:03d}也湿了",
    ]


def named(number: int) -> list[str]:
    """Whom this person speaks for, and what they want to be called: each said once and nowhere else."""
    spelled = "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{number:03d}")
    return [f"紫婆{spelled}", f"泉{spelled}"]


async def live(stage: Stage, number: int) -> None:
    """One person says, adds, sends a picture, and leaves a form half filled."""
    account, name, phone, _, words = traces(number)
    stage._titles[account] = name
    stage._addresses[name] = account
    await say(stage, name, "你好")
    await stage.database.transaction(lambda tx: _dwell(tx, number, phone))
    await say(stage, name, f"厨房水管漏水了，{words}", "对")
    photo = f"{account}.jpg"
    (stage.folders.pictures / photo).write_bytes(b"jpeg " + words.encode())
    await stage.app.accept(
        [Picture(Origin("talk", f"pic-{number}", account, account, stage.clock.now(), name), photo, words)]
    )
    await stage.app.settle()
    other, called = named(number)
    await say(stage, name, f"以后叫我{called}", f"/for {other} 9号楼1单元301", f"楼道灯不亮，{words}")


def _dwell(tx: Transaction, number: int, phone: str) -> None:
    """Everybody in a stair of their own, so that nobody joins anybody's ticket."""
    account, _, _, room, _ = traces(number)
    person = people.known(tx, "talk", account)
    assert person is not None
    people.change(
        tx, person.id, phone=phone, home=PlaceExpression(room, str(number % 18 + 1), str(number // 18 + 1), None, "501")
    )


async def test_no_byte_of_the_erased_is_left(stage: Stage) -> None:
    erased = count(12, 50)
    for number in range(erased + 1):
        await live(stage, number)
    folder = stage.folders.data
    (folder / "linsheng.before-0005.db").write_bytes("紫泉000号".encode())
    gone = [needle for number in range(erased) for needle in (*traces(number), *named(number))]
    assert len(found(folder, gone)) >= 6 * erased, "the traces never were there: the test proves nothing"
    for number in range(erased):
        await say(stage, traces(number)[1], "把我的都删了", "对")
    assert found(folder, gone) == []
    stayed = [*traces(erased), *named(erased)]
    assert {needle for needle in stayed if any(needle in hit for hit in found(folder, stayed))} == set(stayed)
    assert await stage.database.read(unattended) == []
    assert await stage.database.read(unequal) == []
    assert await stage.database.read(_tickets) >= erased
    await stage.close()
    assert found(folder, gone) == []
    await stage.open()


def _tickets(tx: Transaction) -> int:
    row = tx.one("SELECT count(*) AS n FROM ticket WHERE flow = 'issue'")
    assert row is not None
    return int(row["n"])


async def test_words_added_to_somebody_elses_ticket_go_alone(stage: Stage) -> None:
    await say(stage, "陈阿婆", "七号楼电梯坏了", "对")
    await say(stage, "赵叔", "七号楼电梯坏了", "对")
    ticket = next(t for t in await stage.database.read(tickets.open_in) if t.flow == "issue")
    assert len(ticket.joined) == 1
    await say(stage, "赵叔", "补充一下，蓝色大象卡在里面")
    before = await stage.database.read(lambda tx: tickets.get(tx, ticket.id))
    await say(stage, "赵叔", "把我的都删了", "对")
    after = await stage.database.read(lambda tx: tickets.get(tx, ticket.id))
    assert before and after and after.joined == () and after.reporter == ticket.reporter
    assert "电梯" in after.words and "蓝色大象" not in after.words
    assert await stage.database.read(unequal) == []


async def test_every_reference_to_a_person_is_covered(stage: Stage) -> None:
    """Whatever a new table refers to people by is emptied or deleted: nothing refers to the erased any more."""
    await live(stage, 1)
    person = await stage.database.read(lambda tx: people.known(tx, "talk", traces(1)[0]))
    assert person is not None
    await say(stage, traces(1)[1], "都删了", "对")
    for name, column, _ in await stage.database.read(lambda tx: erasure._references(tx, "person")):
        sql = f"SELECT count(*) AS n FROM {name} WHERE {column} = ?"
        row = await stage.database.read(lambda tx, sql=sql: tx.one(sql, person.id))  # type: ignore[misc]
        assert row is not None and row["n"] == 0, (name, column)


WITHOUT = {
    "change": "what a manager decided",
    "duty": "a queue's",
    "incident_step": "in incidents",
    "relay": "in tickets",
    "chat": "in accounts",
    "agenda": "in tickets",
    "invitation": "a hash",
    "attempt": "an hour",
    "spent": "counts of an hour or a week",
    "unasked": "a count of a day",
    "voice": "how they are spoken to",
    "unheard": "a recording of a day",
    "incident_alerted": "in incidents",
    "caution": "the desk's own mark",
    **dict.fromkeys(("case_file", "case_side", "case_word", "case_step"), "storage/cases.kept"),
}
"""Tables that refer to people and add nothing to the file of what is kept, and why."""


async def test_the_file_of_what_is_kept_covers_every_table(stage: Stage) -> None:
    """A new table that refers to people is in the file, or stands here with its reason."""
    tables = {name for name, _, _ in await stage.database.read(lambda tx: erasure._references(tx, "person"))}
    asked = " ".join(_KEPT.values())
    assert (
        sorted(name for name in tables if name not in WITHOUT and not re.search(rf"(FROM|JOIN) {name}\b", asked)) == []
    )


async def test_a_late_yes_and_somebody_elses_press_erase_nobody(stage: Stage) -> None:
    await say(stage, "王奶奶", "把我的都删了")
    question = await stage.database.read(lambda tx: tx.one("SELECT id FROM question WHERE kind = 'erase'"))
    assert question is not None
    sent = await stage.play(Step(0, "", "press", "小李", "", f"伪造 erase_yes:0:{question['id']}"))
    assert "过去了" in sent[0]
    await stage.play(Step(0, "", "clock", text="2026-03-02 09:30"))
    sent = await press(stage, "王奶奶", "都删掉")
    assert "真的" in sent[0]
    assert await stage.database.read(lambda tx: people.known(tx, "talk", "wang")) is not None


# ---------------------------------------------------------------- backup and restore


def settings_of(folder: Path) -> Settings:
    return Settings(data={"folder": folder})


async def test_a_backup_put_back_sends_nothing_old_and_erases_again(stage: Stage, tmp_path: Path) -> None:
    await live(stage, 1)
    await live(stage, 2)
    folder = stage.folders.data
    await stage.database.transaction(
        lambda tx: tx.run(
            "INSERT INTO outbox (chat, kind, rank, content, at) VALUES (1, 'answer', 1, '{\"text\": \"旧话\"}', 0)"
        )
    )
    kept = tmp_path.parent / "kept.zip"
    upkeep.backup(settings_of(folder), kept)
    assert kept.stat().st_mode & 0o077 == 0
    await say(stage, traces(1)[1], "都删了", "对")
    await stage.close()
    told = await upkeep.restore(settings_of(folder), kept)
    assert "1 people erased" in told
    hits = found(folder, traces(1))
    stage.channel.fresh.clear()
    await stage.open()
    assert hits == []
    assert len({hit.partition(": ")[2] for hit in found(folder, traces(2))}) == 5
    assert [shown.text for shown, _ in stage.channel.fresh] == []


async def test_erase_by_hand(stage: Stage) -> None:
    await live(stage, 3)
    folder = stage.folders.data
    await stage.close()
    for who, part in (("nobody", "nobody is known"), ("99999", "nobody is known")):
        with pytest.raises(ConfigError, match=part):
            await upkeep.erase(settings_of(folder), who)
    told = await upkeep.erase(settings_of(folder), traces(3)[1])
    assert "exported" in told and found(folder, traces(3)) == []
    with pytest.raises(ConfigError, match="nobody is known"):
        await upkeep.erase(settings_of(folder), traces(3)[1])
    assert copies.erased(folder) == [json.loads((folder / "erased.jsonl").read_text())["person"]]
    await stage.open()


async def test_what_is_no_backup_is_refused_and_changes_nothing(stage: Stage, tmp_path: Path) -> None:
    folder = stage.folders.data
    await stage.close()
    before = (folder / "linsheng.db").read_bytes()
    (tmp_path / "text.zip").write_text("no zip")
    with zipfile.ZipFile(tmp_path / "up.zip", "w") as archive:
        archive.writestr("../evil", "x")
    with zipfile.ZipFile(tmp_path / "newer.zip", "w") as archive:
        connection = sqlite3.connect(tmp_path / "newer.db")
        connection.execute("PRAGMA user_version = 9999")
        connection.close()
        archive.write(tmp_path / "newer.db", "linsheng.db")
    for name in ("text.zip", "up.zip", "newer.zip", "missing.zip"):
        with pytest.raises(ConfigError) as error:
            await upkeep.restore(settings_of(folder), tmp_path / name)
        assert "\n" not in str(error.value) and name in str(error.value)
    assert (folder / "linsheng.db").read_bytes() == before and not (tmp_path.parent / "evil").exists()
    await stage.open()


# ---------------------------------------------------------------- growing old


async def test_words_and_pictures_grow_old(stage: Stage) -> None:
    await live(stage, 4)
    number = (await stage.database.read(tickets.open_in))[0].id
    await say(stage, "小李", f"接 {number}", group="志愿者群")
    await say(stage, "小李", "弄完了")
    await stage.play(Step(0, "", "clock", text="2026-03-20 09:00"))
    young = await stage.database.read(lambda tx: tickets.get(tx, number))
    assert young is not None and young.pictures and young.words
    await stage.play(Step(0, "", "clock", text="2026-04-10 09:00"))
    older = await stage.database.read(lambda tx: tickets.get(tx, number))
    assert older is not None and not older.pictures and older.words
    for day in ("2026-09-01", "2027-03-20"):
        await stage.play(Step(0, "", "down", text=f"{day} 09:00"))
        await stage.play(Step(0, "", "clock", text=f"{day} 10:00"))
    old = await stage.database.read(lambda tx: tickets.get(tx, number))
    assert old is not None and not old.words and old.reporter == young.reporter and old.category == young.category
    assert await stage.database.read(unequal) == []


async def test_my_data_holds_everything_and_nothing_of_others(stage: Stage) -> None:
    await live(stage, 5)
    await live(stage, 6)
    await say(stage, traces(5)[1], "我的资料")
    file = next(shown.message.file for shown in reversed(stage.channel.shown.values()) if shown.message.file)
    text = file.read_text(encoding="utf-8-sig")
    assert [trace for trace in traces(5) if trace not in text] == []
    assert [trace for trace in traces(6) if trace in text] == []


async def test_writing_goes_on_while_somebody_is_erased(stage: Stage) -> None:
    await live(stage, 7)
    person = await stage.database.read(lambda tx: people.known(tx, "talk", traces(7)[0]))
    assert person is not None
    lines = [Utterance(Origin("talk", f"busy-{n}", "li", "li", stage.clock.now(), "李大爷"), BEGIN) for n in range(20)]
    await asyncio.gather(
        copies.forget(stage.database, stage.folders, person.id, stage.clock.now()),
        *(stage.app.accept([line]) for line in lines),
    )
    await stage.app.settle()
    assert stage.app.counts["failures"] == 0 and found(stage.folders.data, traces(7)) == []


# ---------------------------------------------------------------- what an attack found


async def test_odd_bytes_in_the_list_bring_nobody_back(stage: Stage, tmp_path: Path) -> None:
    """A19: the list is read as bytes and before anything is put back; it is in every backup."""
    await live(stage, 1)
    await live(stage, 2)
    folder, first, second = stage.folders.data, tmp_path.parent / "first.zip", tmp_path.parent / "second.zip"
    upkeep.backup(settings_of(folder), first)
    await say(stage, traces(1)[1], "都删了", "对")
    upkeep.backup(settings_of(folder), second)
    await say(stage, traces(2)[1], "都删了", "对")
    await stage.close()
    with (folder / "erased.jsonl").open("ab") as file:
        file.write(b"\xff\xfe{torn")
    await upkeep.restore(settings_of(folder), first)
    assert found(folder, [*traces(1), *traces(2)]) == []
    (folder / "erased.jsonl").unlink()
    await upkeep.restore(settings_of(folder), second)
    assert len(copies.erased(folder)) == 1, "a lost disk does not forget who was erased"
    await upkeep.restore(settings_of(folder), first)
    assert found(folder, traces(1)) == []
    await stage.open()


async def test_a_damaged_database_can_be_replaced(stage: Stage, tmp_path: Path) -> None:
    folder, kept = stage.folders.data, tmp_path.parent / "whole.zip"
    upkeep.backup(settings_of(folder), kept)
    await stage.close()
    (folder / "linsheng.db").write_bytes(b"no database at all" * 1000)
    await upkeep.restore(settings_of(folder), kept)
    await stage.open()
    assert await say(stage, "王奶奶", "你是谁")


async def test_recordings_welfare_tickets_and_waiting_alarms_go_too(stage: Stage) -> None:
    """A12: nothing of the erased in spool, in what others filed about their door, in alerts on their way."""
    account, name, _, room, words = traces(8)
    await live(stage, 8)
    person = await stage.database.read(lambda tx: people.known(tx, "talk", account))
    assert person is not None
    (stage.folders.spool / "n.ogg").write_bytes(words.encode())
    stage.app.notes.used(VoiceNote(Origin("talk", "n", account, account, stage.clock.now()), "n.ogg"), NOTHING)
    number = next(
        t.id for t in await stage.database.read(tickets.open_in) if t.reporter == person.id and t.flow == "issue"
    )
    await say(stage, "小李", f"接 {number}", group="志愿者群")
    await say(stage, "小李", "敲门没人开")
    assert await stage.database.read(lambda tx: tx.all("SELECT 1 FROM incident WHERE person = ?", person.id))
    await stage.database.transaction(
        lambda tx: [
            queue.put(tx, Card(1, f"alert:{row['id']}", f"{name} {room} {words}", about=row["id"]), stage.clock.now())
            for row in tx.all("SELECT id FROM incident")
        ]
    )
    (stage.folders.data / "alarms.jsonl").write_text(json.dumps({"alarm": {"account": account, "text": words}}) + "\n")
    assert found(stage.folders.data, [room]) and found(stage.folders.spool, [words])
    await copies.forget(stage.database, stage.folders, person.id, stage.clock.now())
    gone = [*traces(8), *named(8)]
    assert found(stage.folders.data, gone) == []
    assert await stage.database.read(unequal) == []
