"""A try page with a small scripted core behind it, and the real browser that looks at it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.channels import Message
from bot.page import Actor, Group, PageChannel
from models.events import Press, Received, Utterance
from models.outgoing import Button

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000
"""Milliseconds until what is expected on the page counts as missing, on a machine that is busy with other tests."""
CAST = (
    Actor("wang", "王奶奶", "resident", "c-wang"),
    Actor("zhang", "张爷爷", "resident", "c-zhang"),
    Actor("li", "小李", "volunteer", "c-li"),
    Actor("chen", "陈姐", "volunteer", "c-chen"),
    Actor("zhou", "周值班", "desk", "c-zhou"),
    Actor("lin", "林主任", "manager", "c-lin"),
)
GROUPS = (
    Group("g-vol", "志愿者群", "volunteers", ("li", "chen")),
    Group("g-desk", "值班群", "desk", ("zhou",)),
)


@dataclass
class World:
    """The levers of the page, and the core that answers: it echoes, offers a button, and keeps what it got."""

    time: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    page: PageChannel | None = None
    events: list[Received] = field(default_factory=list)
    broken: bool = False
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> datetime:
        return self.time

    async def move(self, to: datetime) -> None:
        while self.time < to:
            self.time = min(to, self.time + timedelta(hours=1))
            if self.time.hour == 9 and self.time.minute == 0:
                await self.page.send("c-wang", Message("早上好，王奶奶"))

    def menu(self) -> tuple[str, ...]:
        return ("报修", "找帮手", "约服务", "评评理", "找人", "急")

    async def save(self) -> str:
        said = [event.text for event in self.events if isinstance(event, Utterance)]
        return "== 2026-03-02 09:00\n" + "".join(f"王奶奶 > {text}\n" for text in said)

    def night(self) -> str:
        return "现在是夜里，明早 8 点再问" if self.time.hour >= 21 else ""

    def status(self) -> str:
        return "现在用的是自带的小模型，只听得懂合成的声音。"

    async def accept(self, events: Sequence[Received]) -> None:
        """Store and answer, as the core would."""
        if self.broken:
            raise RuntimeError("database is locked")
        self.events.extend(events)
        self.came.set()
        for event in events:
            await self.answer(event)

    async def answer(self, event: Received) -> None:
        chat = event.origin.chat
        if isinstance(event, Press):
            await self.page.receipt(chat, "记下了", event.origin.key)
            await self.page.send(chat, Message("好的"), edit=event.origin.reply_to)
        elif isinstance(event, Utterance):
            buttons = ((Button("对", "yes:1:1"), Button("不对", "no:1:1")),)
            await self.page.send(chat, Message(f"听到：{event.text}", buttons))
        else:
            await self.page.send(chat, Message(f"收到{type(event).__name__}"))

    async def until(self, count: int) -> list[Received]:
        """Wait for that many events."""
        while len(self.events) < count:
            self.came.clear()
            await self.came.wait()
        return self.events


@asynccontextmanager
async def page_running(folder: Path, port: int = 0) -> AsyncIterator[World]:
    """The page on a free port, served until the block ends."""
    world = World()
    world.page = PageChannel(port, CAST, GROUPS, world, folder / "spool", folder / "pictures")
    serving = asyncio.create_task(world.page.receive(world.accept))
    waiting = asyncio.create_task(world.page.ready.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    try:
        if serving.done():
            await serving
        yield world
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


@asynccontextmanager
async def window(width: int = 1280, height: int = 900, flags: Sequence[str] = (), **options):
    """A window of the real browser; fails the test on any error the page logs. Skips where no browser is."""
    if BROWSER is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=[*FLAGS, *flags])
        context = await browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **options)
        tab = await context.new_page()
        faults: list[str] = []
        tab.faults = faults
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        try:
            yield tab
        finally:
            await browser.close()
        assert faults == []
