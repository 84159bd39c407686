"""Takes the pictures in docs/ from a running try page: ``python -m tests.page_pictures [URL [FOLDER [figures]]]``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.browser import window

RESIDENT, VOLUNTEER, STAFF = "#phone-resident", "#phone-volunteer", "#phone-staff"


async def settle(tab):
    """Wait until nothing new has come for a second and a half."""
    seen = -1
    while seen != (seen := await tab.locator(".message").count()):
        await tab.wait_for_timeout(1500)


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
    await tab.get_by_role("button", name="到明早9点").click()
    await settle(tab)
    await say(tab, RESIDENT, "厨房水管漏水了，地上都是水")
    await press(tab, RESIDENT, "对")
    await tab.get_by_role("button", name="+10分钟").click()
    await press(tab, VOLUNTEER, "我去")
    await chat(tab, VOLUNTEER, "私聊")
    await press(tab, VOLUNTEER, "出发了")
    await tab.locator(f"{STAFF} select").select_option(label="张主任")
    await chat(tab, STAFF, "私聊")
    await say(tab, STAFF, "今天的情况")


async def booking_and_chart(tab):
    """A haircut booked by number, the provider's answer, and a manager's month as a picture."""
    await tab.get_by_role("button", name="到明早9点").click()
    await settle(tab)
    await say(tab, RESIDENT, "想约后天上午理发")
    await press(tab, RESIDENT, "2")
    await press(tab, RESIDENT, "对")
    await tab.locator(f"{STAFF} select").select_option(label="张主任")
    await chat(tab, STAFF, "私聊")
    await say(tab, STAFF, "这个月的情况")
    await press(tab, STAFF, "画成图")


async def figures(url: str, folder: Path) -> None:
    """A booking and a chart, at desktop width; ``python -m tests.page_pictures URL FOLDER figures``."""
    async with window(1280, 1080) as tab:
        await tab.goto(url)
        await tab.locator(".introduction").first.wait_for()
        await booking_and_chart(tab)
        await tab.evaluate("document.activeElement.blur()")
        await tab.screenshot(path=folder / "page-figures.png")


async def main(url: str, folder: Path) -> None:
    """Play one life of a ticket at desktop width, then look at it at both widths."""
    async with window(1280, 1080) as tab:
        await tab.goto(url)
        await tab.locator(".introduction").first.wait_for()
        await one_life(tab)
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
    played = figures if sys.argv[3:] == ["figures"] else main
    asyncio.run(played((sys.argv[1:] or ["http://127.0.0.1:8000/"])[0], Path((sys.argv[2:] or ["docs"])[0])))
