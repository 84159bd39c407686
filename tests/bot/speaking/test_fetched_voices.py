"""Voices of sherpa-onnx that were fetched: spoken with a net made by hand, and what is no voice."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.hearing import engines, models
from bot.hearing.settings import HearingSettings
from bot.speaking import Manner, Mute, Speaker, commands
from bot.speaking.speaker import LONGEST
from tests.support import voice_net
from tests.support.lengths import seconds

pytest.importorskip("sherpa_onnx", reason="sherpa-onnx is not installed")

TODAY, NAME = date(2026, 3, 2), "vits-melo-tts-zh_en"


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return voice_net.write(tmp_path_factory.mktemp("models") / NAME)


async def test_a_fetched_voice_speaks_slower_louder_and_at_most_a_minute(voice: Path, tmp_path: Path) -> None:
    [fetched, *_] = commands([voice.parent])
    speaker = Speaker(tmp_path, fetched)
    try:
        usual = await speaker.note("水管，灯。", TODAY)
        assert usual.read_bytes().startswith(b"OggS") and 0.8 < seconds(usual) < 3
        assert seconds(await speaker.note("水管，灯。", TODAY, Manner(slow=True))) > seconds(usual) * 1.05
        assert await speaker.note("水管，灯。", TODAY, Manner(loud=True)) != usual
        assert 20 < seconds(await speaker.note("水管灯，楼。" * 800, TODAY)) <= LONGEST + 0.2
        assert 0 < seconds(await speaker.note("🙂 ABC 啊", TODAY)) < 2, "what it has no sound for is a pause"
    finally:
        await speaker.close()


def test_the_fetched_voice_comes_before_espeak_and_a_spoilt_one_is_passed_over(voice: Path, tmp_path: Path) -> None:
    assert commands([tmp_path, voice.parent])[0][2] == "bot.speaking.sherpa"
    assert all("sherpa" not in command[2] for command in commands([tmp_path]))
    spoilt = shutil.copytree(voice, tmp_path / NAME)
    (spoilt / "model.onnx").write_bytes(b"version https://git-lfs")
    assert all("sherpa" not in command[2] for command in commands([tmp_path]))


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [("tokens.txt", b"", "broken"), ("lexicon.txt", b"water w o: t @\n", "language"), ("model.onnx", b"x", "broken")],
)
def test_a_foreign_or_missing_file_is_named(name: str, content: bytes, fault: str, voice: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(voice, tmp_path / NAME)
    (folder / name).write_bytes(content)
    assert engines.FOLDERS[engines.VOICE].fault(folder) == fault
    (folder / name).unlink()
    assert models.fault_of(NAME, HearingSettings(tmp_path, models=tmp_path)) == "broken"


async def test_where_the_fetched_voice_cannot_speak_the_next_one_does(tmp_path: Path) -> None:
    broken = (sys.executable, "-c", "raise SystemExit(1)")
    speaker = Speaker(tmp_path, broken, *commands())
    try:
        assert (await speaker.note("您好。", TODAY)).is_file()
    finally:
        await speaker.close()
    alone = Speaker(tmp_path, broken)
    with pytest.raises(Mute, match="broken"):
        await alone.note("修好了。", TODAY)
    await alone.close()


def test_a_voice_is_no_ear() -> None:
    assert not engines.known(engines.VOICE)
