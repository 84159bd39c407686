"""Recordings nobody could hear, and answers aloud: remembered, spoken after the commit, silent in a quarrel, erased."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.replay.talk import Stage
from models.events import Origin, VoiceNote
from models.transcripts import Transcript
from storage import people, voice
from tests.conftest import press, say

pytest.importorskip("espeakng_loader", reason="espeakng-loader is not installed: nothing can be spoken")


class Ears:
    """Hears what the test says was heard."""

    def __init__(self, *heard: Transcript) -> None:
        self.heard = list(heard)

    async def start(self) -> None: ...

    async def hear(self, path: Path, **how: object) -> Transcript:
        return self.heard.pop(0)

    async def close(self) -> None: ...

    def status(self) -> dict[str, object]:
        return {}


UNSURE = Transcript("", 0.6, 3.0, "starter", error="unsure")


async def opened(folder: Path, *heard: Transcript) -> Stage:
    stage = Stage(folder, Ears(*heard))  # type: ignore[arg-type]
    await stage.open()
    return stage


async def record(stage: Stage, key: str, who: str = "wang") -> list[str]:
    """A recording arrives; returns what was answered to whom."""
    (stage.folders.spool / f"{key}.ogg").write_bytes(b"OggS")
    before = len(stage.channel.shown)
    await stage.app.accept([VoiceNote(Origin("talk", key, who, who, stage.clock.now()), f"{key}.ogg")])
    await stage.app.settle()
    return [f"{shown.chat}: {shown.text}" for shown in list(stage.channel.shown.values())[before:]]


def files(stage: Stage, chat: str = "wang") -> list[Path]:
    return [
        shown.message.file
        for shown in stage.channel.shown.values()
        if shown.chat == chat and shown.message.file and shown.message.file.suffix == ".ogg"
    ]


async def test_of_a_recording_that_is_too_long_the_beginning_counts_and_the_rest_is_kept_for_a_day(
    tmp_path: Path,
) -> None:
    long = Transcript("厨房水管漏水了", 0.9, 120.0, "whisper-base", cut=True)
    stage = await opened(tmp_path, long, UNSURE)
    told = await record(stage, "a")
    assert any("这段太长，我只听了开头" in line and "水管漏水" in line for line in told), told
    assert [file.name for file in (tmp_path / "spool" / "kept").rglob("*.ogg")] == ["a.ogg"]
    assert not any("#1" in line for line in await record(stage, "b")), "it was no failure: the next one is the first"
    assert len([line for line in await say(stage, "刘姐", "/听录音") if "[声]" in line]) == 2
    await stage.close()


async def test_another_language_is_named_in_one_line(tmp_path: Path) -> None:
    stage = await opened(tmp_path, Transcript("", 0.8, 4.0, "whisper-base", error="language"))
    assert "wang: 我只听得懂中文。您用普通话再说一遍，或者打字。" in await record(stage, "a")
    await stage.close()


async def test_two_recordings_in_five_minutes_reach_the_desk_and_later_ones_begin_anew(tmp_path: Path) -> None:
    stage = await opened(tmp_path, *[UNSURE] * 5)
    first = await record(stage, "a")
    assert any("我没听清，您再说一遍，或者按下面的字" in line for line in first) and not any(
        "服务台" in line for line in first
    )
    stage.clock.move(stage.clock.now() + timedelta(minutes=6))
    assert not any("#1" in line for line in await record(stage, "b")), "six minutes later it is the first again"
    stage.clock.move(stage.clock.now() + timedelta(minutes=4))
    assert any("#1" in line and "没听清" in line for line in await record(stage, "c"))
    assert not any("#2" in line for line in await record(stage, "d"))
    played = await say(stage, "刘姐", "/听录音")
    assert len([line for line in played if "[声]" in line]) == 4, "also those of which the desk has a ticket"
    await stage.close()


async def test_only_managers_read_the_command_and_once(tmp_path: Path) -> None:
    stage = await opened(tmp_path, *[UNSURE] * 3)
    told = [line for key in "abc" for line in await record(stage, key)]
    commands = [line for line in told if "linsheng" in line]
    assert len(commands) == 1 and not commands[0].startswith("wang")
    await stage.close()


async def test_the_desk_can_listen_for_a_day(tmp_path: Path) -> None:
    stage = await opened(tmp_path, UNSURE)
    await record(stage, "a")
    sent = await say(stage, "刘姐", "/listen")
    assert any("王奶奶" in line and "[声]" in line for line in sent)
    assert not any("[声]" in line for line in await say(stage, "李大爷", "/听录音")), "residents may not"
    stage.clock.move(stage.clock.now() + timedelta(hours=25))
    assert any("没有没听清的录音" in line for line in await say(stage, "刘姐", "/听录音"))
    await stage.close()


async def test_who_only_speaks_is_asked_once_and_the_answer_is_kept(tmp_path: Path) -> None:
    stage = await opened(tmp_path, *[Transcript("谢谢", 1.0)] * 6)
    asked = [line for key in "abc" for line in await record(stage, key) if "念出来" in line]
    assert len(asked) == 1
    await press(stage, "王奶奶", "对")
    spoken = len(files(stage))
    assert not any("念出来" in line for line in await record(stage, "d"))
    assert len(files(stage)) == spoken + 1
    await say(stage, "王奶奶", "不用念了")
    await say(stage, "王奶奶", "谢谢")
    assert len(files(stage)) == spoken + 1
    await stage.close()


async def test_who_types_now_and_then_is_not_asked(tmp_path: Path) -> None:
    stage = await opened(tmp_path, *[Transcript("谢谢", 1.0)] * 4)
    for key in "abcd":
        assert not any("念出来" in line for line in await record(stage, key))
        await say(stage, "王奶奶", "谢谢")
    await stage.close()


async def test_a_quarrel_is_never_spoken_unless_it_is_asked_for_there(stage: Stage) -> None:
    await say(stage, "王奶奶", "念给我听")
    spoken = len(files(stage))
    await say(stage, "王奶奶", "我要找人评评理")
    silent = len(files(stage))
    assert silent == spoken
    await say(stage, "王奶奶", "念给我听")
    assert len(files(stage)) > silent


async def test_in_danger_the_first_sentence_is_spoken_and_short(stage: Stage) -> None:
    await say(stage, "王奶奶", "念给我听")
    before = set(files(stage))
    await say(stage, "王奶奶", "救命,我摔倒了起不来")
    spoken = [file for file in files(stage) if file not in before]
    assert spoken and all(file.stat().st_size < 60_000 for file in spoken)


async def test_what_was_spoken_goes_with_the_person(stage: Stage) -> None:
    await say(stage, "王奶奶", "念给我听")
    made = list(stage.folders.made.glob("aloud-*"))
    assert made
    await say(stage, "王奶奶", "都删了")
    await press(stage, "王奶奶", "都删掉")
    assert not any(file.exists() for file in made)
    left = await stage.database.read(lambda tx: [row["person"] for row in tx.all("SELECT person FROM voice")])
    assert left == []


async def test_where_nothing_can_be_spoken_the_text_goes_alone(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.speaking.speaker import Speaker

    monkeypatch.setattr(Speaker, "fault", "package")
    sent = await say(stage, "王奶奶", "念给我听", "楼道灯不亮")
    assert sent and not files(stage)
    person = await stage.database.read(lambda tx: people.known(tx, "talk", "wang"))
    assert person and not await stage.database.read(lambda tx: people.is_gone(tx, person.chat or 0))
    assert (await stage.database.read(lambda tx: voice.habit(tx, person.id))).aloud
