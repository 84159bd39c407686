"""Answers aloud: as they are said, short, made once, and silent in one clear way where nothing can be spoken."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.speaking.speaker import LONGEST, Manner, Mute, Speaker
from bot.speaking.wording import said, sentences
from tests.support.lengths import seconds

pytest.importorskip("espeakng_loader", reason="espeakng-loader is not installed: nothing can be spoken")
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("王奶奶,3-2-501 水管漏水,9:30 来修。", "王奶奶，三号楼二单元五零一水管漏水，九点半来修。"),
        ("3号楼2单元501室", "三号楼二单元五零一"),
        ("3号楼 501", "三号楼五零一"),
        ("打 120", "打幺二零"),
        ("打12356", "打幺二三五六"),
        ("电话 13812345678", "电话幺三八，幺二三四，五六七八"),
        ("座机 010-62345678", "座机零幺零，六二三四，五六七八"),
        ("下午 2:00-4:30 理发", "下午两点到四点半理发"),
        ("12点05分,15:05", "十二点零五分，十五点零五分"),
        ("3月5日来", "三月五号，星期四，农历正月十七，来"),
        ("2026-10-01 放假", "十月一号，星期四，农历八月廿一，放假"),
        ("8月15日（周六）", "八月十五号，星期六，农历七月初三"),
        ("2027年1月1日", "二零二七年一月一号，星期五，农历冬月廿四"),
        ("预约 3月32日", "预约三月三十二日"),
        ("12-01 12:15", "十二月一号，星期一，农历十月十二，十二点十五分"),
        ("血压 120/80", "血压高压一百二十，低压八十"),
        ("涨了 40%", "涨了百分之四十"),
        ("36.5 度", "三十六点五度"),
        ("#37 号办好了,是 1 号", "三十七号办好了，是一号"),
        ("还有 2 个人,105 元,2 袋米,10-12 斤", "还有两个人，一百零五元，两袋米，十到十二斤"),
        ("一共 10010 元,30500 元,20 块", "一共一万零一十元，三万零五百元，二十块"),
        ("⚠️ 先别硬扶！😀\n打 120。", "先别硬扶！打幺二零。"),
        ("看 https://example.com/a?b=1 。", "看网址。"),
        ("「救命」【急】", "救命，急"),
        ("", ""),
        ("😀", ""),
    ],
)
def test_a_text_is_said_as_people_say_it(written: str, spoken: str) -> None:
    assert said(written, TODAY) == spoken


@pytest.mark.parametrize(
    "text", ["水" * 5000, "1" * 5000, "3-2-501," * 600, "\n" * 3000, "1:1:1:1-2-3-4/5/6%%%###", "\x00\ud800坏"]
)
def test_odd_texts_are_worded_without_a_fault(text: str) -> None:
    assert all(part.strip() for part in sentences(said(text[:1000], TODAY)))


@pytest.fixture
async def speaker(tmp_path: Path):  # type: ignore[no-untyped-def]
    one = Speaker(tmp_path)
    yield one
    await one.close()


async def test_a_note_is_made_once_for_each_text_and_manner(speaker: Speaker) -> None:
    first = await speaker.note("记下了，是 1 号。", TODAY)
    made = first.stat().st_mtime_ns
    assert first.read_bytes().startswith(b"OggS") and first.stat().st_mode & 0o777 == 0o600
    assert (await speaker.note("记下了，是 1 号。", TODAY)).stat().st_mtime_ns == made
    slow = await speaker.note("记下了，是 1 号。", TODAY, Manner(slow=True))
    assert slow != first and seconds(slow) > seconds(first) * 1.1
    assert await speaker.note("记下了，是 1 号。", TODAY, Manner(loud=True)) not in (first, slow)


@pytest.mark.parametrize("text", ["水管漏水了，我记下了。" * 500, "水管漏水" * 1200, "请您等一等，" * 900])
async def test_a_very_long_text_is_spoken_for_a_minute_and_says_so(text: str, speaker: Speaker) -> None:
    assert 20 < seconds(await speaker.note(text, TODAY)) <= LONGEST + 0.2


async def test_the_first_sentence_alone_is_short(speaker: Speaker) -> None:
    text = "先别动。我在找社区的人，您别急，慢慢说，哪里不舒服都告诉我。"
    assert seconds(await speaker.note(text, TODAY, first_only=True)) < seconds(await speaker.note(text, TODAY)) / 2


@pytest.mark.parametrize("text", ["", "😀🎉", "\n\n"])
async def test_what_has_no_words_is_mute(text: str, speaker: Speaker) -> None:
    with pytest.raises(Mute, match="empty"):
        await speaker.note(text, TODAY)


async def test_a_killed_child_is_replaced(speaker: Speaker) -> None:
    await speaker.note("您好。", TODAY)
    assert speaker._process is not None
    os.kill(speaker._process.pid, signal.SIGSTOP)
    waiting = asyncio.create_task(speaker.note("修好了。", TODAY))
    await asyncio.sleep(0)
    os.kill(speaker._process.pid, signal.SIGKILL)
    assert (await waiting).is_file()


@pytest.mark.parametrize(
    "code", ["raise SystemExit(1)", "print('rubbish', flush=True)", "print('{\"size\": 99}', flush=True)"]
)
async def test_a_child_that_fails_makes_it_mute_and_leaves_no_file(code: str, tmp_path: Path) -> None:
    speaker = Speaker(tmp_path, (sys.executable, "-c", code))
    with pytest.raises(Mute, match="broken"):
        await speaker.note("您好。", TODAY)
    assert list(tmp_path.iterdir()) == []
    await speaker.close()


async def test_a_child_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.speaking.speaker._PATIENCE", 0.2)
    speaker = Speaker(tmp_path, (sys.executable, "-c", "import time; time.sleep(600)"))
    with pytest.raises(Mute, match="broken"):
        await speaker.note("您好。", TODAY)
    await speaker.close()
