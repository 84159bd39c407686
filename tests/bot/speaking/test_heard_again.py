"""What is spoken is understood by somebody who knows people's voices only: Whisper hears our answers again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from bot.hearing import Hearing, HearingSettings
from bot.speaking import Speaker
from bot.speaking.wording import said
from nlu.sound.pinyin import syllables
from tests.support.weights import whisper_base

pytest.importorskip("espeakng_loader", reason="espeakng-loader is not installed: nothing can be spoken")
ANSWERS = (
    "明天上午会有人来看。",
    "好，我记下了。",
    "小李答应了，马上就来。",
    "请您等一等，有人来看。",
    "您的理发约好了。",
    "修好了吗？",
    "我没听清，您再说一遍。",
    "您好，我是社区的邻声。",
)
TODAY = date(2026, 3, 2)


async def test_a_spoken_answer_is_heard_again(tmp_path: Path) -> None:
    """Under thirty per cent of the syllables are wrong."""
    ears, speaker = Hearing(HearingSettings(tmp_path, models=whisper_base(), model="whisper-base")), Speaker(tmp_path)
    await ears.start()
    wrong = whole = 0
    try:
        for answer in ANSWERS:
            heard = (await ears.hear(await speaker.note(answer, TODAY))).text
            meant = [one for one in syllables(said(answer, TODAY)) if one.isascii()]
            wrong += Levenshtein.distance(meant, syllables(heard))
            whole += len(meant)
    finally:
        await ears.close()
        await speaker.close()
    assert wrong / whole < 0.3, f"{wrong} of {whole}"
