"""The try page as people see it: axe-core at three sizes, room for the conversation, stops of the Tab key, pictures.

``python -m bench page [--axe FILE] [--pictures DIR]``: axe-core is fetched with npm for the run (or given), and never kept.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support import processes, sounds
from tests.support.browser import BROWSER, window

SIZES = ((1280, 900), (1024, 768), (360, 740))
RESIDENT, VOLUNTEER = "#phone-resident", "#phone-volunteer"
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
STOPS = """() => [...document.querySelectorAll('button, a[href], input, select, textarea, summary, [tabindex="0"]')]
  .filter(one => one.offsetParent && !one.disabled && one.tabIndex >= 0).length"""


def fetched(folder: Path) -> Path | None:
    """axe-core as npm brings it, unpacked into a folder that goes with the run."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    subprocess.run([npm, "pack", "--silent", "axe-core"], cwd=folder, capture_output=True, check=False, timeout=120)
    package = next(iter(folder.glob("axe-core-*.tgz")), None)
    if package is None:
        return None
    with tarfile.open(package) as archive:
        archive.extract("package/axe.min.js", folder, filter="data")
    return folder / "package" / "axe.min.js"


@contextmanager
def trying() -> Iterator[str]:
    """The address of a try-out that runs until the block ends."""
    process = processes.linsheng(
        "try",
        "--port",
        "0",
        "--no-browser",
        stdout=subprocess.PIPE,
        env={**os.environ, "LINSHENG_HEARING__FETCH": "false"},
    )
    assert process.stdout is not None
    try:
        yield next(found[0] for line in process.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
    finally:
        process.terminate()
        process.wait(20)


def microphone(folder: Path, words: str) -> list[str]:
    """What makes the browser hear a sentence of our own in place of a microphone."""
    file = folder / "mic.wav"
    with wave.open(str(file), "wb") as sink:
        sink.setnchannels(1)
        sink.setsampwidth(2)
        sink.setframerate(48_000)
        sink.writeframes(sounds.resample(sounds.samples(words, pause=1.0), 16_000, 48_000))
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    return [*fake, f"--use-file-for-fake-audio-capture={file}%noloop"]


class Visit:
    """One window on one try-out, looked at in one state after another."""

    def __init__(self, tab: Any, size: tuple[int, int], pictures: Path | None) -> None:
        self._tab, self._size, self._pictures = tab, size, pictures
        self.lines: list[str] = []

    async def look(self, state: str) -> None:
        """What axe-core says of it, and how much of the height the conversation has."""
        found = await self._tab.evaluate(f"axe.run(document, {RULES})") if await self._axe() else {"violations": []}
        faults = [f"{one['id']} ({len(one['nodes'])}: {one['nodes'][0]['html'][:90]})" for one in found["violations"]]
        share = await self._tab.evaluate(f"document.querySelector('{RESIDENT} .log').clientHeight / innerHeight")
        stops = await self._tab.evaluate(STOPS)
        width, height = self._size
        wide = await self._tab.evaluate("document.documentElement.scrollWidth")
        self.lines.append(
            f"| {width}×{height} | {state} | {'; '.join(faults) or 'none'} | {share:.0%} | {stops} |"
            f" {'fits' if wide <= width else 'too wide'} |"
        )
        if self._pictures:
            await self._tab.screenshot(path=self._pictures / f"{width}-{state}.png")

    async def _axe(self) -> bool:
        return bool(await self._tab.evaluate("'axe' in globalThis"))

    async def say(self, words: str) -> None:
        """王奶奶 types a line."""
        await self._tab.fill(f"{RESIDENT} textarea", words)
        await self._tab.press(f"{RESIDENT} textarea", "Enter")

    async def sees(self, phone: str, words: str) -> None:
        """Wait until a message with these words stands there."""
        await self._tab.locator(f"{phone} .message").filter(has_text=words).last.wait_for(timeout=60_000)


async def _visited(axe: Path | None, pictures: Path | None) -> list[str]:
    from playwright.async_api import expect

    lines = [
        "| size | state | axe-core: violations | conversation's share of the height | Tab stops | width |",
        "|---|---|---|---|---|---|",
    ]
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder, trying() as url:
            flags = microphone(Path(folder), "厨房水管漏水了")
            async with window(*size, flags, permissions=["microphone"], bypass_csp=True) as tab:
                await tab.goto(url)
                await tab.locator(f"{RESIDENT} .introduction").wait_for()
                if axe:
                    await tab.add_script_tag(path=axe)
                visit = Visit(tab, size, pictures)
                await visit.look("begin")
                await tab.click(f"{RESIDENT} .record")
                await expect(tab.locator(f"{RESIDENT} .recording .seconds")).to_have_text(
                    re.compile("^[4-9] 秒"), timeout=30_000
                )
                await visit.look("speaking")
                await tab.click(f"{RESIDENT} .record")
                await visit.sees(RESIDENT, "我听到的是")
                await visit.look("heard")
                await tab.locator(RESIDENT).get_by_role("button", name="听错了，改").click()
                await visit.look("amend")
                await tab.press(f"{RESIDENT} textarea", "Escape")
                await tab.locator(f"{RESIDENT} .buttons").get_by_role("button", name="对", exact=True).last.click()
                await visit.sees(RESIDENT, "记下了")
                await visit.say("我想理发")
                await visit.sees(RESIDENT, "您要哪个")
                await visit.look("asking")
                await visit.say("算了")
                await visit.sees(RESIDENT, "不办了")
                await visit.say("我胸口疼得厉害")
                await visit.sees(RESIDENT, "先打 120")
                await visit.look("danger")
                lines += visit.lines
                tab.faults.clear()
    return lines


def run(*arguments: str) -> list[str]:
    """One row a state and size."""
    if BROWSER is None:
        return ["no Chromium here: apt-get install chromium fonts-noto-cjk"]

    def told(name: str) -> Path | None:
        return Path(arguments[arguments.index(name) + 1]) if name in arguments else None

    pictures = told("--pictures")
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        axe = told("--axe") or fetched(Path(folder))
        lines = asyncio.run(_visited(axe, pictures))
    return lines if axe else [*lines, "axe-core cannot be fetched here: its column says nothing"]
