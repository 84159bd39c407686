"""The smallest channel: one line comes in, and when something is answered the process ends."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.channels import Accept, Channel, Message
from bot.flow.clock import Clock
from bot.keeping.folders import Folders
from models.events import Origin, Utterance


class EchoChannel:
    """A messenger with one person."""

    name = "echo"

    def __init__(self, line: str, clock: Clock, out: Path) -> None:
        """Keep what will be said."""
        self._line, self._clock, self._out = line, clock, out

    async def receive(self, accept: Accept) -> None:
        """Say the one line, then nothing."""
        await accept([Utterance(Origin("echo", "1", "me", "me", self._clock.now(), "王奶奶"), self._line)])
        await asyncio.Event().wait()

    async def send(self, chat: str, message: Message, edit: str | None = None) -> str:
        """Write down what was answered."""
        self._out.write_text(f"{chat}: {message.text}\n", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGTERM)
        return "1"

    async def receipt(self, chat: str, kind: str, key: str = "") -> None:
        """Nothing is shown meanwhile."""

    async def close(self) -> None:
        """Nothing is open."""


def open_channel(table: Mapping[str, Any], clock: Clock, folders: Folders) -> Channel:
    """The channel of ``[channels.echo]``; raises ``KeyError`` for a table without its line."""
    return EchoChannel(table["line"], clock, folders.data / "answered.txt")
