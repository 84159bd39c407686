"""``linsheng try``: everything on this machine, with a believable community and a page of three phones."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

from bot import listening, service
from bot.app import App, Folders
from bot.channels import Accept, Message
from bot.flow.clock import ShiftedClock
from bot.keeping.folders import DATABASE
from bot.page import Actor, Group, Kept, PageChannel
from bot.replay import script, seed
from bot.replay.seed import Seed
from models.events import Picture, Press, Received, Utterance, VoiceNote
from models.outgoing import Button

START = time(9, 10)
"""When the try-out begins, whatever the hour outside."""
KEPT = "try.jsonl"
"""What the page keeps in the folder."""
NIGHT = "现在是夜里，{day} {hour} 点再问"


class Recorder:
    """The page's channel, with the conversation written down as a ``.chat`` file."""

    name = "page"

    def __init__(self, page: PageChannel, planted: Seed, begin: datetime, kept: Kept) -> None:
        """Stand before the page."""
        self._page = page
        self._titles = {p.account: p.name for p in planted.people} | {g.address: g.title for g in planted.groups}
        self._at = begin
        self._labels: dict[str, str] = {}
        self._kept = kept
        self.lines = list(kept.every("line")) or [f"== {begin:%Y-%m-%d %H:%M}"]

    def _write(self, *lines: str) -> None:
        self.lines += lines
        for line in lines:
            self._kept.add(line=line)

    async def receive(self, accept: Accept) -> None:
        """Let the page run, and write down what comes in."""

        async def written(events: list[Received]) -> None:
            await accept(events)
            self._write(*(self._line(event) for event in events))

        await self._page.receive(written)  # type: ignore[arg-type]

    def _line(self, event: Received) -> str:
        origin = event.origin
        who = self._titles[origin.account]
        group = "" if origin.private else self._titles[origin.chat]
        if isinstance(event, Press):
            return script.said_line(who, group, "!", self._labels.get(event.data, event.data) + _number(event.data))
        if isinstance(event, Picture):
            return script.said_line(who, group, ">", event.caption, "图")
        if isinstance(event, VoiceNote):
            return script.said_line(who, group, ">", "……", "说")
        text = event.text if isinstance(event, Utterance) else ""
        return script.said_line(who, group, ">", " ".join(text.split("\n")))

    def moved(self, to: datetime) -> None:
        """The clock was moved."""
        self._write(f"== {to:%Y-%m-%d %H:%M}")

    async def send(self, chat: str, message: Message, edit: str | None = None) -> str:
        """Pass it on, and write it down."""
        reference = await self._page.send(chat, message, edit)
        self._labels |= {button.data: button.label for row in message.buttons for button in row}
        self._write(script.sent_line(self._titles.get(chat, chat), message.text, message.buttons, edit is not None))
        return reference

    async def receipt(self, chat: str, kind: str, key: str = "") -> None:
        """Pass it on."""
        await self._page.receipt(chat, kind, key)

    async def heard(self, chat: str, key: str, words: str) -> None:
        """Pass it on."""
        await self._page.heard(chat, key, words)

    async def close(self) -> None:
        """Pass it on."""
        await self._page.close()


def _number(data: str) -> str:
    """`` #37`` when a button is about a ticket."""
    target = Button("", data).data.split(":")[1:2]
    return f" #{target[0]}" if target and target[0].isdigit() and target[0] != "0" else ""


class Levers:
    """What the page can do to the world besides talking."""

    def __init__(self, planted: Seed, clock: ShiftedClock, status: Callable[[], str]) -> None:
        """The app and the recorder join later."""
        self._seed, self._clock, self._status = planted, clock, status
        self.app: App | None = None
        self.recorder: Recorder | None = None

    def now(self) -> datetime:
        """The time of the try-out in the community's zone."""
        return self._clock.now().astimezone(self._seed.settings.house().zone)

    async def move(self, to: datetime) -> None:
        """Walk the clock through everything that falls due."""
        assert self.app is not None and self.recorder is not None
        self.recorder.moved(to)
        await self.app.walk(to, self._clock.move)

    def menu(self) -> tuple[str, ...]:
        """A resident's menu."""
        assert self.app is not None
        return self.app.house.menu

    async def save(self) -> str:
        """The conversation so far."""
        assert self.recorder is not None
        return "\n".join(self.recorder.lines) + "\n"

    def night(self) -> str:
        """When people are asked again, while they sleep."""
        now, hours = self.now(), self._seed.settings.house().hours
        if hours.wakes <= now.time() < hours.sleeps:
            return ""
        return NIGHT.format(day="明早" if now.time() >= hours.sleeps else "今早", hour=f"{hours.wakes:%-H}")

    def status(self) -> str:
        """What the page should say about hearing."""
        return self._status()


async def run(port: int, data: Path | None, ready: Callable[[str], None]) -> None:
    """Serve the page until interrupted; raises ``OSError`` when the port is taken."""
    with tempfile.TemporaryDirectory(prefix="linsheng-") as scratch:
        folders = Folders(data or Path(scratch))
        held = service.lock(folders.data)
        try:
            await _serve(port, folders, ready)
        finally:
            os.close(held)


async def _serve(port: int, folders: Folders, ready: Callable[[str], None]) -> None:
    planted = seed.load()
    house, kept = planted.settings.house(), Kept(folders.data / KEPT)
    known = (folders.data / DATABASE).is_file()
    clock = ShiftedClock(kept.last or (None if known else first_morning(datetime.now(house.zone))))
    ears = listening.for_tryout(folders.spool, house.lexicon())
    levers = Levers(planted, clock, listening.sentence(ears))
    page = PageChannel(port, *_cast(planted), levers, folders.spool, folders.pictures, kept)
    recorder = Recorder(page, planted, levers.now(), kept)
    kept.begin(
        [*page.room.worth_keeping(), *({"line": line} for line in recorder.lines), {"now": levers.now().isoformat()}]
    )
    database = await service.open_folder(folders)
    await database.transaction(lambda tx: seed.plant(tx, planted, "page", clock.now()))
    app = App(house, database, clock, [recorder], folders, ears)
    levers.app, levers.recorder = app, recorder
    await app.start()
    running = asyncio.create_task(app.failed())
    try:
        up = asyncio.create_task(page.ready.wait())
        await asyncio.wait({up, running}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            ready(page.url)
        await running
    finally:
        await app.stop()


def first_morning(now: datetime) -> datetime:
    """Ten past nine of today, or of the Monday that follows a weekend."""
    weekend = timedelta(days=7 - now.weekday() if now.weekday() > 4 else 0)
    return datetime.combine(now.date() + weekend, START, now.tzinfo)


def _cast(planted: Seed) -> tuple[list[Actor], list[Group]]:
    """The seeded people and groups as the page shows them."""
    actors = [Actor(p.account, p.name, p.roles[0] if p.roles else "resident", p.account) for p in planted.people]
    accounts = {p.name: p.account for p in planted.people}
    groups = [Group(g.address, g.title, g.queue, tuple(accounts[name] for name in g.members)) for g in planted.groups]
    return actors, groups
