"""Where an engine does not tell how sure it is: a second one that agrees by sound, else what words make of it; doubts are asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.flow.notes import Notes
from bot.hearing import Hearing, HearingSettings, second
from bot.replay.talk import BEGIN, Stage
from models.events import Origin, VoiceNote
from models.meaning import Context, Lexicon
from models.transcripts import Transcript, Word
from nlu.sound import likelihood
from tests.support import tone_net
from tools.starter_model.codecs import encode

pytest.importorskip("sherpa_onnx", reason="sherpa-onnx is not installed")


def sure(words: tuple[Word, ...]) -> dict[str, float]:
    return {word.text: word.confidence for word in words}


@pytest.mark.parametrize(
    ("other", "weighed", "confidences"),
    [
        ("楼登水", "second", {"楼": 0.9, "灯": 0.9, "水": 0.9}),
        ("楼门水", "second", {"楼": 0.9, "灯": 0.3, "水": 0.9}),
        ("", "nobody", {"楼灯水": 0.6}),
    ],
)
async def test_another_model_that_hears_the_same_sounds_makes_sure(
    other: str, weighed: str, confidences: dict[str, float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = HearingSettings(tmp_path, engine="sherpa", model=str(tone_net.write(tmp_path / "main")))
    beside = replace(settings, model=str(tone_net.write(tmp_path / "beside", other or "楼灯水"))) if other else None
    monkeypatch.setattr(second, "helper", lambda settings: beside)
    note = tmp_path / "note.ogg"
    note.write_bytes(encode(tone_net.sung("楼灯水"), 16000, "ogg"))
    ears = Hearing(settings)
    await ears.start()
    try:
        heard = await ears.hear(note)
        assert (heard.text, heard.weighed, sure(heard.words)) == ("楼灯水", weighed, confidences)
    finally:
        await ears.close()


async def test_two_models_that_hear_nothing_alike_pass_no_words_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = HearingSettings(tmp_path, engine="sherpa", model=str(tone_net.write(tmp_path / "main")))
    beside = replace(settings, model=str(tone_net.write(tmp_path / "beside", "猫狗鱼")))
    monkeypatch.setattr(second, "helper", lambda settings: beside)
    note = tmp_path / "note.ogg"
    note.write_bytes(encode(tone_net.sung("楼灯水"), 16000, "ogg"))
    ears = Hearing(settings)
    await ears.start()
    try:
        heard = await ears.hear(note)
        assert heard.text == "" and heard.error == "unsure"
    finally:
        await ears.close()


def test_an_engine_that_tells_how_sure_it_is_asks_no_other(tmp_path: Path) -> None:
    assert second.helper(HearingSettings(tmp_path)) is None
    assert second.helper(HearingSettings(tmp_path, models=tmp_path, engine="sherpa", model="x")) is None


def test_a_number_stays_one_word_as_sure_as_its_least_sure_figure() -> None:
    heard, other = (Word("住十四号楼", 0.6, 0, 2),), (Word("住十思号楼", 0.8, 0, 2),)
    assert sure(second.weighed(heard, other)) == {"住": 0.9, "十四": 0.9, "号": 0.9, "楼": 0.9}
    assert sure(second.weighed(heard, (Word("住七号楼", 0.8, 0, 2),)))["十四"] == 0.3


def test_without_another_model_words_and_numbers_that_sound_alike_decide() -> None:
    found = sure(likelihood.words("四号楼的路灯不亮", "四号楼的路灯不亮", Lexicon()))
    assert found["四"] < 0.6 < found["路"] and found["的"] > 0.6
    assert sure(likelihood.words("才正转移支付", "财政转移支付", Lexicon()))["财"] < 0.6
    assert sure(likelihood.words("住501", "住501", Lexicon()))["501"] > 0.6


class Characters:
    """An engine that writes characters and tells nothing of how sure it is."""

    def __init__(self, text: str) -> None:
        self.text = text

    async def start(self) -> None: ...

    async def hear(self, path: Path, **asked: object) -> Transcript:
        return Transcript(self.text, 0.6, 2.0, "sense", (Word(self.text, 0.6, 0, 2),), weighed="nobody")

    async def close(self) -> None: ...

    def status(self) -> dict[str, object]:
        return {}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("四号楼门口的灯不亮", "四号楼，四五六的四，还是十号楼"),
        ("七号楼门口的灯不亮", "七号楼，六七八的七，还是一号楼"),
        ("明天下午四点来理发", "4点，还是"),
        ("三号楼门口的灯不亮", ""),
    ],
)
async def test_a_slot_that_nothing_speaks_for_is_asked(said: str, asked: str, tmp_path: Path) -> None:
    stage = Stage(tmp_path, Characters(said))
    await stage.open()
    try:
        account = stage._addresses["李大爷"]
        (stage.folders.spool / "note.ogg").write_bytes(b"OggS")
        origin = Origin("talk", "note", account, account, stage.clock.now(), "李大爷")
        await stage.app.accept([VoiceNote(origin, "note.ogg", 2.0)])
        await stage.app.settle()
        told = "\n".join(shown.text for shown, _ in stage.channel.fresh)
        assert asked in told if asked else "还是" not in told, told
    finally:
        await stage.close()


async def test_what_a_stage_keeps_of_it(tmp_path: Path) -> None:
    notes = Notes(tmp_path, Characters("我家厨房水管漏水了"), Stage(tmp_path).clock)
    origin = Origin("talk", "a", "c", "p", BEGIN)
    said = await notes.hear(VoiceNote(origin, "a.ogg"), Context(BEGIN, Lexicon()))
    assert said.heard is not None and "".join(word.text for word in said.heard.words) == said.text
