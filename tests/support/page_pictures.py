"""Takes the pictures in docs/ from a running try page: ``python -m tests.support.page_pictures [URL [FOLDER [SCENE]]]``."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tests.support.browser import window

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
    await say(tab, RESIDENT, "想约后天上午理发")
    await tab.locator(f"{RESIDENT} .buttons button").nth(1).click()
    await settle(tab)
    await press(tab, RESIDENT, "对")
    await tab.locator(f"{STAFF} select").select_option(label="张主任")
    await chat(tab, STAFF, "私聊")
    await say(tab, STAFF, "这个月的情况")
    await press(tab, STAFF, "画成图")


async def mediation(tab):
    """A quarrel told to a mediator alone, who takes it."""
    for words in ("评评理", "七号楼的赵叔", "他家鞋柜摆在过道上", "挪进屋就行", "可以问", "对"):
        await say(tab, RESIDENT, words)
    await tab.locator(f"{VOLUNTEER} select").select_option(label="何老师")
    await settle(tab)
    await press(tab, VOLUNTEER, "我来调")


async def shown(url: str, folder: Path, name: str, play: Callable[[Any], Awaitable[None]]) -> None:
    """One scene at desktop width."""
    async with window(1280, 1080) as tab:
        await tab.goto(url)
        await tab.locator(".introduction").first.wait_for()
        await play(tab)
        await tab.evaluate("document.activeElement.blur()")
        await tab.screenshot(path=folder / f"page-{name}.png")


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
        await tab.screenshot(path=folder / "page-narrow.png")


SCENES = {"figures": booking_and_chart, "mediation": mediation}
"""Scenes besides the pictures in ``docs/``, to be looked at."""


if __name__ == "__main__":
    url, folder, scene = [*sys.argv[1:], *["http://127.0.0.1:8000/", "docs", ""][len(sys.argv) - 1 :]][:3]
    if scene:
        asyncio.run(shown(url, Path(folder), scene, SCENES[scene]))
    else:
        asyncio.run(main(url, Path(folder)))
