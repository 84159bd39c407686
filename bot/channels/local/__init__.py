"""The local channel: JSON lines on a Unix socket in the data folder, for scripts and tests on this machine.

In:  ``{"key": "7", "chat": "wang", "account": "wang", "name": "王奶奶", "text": "楼道灯不亮"}``; ``press`` instead of
     ``text`` for a button, ``private`` false in a group, ``reply_to`` the id of a message. Answer: ``{"stored": "7"}``
     once it is durable, ``{"refused": "7"}`` when it could not be stored, ``{"error": "…"}`` for a line that means nothing.
Out: ``{"id": "12", "chat": "wang", "text": "…", "buttons": [[["对", "answer:yes:3"]]], "edit": false}``.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import stat
from pathlib import Path
from typing import Any

from bot.channels import Accept, Message, NotSent
from bot.flow.clock import Clock
from models.events import Origin, Press, Received, Utterance

LINE = 1 << 20
"""Bytes of one line, at most."""


class LocalChannel:
    """Everybody who is connected sees everything; the socket's rights are the only door."""

    name = "local"

    def __init__(self, path: Path, clock: Clock) -> None:
        """The socket's path (readable by its owner only) and the clock that stamps what comes in."""
        self._path, self._clock = path, clock
        self._writers: set[asyncio.StreamWriter] = set()
        self._count = 0
        self._mark = f"{os.getpid()}"

    async def receive(self, accept: Accept) -> None:
        """Serve until cancelled."""
        self._path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            server = await asyncio.start_unix_server(lambda r, w: self._serve(r, w, accept), self._path, limit=LINE)
        finally:
            os.umask(before)
        self._path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        async with server:
            await server.serve_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, accept: Accept) -> None:
        self._writers.add(writer)
        try:
            async for line in reader:
                self._write(writer, await self._stored(line, accept))
        except (ValueError, ConnectionError):
            self._write(writer, {"error": "line too long or connection broken"})
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _stored(self, line: bytes, accept: Accept) -> dict[str, str]:
        try:
            event = self._event(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return {"error": f"{type(error).__name__}"}
        try:
            await accept([event])
        except Exception:
            return {"refused": event.origin.key}
        return {"stored": event.origin.key}

    def _event(self, fields: dict[str, Any]) -> Received:
        chat, account, private = str(fields["chat"]), str(fields["account"]), bool(fields.get("private", True))
        reply = fields.get("reply_to")
        origin = Origin(
            self.name,
            str(fields["key"]),
            chat,
            account,
            self._clock.now(),
            str(fields.get("name", "")),
            private,
            str(reply) if reply is not None else None,
        )
        return Press(origin, str(fields["press"])) if "press" in fields else Utterance(origin, str(fields["text"]))

    def _write(self, writer: asyncio.StreamWriter, fields: dict[str, Any]) -> None:
        if not writer.is_closing():
            writer.write((json.dumps(fields, ensure_ascii=False) + "\n").encode())

    async def send(self, chat: str, message: Message, edit: str | None = None) -> str:
        """Write the message to everybody connected; with nobody there it is not sent."""
        if not self._writers:
            raise NotSent("nobody is connected", 0.2)
        self._count += 1
        reference = edit or f"{self._mark}-{self._count}"
        buttons = [[[button.label, button.data] for button in row] for row in message.buttons]
        fields = {"id": reference, "chat": chat, "text": message.text, "buttons": buttons, "edit": edit is not None}
        for writer in self._writers:
            self._write(writer, fields)
        return reference

    async def receipt(self, chat: str, kind: str, key: str = "") -> None:
        """Receipts are for people."""

    async def close(self) -> None:
        """Let everybody go."""
        for writer in list(self._writers):
            with contextlib.suppress(ConnectionError):
                await asyncio.wait_for(writer.drain(), 1)
            writer.close()
        self._path.unlink(missing_ok=True)
