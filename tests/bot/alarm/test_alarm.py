"""The table of faults: whatever breaks, the first attempt leaves at once, no gap is longer than the interval and one tick."""

from __future__ import annotations

import asyncio
import errno
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.alarm import book
from bot.alarm.lane import AlarmLane
from bot.channels import MaybeSent, Never, NotSent
from bot.replay.talk import Stage
from models.events import Origin, Picture, VoiceNote
from models.transcripts import Transcript
from storage import inbox, incidents, people, tickets
from tests.conftest import press, say
from tests.support.alarms import Watch, button, line, offered, pass_seconds

INTERVAL, TICK = 60, 1


async def incident(stage: Stage, number: int = 1):  # type: ignore[no-untyped-def]
    return await stage.database.read(lambda tx: incidents.get(tx, number))


async def test_the_alert_leaves_before_anything_is_stored(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    watch, order = Watch(stage), []
    transaction = stage.database.transaction

    async def slow(work):  # type: ignore[no-untyped-def]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        order.append(("stored", len(watch.alerts())))
        return await transaction(work)

    monkeypatch.setattr(stage.database, "transaction", slow)
    await stage.app.accept([line(stage, "着火了")])
    await stage.app.settle()
    assert order[0] == ("stored", 1)
    assert [one.chat for one in watch.alerts()] == ["liujie"]


async def test_an_event_alarms_once_by_its_key(stage: Stage) -> None:
    watch = Watch(stage)
    for _ in range(5):
        await stage.app.accept([line(stage, "着火了")])
    await stage.app.settle()
    assert len(watch.alerts()) == 1
    found = await incident(stage)
    assert (found.count, found.status) == (1, "open")
    assert await incident(stage, 2) is None


async def test_no_database_for_three_minutes(stage: Stage) -> None:
    """Locked: the ladder goes on in memory, the resident is told what to do, and afterwards nothing is said twice."""
    watch = Watch(stage)
    await stage.database._writer.execute("PRAGMA busy_timeout=1")
    other = sqlite3.connect(stage.folders.data / "linsheng.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    event = line(stage, "着火了")
    assert not await offered(stage, event)
    await stage.app.alarm.drained()
    assert [(one.second, one.chat) for one in watch.alerts()] == [(0.0, "liujie")]
    assert any(one.chat == "wang" and "119" in one.text for one in watch.attempts)
    await pass_seconds(stage, 180, event, locked=True)
    assert watch.longest_gap(watch.now) <= INTERVAL + TICK
    assert [one.chat for one in watch.alerts()] == ["liujie", "liujie", "xiaoli", "xiaoli"]
    other.execute("COMMIT")
    other.close()
    assert await offered(stage, event)
    await stage.app.settle()
    found = await incident(stage)
    assert (found.count, found.families[0], found.status) == (4, "fire", "open")
    assert sum("119" in one.text for one in watch.attempts if one.chat == "wang") == 1
    await pass_seconds(stage, 61)
    assert [one.chat for one in watch.alerts()][4:] == ["zhuren"], "the ladder goes on where memory left it"
    assert watch.longest_gap(watch.now) <= INTERVAL + TICK


async def test_an_incident_goes_on_while_the_database_refuses(stage: Stage) -> None:
    watch = Watch(stage)
    await say(stage, "王奶奶", "着火了")
    await pass_seconds(stage, 5)
    await stage.database._writer.execute("PRAGMA busy_timeout=1")
    other = sqlite3.connect(stage.folders.data / "linsheng.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await pass_seconds(stage, 130, locked=True)
    assert watch.longest_gap(watch.now) <= INTERVAL + TICK
    assert not await offered(stage, button(stage, "hold:1:0", "liujie", "ack"))
    said = len(watch.alerts())
    await pass_seconds(stage, 130, locked=True)
    assert len(watch.alerts()) == said, "silence within a tick of 我来管, stored or not"
    other.execute("COMMIT")
    other.close()
    assert await offered(stage, button(stage, "hold:1:0", "liujie", "ack"))
    await stage.app.settle()
    found = await incident(stage)
    assert (found.status, found.count) == ("held", 3)


async def test_the_word_silences_too_while_nothing_can_be_stored(stage: Stage) -> None:
    watch = Watch(stage)
    await stage.database._writer.execute("PRAGMA busy_timeout=1")
    other = sqlite3.connect(stage.folders.data / "linsheng.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    event, word = line(stage, "着火了"), line(stage, "我来管", "liujie", "word")
    assert not await offered(stage, event) and not await offered(stage, word)
    await pass_seconds(stage, 120, locked=True)
    assert len(watch.alerts()) == 1
    other.execute("COMMIT")
    other.close()
    assert await offered(stage, event) and await offered(stage, word)
    await stage.app.settle()
    assert (await incident(stage)).status == "held"


async def test_a_full_disk(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither database nor alarm file can be written."""
    watch = Watch(stage)
    pages = await stage.database.transaction(_fill)

    def full(*arguments: object) -> int:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(book.os, "write", full)
    event = line(stage, "着火了" + "，救命" * 900)
    assert not await offered(stage, event)
    await pass_seconds(stage, 20, event, locked=True)
    assert [(one.second, one.chat) for one in watch.alerts()] == [(0.0, "liujie")]
    monkeypatch.undo()
    await stage.database.transaction(lambda tx: tx.one(f"PRAGMA max_page_count={pages * 1000}"))
    assert await offered(stage, event)
    await stage.app.settle()
    assert len(watch.alerts()) == 1 and (await incident(stage)).count == 1


def _fill(tx) -> int:  # type: ignore[no-untyped-def]
    pages = tx.one("PRAGMA page_count")[0]
    tx.one(f"PRAGMA max_page_count={pages}")
    return int(pages)


async def test_the_group_is_gone(stage: Stage) -> None:
    watch = Watch(stage, lambda chat: Never("kicked") if chat in ("desk", "volunteers") else None)
    await say(stage, "王奶奶", "着火了")
    assert [one.chat for one in watch.alerts(sent=True)] == ["liujie"]
    await pass_seconds(stage, 61)
    assert watch.longest_gap(watch.now) <= INTERVAL + TICK
    await press(stage, "刘姐", "我来管")
    assert (await incident(stage)).status == "held"


async def test_whoever_cannot_be_told_is_passed_over_at_once(stage: Stage) -> None:
    watch = Watch(stage, lambda chat: Never("blocked") if chat == "liujie" else None)
    await stage.app.accept([line(stage, "着火了")])
    await stage.app.settle()
    assert [(one.second, one.chat) for one in watch.alerts(sent=True)] == [(0.0, "xiaoli")]


@pytest.mark.parametrize(
    "fault", [NotSent("429", 1800.0), NotSent("500"), MaybeSent("broken")], ids=("429", "500", "cut")
)
async def test_the_platform_refuses_for_half_an_hour(stage: Stage, fault: Exception) -> None:
    down = [True]
    watch = Watch(stage, lambda chat: fault if down[0] else None)
    await stage.app.accept([line(stage, "着火了")])
    await stage.app.settle()
    assert watch.alerts()[0].second == 0.0
    await pass_seconds(stage, 1800)
    assert watch.longest_gap(watch.now) <= INTERVAL + TICK
    assert {one.chat for one in watch.alerts()} >= {"liujie", "xiaoli", "zhuren"}
    down[0] = False
    await pass_seconds(stage, 60)
    after = watch.alerts(sent=True)
    assert after and after[0].second - 1800 <= 20
    assert all(sum(one.chat == chat for one in after) <= 2 for chat in ("liujie", "xiaoli", "zhuren")), "no flood"
    await press(stage, "刘姐", "我来管")
    said = len(watch.alerts())
    await pass_seconds(stage, 120)
    assert len(watch.alerts()) == said


class Deaf:
    """A recognizer that hangs, or hears one thing."""

    def __init__(self, text: str = "") -> None:
        self.text = text

    async def start(self) -> None:
        """Nothing to do."""

    async def hear(self, path, *, question=None, urgent=False, seconds=None) -> Transcript:  # type: ignore[no-untyped-def]
        if not self.text:
            await asyncio.Event().wait()
        return Transcript(self.text, 0.9, 3.0)

    async def close(self) -> None:
        """Nothing to do."""

    def status(self) -> dict[str, object]:
        return {}


async def test_a_dead_recognizer_holds_nothing_up(tmp_path: Path) -> None:
    """A line with a sign overtakes the note that hangs in its lane."""
    stage = Stage(tmp_path, ears=Deaf())
    await stage.open()
    watch = Watch(stage)
    await stage.app.accept([VoiceNote(Origin("talk", "note", "wang", "wang", stage.clock.now()), "x.ogg")])
    await stage.app.accept([line(stage, "救命")])
    while not any(one.chat == "wang" and "120" in one.text for one in watch.attempts):
        await asyncio.sleep(0)
    assert [(one.second, one.chat) for one in watch.alerts()] == [(0.0, "liujie")]
    assert (await incident(stage)).status == "open"
    await stage.app.stop(0)


async def test_danger_that_is_spoken_alerts_as_soon_as_it_is_words(tmp_path: Path) -> None:
    stage = Stage(tmp_path, ears=Deaf("我老伴倒在地上叫不应"))
    await stage.open()
    watch = Watch(stage)
    await stage.app.accept([VoiceNote(Origin("talk", "note", "wang", "wang", stage.clock.now()), "x.ogg")])
    await stage.app.settle()
    assert watch.attempts[0].text.startswith("急 第1次") and len(watch.alerts()) == 1
    assert (await incident(stage)).family == "medical"
    await stage.close()


async def test_words_under_a_picture_alert(stage: Stage) -> None:
    watch = Watch(stage)
    await stage.app.accept([Picture(Origin("talk", "p", "wang", "wang", stage.clock.now()), "x.jpg", "厨房着火了")])
    await stage.app.settle()
    assert len(watch.alerts()) == 1 and (await incident(stage)).family == "fire"


async def test_the_button_alerts(stage: Stage) -> None:
    watch = Watch(stage)
    await stage.app.accept([button(stage, "urgent:0:0", "wang", "b")])
    await stage.app.settle()
    assert len(watch.alerts()) == 1 and (await incident(stage)).sign == "cry"


async def test_an_event_that_is_never_stored_gets_its_incident(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    watch, receive = Watch(stage), inbox.receive
    monkeypatch.setattr(inbox, "receive", lambda tx, events: [])
    await stage.app.accept([line(stage, "我心口疼")])
    monkeypatch.setattr(inbox, "receive", receive)
    await pass_seconds(stage, 6)
    found = await incident(stage)
    assert (found.sign, found.count, len(watch.alerts())) == ("chest", 1, 1)
    await stage.app.accept([line(stage, "我心口疼")])
    await stage.app.settle()
    assert await incident(stage, 2) is None and len(watch.alerts()) == 1


async def test_the_ladder_is_in_a_file_and_follows_the_roles(stage: Stage) -> None:
    watch = Watch(stage)
    await stage.database.transaction(lambda tx: people.give_role(tx, _person(tx, "zhao"), "duty", stage.clock.now()))
    await stage.app.tick()
    lane = AlarmLane(stage.house, stage.app.channels, stage.clock, stage.folders.data)
    lane.check([line(stage, "着火了")])
    await lane.drained()
    assert sorted(one.chat for one in watch.alerts()) == ["liujie", "zhao"]


def _person(tx, account: str) -> int:  # type: ignore[no-untyped-def]
    found = people.known(tx, "talk", account)
    assert found is not None
    return found.id


async def test_a_torn_alarm_file_stops_nothing(stage: Stage) -> None:
    torn = '{"alarm": {"mark": "x"}}\n{"tried": 3}\n[]\n7\n{"alarm": {"mark"'
    (stage.folders.data / "alarms.jsonl").write_text(torn, encoding="utf-8")
    (stage.folders.data / "ladder.json").write_text("{", encoding="utf-8")
    await stage.close()
    await stage.open()
    watch = Watch(stage)
    await say(stage, "王奶奶", "着火了")
    assert len(watch.alerts()) == 1


async def test_the_files_are_for_their_owner_only_and_empty_afterwards(stage: Stage) -> None:
    await say(stage, "王奶奶", "着火了，别告诉别人")
    alarms = stage.folders.data / "alarms.jsonl"
    assert "wang" in alarms.read_text(encoding="utf-8")
    assert {path.stat().st_mode & 0o077 for path in (alarms, stage.folders.data / "ladder.json")} == {0}
    await stage.app.tick()
    assert alarms.read_text(encoding="utf-8") == ""


async def test_one_account_cannot_flood_anybody(stage: Stage) -> None:
    """A hundred cries in a minute: one incident, few messages; somebody else's danger alerts at once."""
    watch = Watch(stage)
    for number in range(100):
        await stage.app.accept([line(stage, ("救命", "着火了", "我摔了起不来")[number % 3], key=f"flood{number}")])
        stage.clock.move(stage.clock.now() + timedelta(seconds=0.6))
        if number % 5 == 0:
            await stage.app.tick()
        await stage.app.settle()
    assert await incident(stage, 2) is None
    duty = [one for one in watch.attempts if one.chat == "liujie"]
    own = [one for one in watch.attempts if one.chat == "wang"]
    assert len(duty) <= 8 and len(own) <= 8
    before = len(watch.alerts())
    await stage.app.accept([line(stage, "我心口疼", "chen", "other")])
    await stage.app.settle()
    assert len(watch.alerts()) == before + 1 and "陈阿婆" in watch.alerts()[-1].text


async def test_after_it_is_closed_the_same_person_alerts_again(stage: Stage) -> None:
    await say(stage, "王奶奶", "着火了")
    await press(stage, "刘姐", "我来管")
    await press(stage, "刘姐", "解决了")
    await press(stage, "刘姐", "误报")
    await stage.app.tick()
    watch = Watch(stage)
    await say(stage, "王奶奶", "又着火了")
    assert len(watch.alerts()) == 1 and (await incident(stage, 2)).status == "open"
    assert await stage.database.read(lambda tx: tickets.get(tx, 1).status) == "done"


async def test_what_was_said_before_an_outage_is_told_with_its_time(stage: Stage) -> None:
    watch = Watch(stage)
    event = line(stage, "着火了")
    stage.clock.move(stage.clock.now() + timedelta(hours=2))
    await stage.app.accept([event])
    await stage.app.settle()
    await pass_seconds(stage, 61)
    assert [("上午9点说的" in one.text) for one in watch.alerts()] == [True, True]


@pytest.mark.parametrize("file", ["x.jpg", ""], ids=["a picture", "a film or a document"])
@pytest.mark.parametrize("first", [True, False], ids=["on the first", "on another"])
async def test_words_under_any_part_of_an_album_alert_at_once_and_once(file: str, first: bool, stage: Stage) -> None:
    watch = Watch(stage)
    words = ["厨房着火了", ""] if first else ["", "厨房着火了"]
    origins = [Origin("talk", f"p{at}", "wang", "wang", stage.clock.now()) for at in range(2)]
    await stage.app.accept([Picture(one, file, said, "77") for one, said in zip(origins, words, strict=True)])
    await stage.app.settle()
    assert len(watch.alerts()) == 1 and (await incident(stage)).family == "fire"
