"""Takes the pictures in docs/ from a running try page: ``python tests/page_pictures.py [URL [FOLDER]]``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from browser import window

RESIDENT, VOLUNTEER, STAFF = "#phone-resident", "#phone-volunteer", "#phone-staff"


async def settle(tab):
    """Wait until nothing new has come for half a second."""
    seen = -1
    while seen != (seen := await tab.locator(".message").count()):
        await tab.wait_for_timeout(500)


async def say(tab, phone, text):
    await tab.fill(f"{phone} textarea", text)
    await tab.press(f"{phone} textarea", "Enter")
    await settle(tab)


async def press(tab, phone, label):
    await tab.locator(f"{phone} .buttons").get_by_role("button", name=label, exact=True).last.click()
    await settle(tab)


async def chat(tab, phone, title):
    await tab.locator(f"{phone} .chats").get_by_role("button", name=title).first.click()
    await settle(tab)


async def one_life(tab):
    """A leaking pipe from the first word to a volunteer on the way."""
    await say(tab, RESIDENT, "厨房水管漏水了，从早上开始的，地上滑")
    for label in ("在我家", "对"):
        if await tab.locator(f"{RESIDENT} .buttons").get_by_role("button", name=label, exact=True).count():
            await press(tab, RESIDENT, label)
    await press(tab, VOLUNTEER, "我去")
    await chat(tab, VOLUNTEER, "私聊")
    await press(tab, VOLUNTEER, "出发了")


async def main(url: str, folder: Path) -> None:
    """Play one life of a ticket at desktop width, then look at it at both widths."""
    async with window(1280, 900) as tab:
        await tab.goto(url)
        await tab.locator(".introduction").first.wait_for()
        await one_life(tab)
        await chat(tab, VOLUNTEER, "志愿者群")
        await tab.evaluate("document.activeElement.blur()")
        await tab.screenshot(path=folder / "page-wide.png")
    async with window(360, 740, has_touch=True) as tab:
        await tab.goto(url)
        await settle(tab)
        if await tab.locator("#status button").is_visible():
            await tab.tap("#status button")
        await settle(tab)
        await tab.screenshot(path=folder / "page-narrow.png")


if __name__ == "__main__":
    asyncio.run(main((sys.argv[1:] or ["http://127.0.0.1:8000/"])[0], Path((sys.argv[2:] or ["docs"])[0])))
