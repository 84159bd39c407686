"""Voice in, rated ticket out: real sound in voices the model never heard, through real Vosk and the real core."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.flow.notes import NUMBER, understood
from bot.hearing import Hearing, HearingSettings
from bot.replay import talk
from bot.replay.talk import BEGIN, Stage
from models.events import Origin, Utterance, VoiceNote
from models.meaning import Context, Question
from models.transcripts import Transcript
from storage import tickets
from tests.conftest import say
from tests.support import sounds

FILES = sorted((Path(__file__).parents[2] / "conversations" / "voice").glob("*.chat"))


def voice(words: str, path: Path) -> None:
    """Say words into a file; no words are three seconds of silence."""
    if words:
        sounds.write_note(words, path)
    else:
        path.write_bytes(sounds.encode(bytes(96_000), 16_000, "ogg"))


@pytest.fixture
async def ears(tmp_path: Path):  # type: ignore[no-untyped-def]
    hearing = Hearing(HearingSettings(tmp_path / "words"))
    yield hearing
    await hearing.close()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_conversation_by_voice(path: Path, ears: Hearing) -> None:
    text = path.read_text(encoding="utf-8")
    assert await talk.replay(text, ears, voice) == text


@pytest.mark.parametrize(
    ("heard", "among", "meant"),
    [
        ("几号", "接一号", "vol.claim"),
        ("一号", "接一号", "vol.claim"),
        ("水管漏水", "接一号", "issue.report"),
        ("一号", None, NUMBER),
    ],
)
def test_a_bare_number_gives_way_to_the_task_that_was_named(heard: str, among: str | None, meant: str) -> None:
    listen = Question("claim", "choice", {"1": ("接1号",)})
    said = Utterance(
        Origin("talk", "a", "group", "li", BEGIN, private=False), heard, Transcript(heard, 0.9, alternative=among)
    )
    match = understood(said, Context(BEGIN, role="volunteer", group=True, listen=listen)).intents[0]
    assert match.intent.startswith(meant) and match.slots.get("ref") == ("1" if meant == "vol.claim" else None)


async def record(stage: Stage, key: str, words: str) -> str:
    """A recording arrives; returns its file's name."""
    file = f"{key}.ogg"
    voice(words, stage.folders.spool / file)
    await stage.app.accept([VoiceNote(Origin("talk", key, "wang", "wang", stage.clock.now()), file)])
    return file


async def test_the_sound_is_erased_after_it_was_used_and_kept_a_day_otherwise(tmp_path: Path, ears: Hearing) -> None:
    stage = Stage(tmp_path / "data", ears)
    await stage.open()
    heard = await record(stage, "a", "厨房水管漏水了")
    unheard = await record(stage, "b", "")
    await stage.app.settle()
    kept = stage.folders.spool / "kept"
    assert [file.name for file in stage.folders.spool.iterdir() if file.is_file()] == []
    [owned] = kept.iterdir()
    assert [file.name for file in owned.iterdir()] == [unheard] != [heard]
    os.utime(owned / unheard, (time.time(), stage.clock.now().timestamp() - 25 * 3600))
    stage.clock.move(stage.clock.now() + timedelta(hours=2))
    await stage.app.tick()
    assert list(kept.iterdir()) == []
    await stage.close()


async def test_ended_while_hearing_nothing_is_lost_and_nothing_heard_twice(tmp_path: Path) -> None:
    """The process ends before, while and after a note is heard; the next one goes on."""
    folder = tmp_path / "data"
    for number, wait in enumerate((0.0, 0.02, 0.2, 0.6)):
        ears = Hearing(HearingSettings(tmp_path / "words"))
        stage = Stage(folder, ears)
        await stage.open()
        await record(stage, f"n{number}", "楼道灯不亮" if number % 2 == 0 else "算了")
        await asyncio.sleep(wait)
        await stage.app.stop(seconds=0)
    ears = Hearing(HearingSettings(tmp_path / "words"))
    stage = Stage(folder, ears)
    await stage.open()
    await stage.app.settle()
    states = await stage.database.read(
        lambda tx: [row["state"] for row in tx.all("SELECT state FROM inbox ORDER BY id")]
    )
    left = [file.name for file in stage.folders.spool.iterdir() if file.suffix == ".ogg"]
    await stage.close()
    assert states == ["done"] * 4
    assert left == []


@pytest.mark.parametrize("model", ["nowhere", "broken"])
async def test_without_a_model_text_goes_on_and_people_are_told(tmp_path: Path, model: str) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "final.mdl").write_bytes(b"no model")
    ears = Hearing(HearingSettings(tmp_path / "words", model=str(tmp_path / model)))
    stage = Stage(tmp_path / "data", ears)
    await stage.open()
    await record(stage, "a", "厨房水管漏水了")
    await stage.app.settle()
    assert "听不了语音" in stage.channel.fresh[-1][0].text
    sent = await say(stage, "王奶奶", "厨房水管漏水了", "对")
    ticket = await stage.database.read(lambda tx: tickets.get(tx, 1))
    status = ears.status()
    await stage.close()
    assert any("1 号" in line for line in sent) and ticket is not None and ticket.category == "leak"
    assert status["error"] and status["sentence"] and not status["ready"]


class Slow:
    """Ears that finish only when somebody was told that the bot listens, or at once."""

    def __init__(self, wait: bool) -> None:
        self.wait, self.told = wait, asyncio.Event()

    async def start(self) -> None: ...

    async def hear(self, path: Path, **how: object) -> Transcript:
        if self.wait:
            await self.told.wait()
        return Transcript("谢谢", 1.0)

    async def close(self) -> None: ...

    def status(self) -> dict[str, object]:
        return {}


@pytest.mark.parametrize("wait", [True, False])
async def test_somebody_who_waits_is_told_that_the_bot_listens(tmp_path: Path, wait: bool) -> None:
    ears = Slow(wait)
    stage = Stage(tmp_path, ears)
    receipts = []

    async def receipt(chat: str, kind: str, key: str = "") -> None:
        receipts.append((chat, kind, key))
        ears.told.set()

    stage.channel.receipt = receipt  # type: ignore[method-assign]
    await stage.open()
    await stage.app.accept([VoiceNote(Origin("talk", "a", "wang", "wang", stage.clock.now()), "a.ogg")])
    await stage.app.settle()
    await stage.close()
    assert receipts == ([("wang", "listening", "a")] if wait else [])
    assert len(stage.channel.shown) == 1
