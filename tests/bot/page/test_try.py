"""`linsheng try` as a newcomer uses it: a process of its own, a real browser, typed and spoken."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.replay import talk
from bot.tryout import first_morning
from tests.support import processes
from tests.support.browser import window

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
ROOT = Path(__file__).parents[3]
RESIDENT, VOLUNTEER, STAFF = "#phone-resident", "#phone-volunteer", "#phone-staff"


@asynccontextmanager
async def running(*more: str) -> AsyncIterator[str]:
    """The address that a try-out prints which runs until the block ends."""
    process = processes.linsheng(
        "try",
        "--port",
        "0",
        "--no-browser",
        *more,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                yield found[0]
                break
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 20)


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """The address that the running try-out prints."""
    async with running() as address:
        yield address


async def say(tab, phone: str, text: str) -> None:  # type: ignore[no-untyped-def]
    await tab.fill(f"{phone} textarea", text)
    await tab.press(f"{phone} textarea", "Enter")


async def press(tab, phone: str, label: str) -> None:  # type: ignore[no-untyped-def]
    await tab.locator(f"{phone} .buttons").get_by_role("button", name=label, exact=True).last.click()


async def sees(tab, phone: str, words: str) -> None:  # type: ignore[no-untyped-def]
    await expect(tab.locator(f"{phone} .message").filter(has_text=words).last).to_be_visible(timeout=30_000)


async def chat(tab, phone: str, title: str) -> None:  # type: ignore[no-untyped-def]
    await tab.locator(f"{phone} .chats").get_by_role("button", name=title).first.click()


async def test_a_life_of_a_ticket_in_the_browser(url: str) -> None:
    async with window(1280, 900) as tab:
        await tab.goto(url)
        await tab.locator(".introduction").first.wait_for()
        await expect(tab.locator("time").first).to_contain_text("09:1")
        await say(tab, RESIDENT, "厨房水管漏水了")
        await sees(tab, RESIDENT, "我记的是")
        await press(tab, RESIDENT, "对")
        await sees(tab, RESIDENT, "记下了")
        await press(tab, VOLUNTEER, "我去")
        await chat(tab, VOLUNTEER, "私聊")
        await sees(tab, VOLUNTEER, "3号楼2单元501")
        await press(tab, VOLUNTEER, "弄完了")
        await sees(tab, RESIDENT, "弄好了")
        await tab.get_by_role("button", name="+1小时").click()
        await sees(tab, RESIDENT, "真修好了吗")
        await press(tab, RESIDENT, "修好了")
        await sees(tab, RESIDENT, "满意吗")
        await say(tab, RESIDENT, "满意")
        await sees(tab, RESIDENT, "谢谢您")
        await tab.locator(f"{STAFF} select").select_option(label="张主任")
        await chat(tab, STAFF, "私聊")
        await say(tab, STAFF, "今天的情况")
        await sees(tab, STAFF, "满意：1 件里 1 件")
        async with tab.expect_download() as download:
            await tab.get_by_label("更多").click()
            await tab.get_by_role("button", name="存成测试").click()
        saved = Path(await (await download.value).path()).read_text(encoding="utf-8")
    lines = [line for line in saved.splitlines() if not line.startswith(" ")]
    assert any(line.startswith("王奶奶 > 厨房水管漏水了") for line in lines)
    assert (await talk.replay("\n".join(lines) + "\n")).count("真修好了吗") == 1, "what was saved can be replayed"


async def test_a_kept_try_goes_on_where_it_stood(tmp_path: Path) -> None:
    async with window(1280, 900) as tab:
        async with running("--data", str(tmp_path)) as url:
            await tab.goto(url)
            await say(tab, RESIDENT, "厨房水管漏水了")
            await sees(tab, RESIDENT, "我记的是")
            await press(tab, RESIDENT, "对")
            await sees(tab, RESIDENT, "记下了")
            await tab.get_by_role("button", name="+10分钟").click()
            await expect(tab.locator("time").first).to_contain_text(re.compile("09:2[0-9]"))
            before = await tab.locator(f"{RESIDENT} .message .text").all_inner_texts()
        tab.faults.clear()
        async with running("--data", str(tmp_path)) as url:
            await tab.goto(url)
            await expect(tab.locator(f"{RESIDENT} .message .text")).to_have_text(before, use_inner_text=True)
            await expect(tab.locator("time").first).to_contain_text(re.compile("09:2[0-9]"))
            await expect(tab.locator("#guide-open")).to_have_text("步骤 1/4")
            await press(tab, VOLUNTEER, "我去")
            await chat(tab, VOLUNTEER, "私聊")
            await sees(tab, VOLUNTEER, "3号楼2单元501")
        tab.faults.clear()


@pytest.mark.parametrize(
    ("outside", "begins"),
    [
        ("2026-11-30T01:43", "2026-11-30"),
        ("2026-12-01T23:50", "2026-12-01"),
        ("2026-12-05T12:00", "2026-12-07"),
        ("2026-12-06T08:00", "2026-12-07"),
    ],
)
def test_it_begins_on_a_working_morning(outside: str, begins: str) -> None:
    began = first_morning(datetime.fromisoformat(outside + "+08:00"))
    assert began.isoformat() == f"{begins}T09:10:00+08:00"


async def test_spoken_in_the_browser(url: str, tmp_path: Path) -> None:
    from tests.support import sounds

    file = tmp_path / "mic.wav"
    with wave.open(str(file), "wb") as sink:
        sink.setnchannels(1)
        sink.setsampwidth(2)
        sink.setframerate(48_000)
        sink.writeframes(sounds.resample(sounds.samples("厨房水管漏水了", pause=1.0), 16_000, 48_000))
    flags = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={file}%noloop",
    ]
    async with window(360, 740, flags, has_touch=True, permissions=["microphone"]) as tab:
        await tab.goto(url)
        button = tab.locator(f"{RESIDENT} .record")
        await button.tap()
        await expect(tab.locator(f"{RESIDENT} .recording .seconds")).to_have_text(
            re.compile("^[4-9] 秒"), timeout=30_000
        )
        await button.tap()
        await sees(tab, RESIDENT, "我听到的是：3号楼2单元501，水管漏水")
