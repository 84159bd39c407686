"""The real channel joined to the stand-in: an inbox in memory instead of the database, faults of storage on demand."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.channels import Channel
from bot.channels.telegram import TelegramSettings, open_channel
from models.events import Received

from .clock import MovedClock
from .server import Standin


class Inbox:
    """Stores events once by their key, as the real one does; refuses while ``broken``."""

    def __init__(self, server: Standin) -> None:
        self._server = server
        self.events: list[Received] = []
        self.offered: list[Received] = []
        """Everything handed in, stored or not, with repeats."""
        self.broken = False

    async def accept(self, events: Sequence[Received]) -> None:
        """The channel's ``accept``."""
        with self._server.changed:
            self.offered += events
            self._server.changed.notify_all()
            if self.broken:
                raise OSError("no room left")
            known = {event.origin.key for event in self.events}
            self.events += [event for event in events if event.origin.key not in known]

    def of(self, kind: type) -> list[Any]:
        """The stored events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]


def settings_for(server: Standin, **changes: Any) -> TelegramSettings:
    """Settings that point at the stand-in, with short waits on the socket."""
    usual = {"token": server.token, "api_url": server.api_url}
    short: dict[str, Any] = {"poll_timeout": 5, "request_timeout": 5.0, "connect_timeout": 5.0}
    return TelegramSettings(**{**usual, **short, **changes})


@asynccontextmanager
async def channel_for(
    server: Standin, folder: Path, clock: MovedClock, **changes: Any
) -> AsyncIterator[tuple[Channel, Inbox]]:
    """A channel that receives into an inbox until the block ends."""
    inbox = Inbox(server)
    channel = open_channel(settings_for(server, **changes), clock, folder / "spool", folder / "pictures")
    receiving = asyncio.create_task(channel.receive(inbox.accept))
    try:
        yield channel, inbox
    finally:
        receiving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await receiving
        await channel.close()
