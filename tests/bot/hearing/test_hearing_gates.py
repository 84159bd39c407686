"""What is no speech, or not one person's, or no Chinese, or without end: one clear line, and no words made up. Sounds of our own."""

from __future__ import annotations

from array import array
from collections.abc import AsyncIterator
from dataclasses import dataclass
from math import exp, pi, sin
from pathlib import Path

import pytest

from bot.hearing import Hearing, HearingSettings
from bot.hearing.decode import Sound
from bot.hearing.engine import Heard
from bot.hearing.engines import whisper
from bot.hearing.judging import Bar, transcript
from bot.speaking.espeak import Voice
from models.transcripts import Word
from tests.support import sounds
from tests.support.weights import whisper_base
from tools.starter_model.codecs import encode, resample

RATE = 16_000
TUNE = (262, 330, 392, 523, 392, 330, 440, 349)


def music(seconds: int = 5) -> bytes:
    """A plucked tune over a fifth."""
    made = array("h")
    for step in range(RATE * seconds):
        second = step / RATE
        height, fade = TUNE[int(second * 4) % len(TUNE)], exp(-3 * (second * 4 % 1))
        pluck = fade * sum(sin(2 * pi * height * part * second) / part for part in (1, 2, 3))
        made.append(int(5000 * (pluck + 0.5 * sin(2 * pi * 131 * second) + 0.4 * sin(2 * pi * 196 * second))))
    return made.tobytes()


def together(*parts: bytes) -> bytes:
    """Several sounds at once."""
    rows = [array("h", part) for part in parts]
    length = max(map(len, rows))
    mixed = [sum(row[at] if at < len(row) else 0 for row in rows) for at in range(length)]
    return array("h", [max(-32768, min(32767, sample)) for sample in mixed]).tobytes()


def foreign(text: str, language: str) -> bytes:
    """A sentence in another language."""
    voice = Voice()
    voice._library.espeak_SetVoiceByName(language.encode())
    voice.tune(150, 100)
    return resample(voice.one(text), voice.rate, RATE)


# ---------------------------------------------------------------- the gates by themselves


@dataclass
class Part:
    """A stretch as Whisper gives it."""

    text: str
    avg_logprob: float = -0.2
    no_speech_prob: float = 0.1
    compression_ratio: float = 1.0
    start: float = 0.0
    end: float = 2.0


@pytest.mark.parametrize(
    ("part", "word"),
    [
        (Part("厨房水管漏水了"), "厨房水管漏水了"),
        (Part("漏水漏水漏水漏水漏水漏水漏水"), None),
        (Part("好的", compression_ratio=2.9), None),
        (Part("啊", no_speech_prob=0.9, avg_logprob=-1.2), None),
        (Part("您好", no_speech_prob=0.9, avg_logprob=-0.2), "您好"),
        (Part("请不吝点赞 订阅 转发"), None),
        (Part("以下是普通话的句子。"), None),
        (Part("普通话的句子 普通话的句子"), None),
        (Part("……"), None),
        (Part("電梯壞了"), "电梯坏了"),
    ],
)
def test_what_whisper_makes_up_is_no_word(part: Part, word: str | None) -> None:
    opencc = pytest.importorskip("opencc", reason="OpenCC is not installed")
    ear = whisper.Ear.__new__(whisper.Ear)
    ear._simple = opencc.OpenCC("t2s").convert
    found = ear._word(part)
    assert (found["word"] if found else None) == word


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("GoodmorningmykitchenpipeisleakingCouldyousendsomebody", "language"),
        ("Okay我知道了厨房漏水", None),
        ("我要交120块电费", None),
        ("Buenosdias水", "language"),
    ],
)
def test_letters_are_another_language(text: str, error: str | None) -> None:
    heard = transcript(Sound(3.0, 9000, 5000), Heard((Word(text, 0.8, 0, 3),)), "whisper-base", Bar(0.35))
    assert heard.error == error and heard.text == ("" if error else text)


async def test_of_a_recording_without_end_the_beginning_is_heard_and_known_to_be_the_beginning(tmp_path: Path) -> None:
    ears = Hearing(HearingSettings(tmp_path, max_seconds=4))
    await ears.start()
    try:
        said = sounds.samples("厨房水管漏水了", pause=0.5)
        file = tmp_path / "long.ogg"
        file.write_bytes(encode(said * 6, RATE, "ogg"))
        heard = await ears.hear(file)
        assert heard.cut and heard.text.startswith("厨房水管漏水") and heard.seconds <= 4.1
        file.write_bytes(encode(said, RATE, "ogg"))
        assert not (await ears.hear(file)).cut
    finally:
        await ears.close()


# ---------------------------------------------------------------- with the real weights


@pytest.fixture(scope="module")
def weights() -> Path:
    return whisper_base()


@pytest.fixture
async def ears(weights: Path, tmp_path: Path) -> AsyncIterator[Hearing]:
    hearing = Hearing(HearingSettings(tmp_path, models=weights, model="whisper-base", max_seconds=20))
    await hearing.start()
    yield hearing
    await hearing.close()


async def test_music_two_people_another_language_and_no_end_become_no_made_up_words(
    ears: Hearing, tmp_path: Path
) -> None:
    one, other = sounds.samples("厨房水管漏水了你们快来看看", "f2"), sounds.samples("我想预约明天上午的理发", "m4")
    tried = {
        "music": (music(), {"noise", "unsure"}),
        "two people at once": (together(one, other), {"noise", "unsure"}),
        "another language": (foreign("Good morning, my kitchen pipe is leaking, please come.", "en"), {"language"}),
        "no end": (music(30), {"long"}),
    }
    found = {}
    for name, (sound, _) in tried.items():
        file = tmp_path / "note.ogg"
        file.write_bytes(encode(sound, RATE, "ogg"))
        found[name] = await ears.hear(file)
    assert {name: heard.text for name, heard in found.items()} == dict.fromkeys(tried, "")
    assert all(found[name].error in errors for name, (_, errors) in tried.items()), found
