"""The room behind the page: takes what people do, tells the core, and shows every browser what happened."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.channels import Accept
from bot.page.browser import Browser
from bot.page.cast import Actor, Stage, Unknown
from bot.page.controls import Controls, Refused, shown, target
from bot.page.history import Entry, History, restored
from bot.page.incoming import EVENTS, Request, keep, read, seconds, suffix
from bot.page.kept import Kept
from bot.page.steps import Progress
from models.events import Origin, Received

logger = logging.getLogger(__name__)
NOT_STORED = "没存上，请再发一次"


@dataclass(eq=False)
class Room:
    """Everything the page knows while it runs."""

    stage: Stage
    controls: Controls
    spool: Path
    pictures: Path
    accept: Accept | None = None
    history: History = field(default_factory=History)
    browsers: set[Browser] = field(default_factory=set)
    menus: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Chat → the labels the bot put below it."""
    kept: Kept = field(default_factory=lambda: Kept(None))
    progress: Progress = field(default_factory=Progress)
    walking: bool = False
    _told: dict[str, Any] = field(default_factory=dict)
    _order: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    def __post_init__(self) -> None:
        """Take up what was said before a restart."""
        for line in self.kept.every("entry"):
            self.history.put(restored(line))
        self.menus.update({chat: tuple(labels) for chat, labels in self.kept.every("menu")})
        self.progress.done.update(self.kept.every("step"))

    def worth_keeping(self) -> list[dict[str, Any]]:
        """What a restart needs to show everything again."""
        entries = [{"entry": entry.stored()} for entry in self.history.entries()]
        return [
            *entries,
            *({"menu": menu} for menu in self.menus.items()),
            *({"step": at} for at in self.progress.done),
        ]

    def write(self, **line: Any) -> None:
        """Keep one thing, with the time of the try-out."""
        self.kept.add(**line, now=self.controls.now().isoformat())

    def hello(self) -> dict[str, Any]:
        """What a window needs to show everything from nothing."""
        return {"is": "hello", "phones": self.stage.phones(), "entries": self.history.all(), "world": self.world()}

    def world(self) -> dict[str, Any]:
        """The clock, the menu and the status line."""
        now = self.controls.now()
        return {
            "now": self.minute(),
            "shown": shown(now),
            "walking": self.walking,
            "menu": list(self.controls.menu()),
            "menus": dict(self.menus),
            "status": self.controls.status(),
            "night": self.controls.night(),
            "steps": self.progress.shown(),
        }

    def minute(self) -> str:
        """The time of the try-out as local ISO 8601 to the minute."""
        return self.controls.now().replace(tzinfo=None).isoformat(timespec="minutes")

    def look(self) -> None:
        """Tell the windows about the world if it changed."""
        world = self.world()
        if world != self._told:
            self._told = world
            self.publish({"is": "world", "world": world})

    def publish(self, message: dict[str, Any]) -> None:
        """Tell every window."""
        for browser in tuple(self.browsers):
            browser.tell(message)

    def show(self, entry: Entry) -> None:
        """Put an entry into the history and onto every window."""
        self.history.put(entry)
        if entry.saved:
            self.write(entry=entry.stored())
        self.publish({"is": "entry", "entry": entry.shown()})

    async def handle(self, browser: Browser, raw: str | bytes) -> None:
        """Do what a frame asks and answer the window that sent it."""
        id = ""
        try:
            request = read(raw)
            id = request.id
            kept = await (self.walk(request) if request.do == "move" else self.take(request))
        except Refused as refusal:
            browser.tell({"is": "failed", "id": id, "text": str(refusal)})
        else:
            browser.tell({"is": "done", "id": id, "entry": kept})

    async def walk(self, request: Request) -> None:
        """Move the clock; raises ``Refused`` while it is already moving."""
        if self.walking:
            raise Refused("时间正在走，请等一等")
        now = self.controls.now()
        to = target(request.fields, now)
        self.walking = True
        self.look()
        try:
            await self.controls.move(to)
        except Exception as error:
            logger.exception("moving the clock failed")
            raise Refused("时间没走成，请再试一次") from error
        else:
            self._ticked(self.progress.moved((to - now).total_seconds() / 60))
        finally:
            self.walking = False
            self.write()
            self.look()

    def _ticked(self, more: bool) -> None:
        """Show and keep the steps when one more is done."""
        if more:
            for at in self.progress.done:
                self.write(step=at)
            self.look()

    async def take(self, request: Request) -> str:
        """Bring in what somebody said, pressed, recorded or photographed, and name it.

        Raises ``Refused`` when it is not stored.
        """
        if request.do not in EVENTS:
            raise Refused("这一条我没看懂")
        chat = request.text("chat")
        try:
            actor = self.stage.speaker(request.text("account"), chat)
        except Unknown as error:
            raise Refused("这个人不在这个聊天里") from error
        async with self._order[chat]:
            origin = self._origin(actor, chat, request)
            if request.do == "amend":
                await self._amend(request, origin)
            else:
                await self._store(request, origin, await self._file(request))
        self._ticked(self.progress.said(actor.role, self._words(request)))
        return origin.key

    def _origin(self, actor: Actor, chat: str, request: Request) -> Origin:
        return Origin(
            channel="page",
            key=uuid4().hex,
            chat=chat,
            account=actor.account,
            at=self.controls.now(),
            name=actor.name,
            private=self.stage.private(chat),
            reply_to=request.text("about") or None,
        )

    async def _file(self, request: Request) -> Path | None:
        if request.do not in ("voice", "picture"):
            return None
        folder = self.spool if request.do == "voice" else self.pictures
        file = folder / f"{uuid4().hex}{suffix(request)}"
        try:
            await asyncio.to_thread(keep, file, request.body)
        except OSError as error:
            logger.warning("a file could not be kept: %s", error.strerror)
            raise Refused(NOT_STORED) from error
        return file

    async def _store(self, request: Request, origin: Origin, file: Path | None) -> None:
        entry = self._entry(request, origin, file)
        self.show(replace(entry, saved=False))
        try:
            await self._accept(EVENTS[request.do](request, origin, file.name if file else ""))
        except BaseException:
            self._withdraw(entry, file)
            raise
        now = self.history.find(entry.chat, entry.id)
        self.show(replace(entry, heard=now.heard if now else ""))

    async def _amend(self, request: Request, origin: Origin) -> None:
        """Put right what was heard in a recording: its bubble shows the new words."""
        entry = self.history.find(origin.chat, origin.reply_to)
        if entry is None or entry.by != origin.account or entry.form != "voice" or not request.text("text").strip():
            raise Refused("这一条改不了，请您再说一遍")
        await self._accept(EVENTS["amend"](request, replace(origin, reply_to=None), ""))
        self.show(replace(entry, heard=request.text("text"), edited=True))

    async def _accept(self, event: Received) -> None:
        """Hand an event to the core; raises ``Refused`` when it is not stored."""
        if self.accept is None:
            raise Refused(NOT_STORED)
        try:
            await self.accept([event])
        except Exception as error:
            logger.warning("the core did not store an event: %s", type(error).__name__)
            raise Refused(NOT_STORED) from error

    def _withdraw(self, entry: Entry, file: Path | None) -> None:
        self.history.drop(entry)
        self.publish({"is": "gone", "id": entry.id, "chat": entry.chat})
        if file:
            file.unlink(missing_ok=True)

    def _entry(self, request: Request, origin: Origin, file: Path | None) -> Entry:
        return Entry(
            id=origin.key,
            chat=origin.chat,
            at=self.minute(),
            by=origin.account,
            name=origin.name,
            form="text" if request.do == "say" else request.do,
            text=self._words(request),
            about=origin.reply_to,
            data=request.text("data"),
            file=file if request.do == "picture" else None,
        )

    def _words(self, request: Request) -> str:
        if request.do == "press":
            return self._label(request)
        return f"{round(seconds(request) or 0)} 秒" if request.do == "voice" else request.text("text")

    def _label(self, request: Request) -> str:
        entry = self.history.find(request.text("chat"), request.text("about"))
        buttons = [button for row in entry.buttons for button in row] if entry else []
        return next((button.label for button in buttons if button.data == request.text("data")), "按钮")
