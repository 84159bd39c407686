"""The try page as a channel of the core."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from aiohttp import web

from bot.channels import Accept, CardGone, Message, Never
from bot.page.cast import Actor, Group, stage
from bot.page.controls import Controls
from bot.page.history import Entry, kind_of
from bot.page.kept import Kept
from bot.page.room import Room
from bot.page.web import HOST, application

LOOK = 1.0
"""Seconds between two looks at the clock and the status line."""


class PageChannel:
    """Three phones in a browser window on this machine."""

    name = "page"

    def __init__(
        self,
        port: int,
        cast: Sequence[Actor],
        groups: Sequence[Group],
        controls: Controls,
        spool: Path,
        pictures: Path,
        kept: Kept | None = None,
    ) -> None:
        """Prepare the page; port 0 takes any free one. Raises ``ValueError`` for a cast that cannot be."""
        self.port = port
        self.ready = asyncio.Event()
        self.room = Room(stage(cast, groups), controls, spool, pictures, kept=kept or Kept(None))
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where the page is; right once ``ready`` is set."""
        return f"http://{HOST}:{self.port}/"

    async def receive(self, accept: Accept) -> None:
        """Serve the page until cancelled; raises ``OSError`` with a plain sentence when the port is taken."""
        self.room.accept = accept
        self._runner = web.AppRunner(application(self.room), shutdown_timeout=1, access_log=None)
        try:
            await self._listen(self._runner)
            self.ready.set()
            while True:
                self.room.look()
                await asyncio.sleep(LOOK)
        finally:
            await self.close()

    async def _listen(self, runner: web.AppRunner) -> None:
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, self.port).start()
        except (OSError, OverflowError) as error:
            raise OSError(f"端口 {self.port} 用不了（多半已被占用），请换一个：linsheng try --port 端口号") from error
        self.port = runner.addresses[0][1]

    async def send(self, chat: str, message: Message, edit: str | None = None) -> str:
        """Show a message, or change the one named in its place; returns its id. Raises ``Never`` or ``CardGone``."""
        if chat not in self.room.stage.chats:
            raise Never("no such chat")
        if edit is not None:
            return self._change(chat, message, edit)
        entry = Entry(
            id=uuid4().hex,
            chat=chat,
            at=self.room.minute(),
            text=message.text,
            buttons=message.buttons,
            kind=message.kind,
            file=message.file,
            form=_form(message),
        )
        self.room.show(entry)
        if message.menu:
            self.room.menus[chat] = message.menu
            self.room.write(menu=(chat, message.menu))
            self.room.look()
        return entry.id

    def _change(self, chat: str, message: Message, edit: str) -> str:
        entry = self.room.history.find(chat, edit)
        if entry is None or entry.by:
            raise CardGone(edit)
        changed = replace(entry, text=message.text, buttons=message.buttons, kind=message.kind, edited=True)
        if message.file:
            changed = replace(changed, file=message.file, form=_form(message))
        self.room.show(changed)
        return edit

    async def receipt(self, chat: str, kind: str, key: str = "") -> None:
        """Show that the bot writes or listens, or the answer to a press."""
        self.room.publish({"is": "receipt", "chat": chat, "kind": kind, "key": key})

    async def heard(self, chat: str, key: str, words: str) -> None:
        """Write under somebody's recording what was heard in it."""
        if entry := self.room.history.find(chat, key):
            self.room.show(replace(entry, heard=words))

    async def close(self) -> None:
        """Close every window's connection and free the port."""
        runner, self._runner = self._runner, None
        self.ready.clear()
        if runner:
            await runner.cleanup()


def _form(message: Message) -> str:
    if message.file is None:
        return "text"
    kind = kind_of(message.file).partition("/")[0]
    return {"image": "picture", "audio": "voice"}.get(kind, "file")
