"""Fetching sound and pictures, on disk before their events are accepted."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from telegram import Bot
from telegram.error import BadRequest

from bot.channels.telegram.errors import FAULTS, reason
from bot.channels.telegram.files import SIZE_LIMIT, Fetch

if TYPE_CHECKING:
    from bot.flow.clock import Clock

PAUSES = (1.0, 2.0)
"""Seconds between the attempts to fetch one file."""
PATIENCE = 3.0
"""Seconds that one page waits for its files; then the rest is accepted and the page asked for again."""
_log = logging.getLogger(__name__)


class Downloads:
    """Files on their way; they go on while their page is asked for again."""

    def __init__(self, bot: Bot, clock: Clock, spool: Path, pictures: Path) -> None:
        """Nothing is fetched yet."""
        self._bot = bot
        self._clock = clock
        self._folders = {"spool": spool, "pictures": pictures}
        self._tasks: dict[str, asyncio.Task[str]] = {}
        self.no_room: set[str] = set()
        """Names of the files that were fetched and could not be stored, until they are."""

    async def collect(self, wanted: Sequence[Fetch]) -> dict[str, str]:
        """Name → name, or "" when it cannot be had; missing when it is still on its way or found no room on disk."""
        tasks = {item.name: self._start(item) for item in wanted}
        if tasks:
            await asyncio.wait(tasks.values(), timeout=PATIENCE)
        ready = {}
        for name, task in tasks.items():
            if task.done() and (problem := task.exception()):
                _log.warning("telegram: a file could not be stored (%s)", type(problem).__name__)
                del self._tasks[name]
                self.no_room.add(name)
            elif task.done():
                self.no_room.discard(name)
                ready[name] = task.result()
        return ready

    def forget(self, wanted: Sequence[Fetch]) -> None:
        """Their events are accepted."""
        for item in wanted:
            self._tasks.pop(item.name, None)

    def close(self) -> None:
        """Stop what is still on its way."""
        for task in self._tasks.values():
            task.cancel()

    def _start(self, item: Fetch) -> asyncio.Task[str]:
        if item.name not in self._tasks:
            self._tasks[item.name] = asyncio.create_task(self._fetch(item))
        return self._tasks[item.name]

    async def _fetch(self, item: Fetch) -> str:
        path = self._folders[item.folder] / item.name
        if await asyncio.to_thread(_present, path):
            return item.name
        sound = await self._load(item) if item.size <= SIZE_LIMIT else None
        if sound is None or not 0 < len(sound) <= SIZE_LIMIT:
            return ""
        await asyncio.to_thread(_write, path, sound)
        return item.name

    async def _load(self, item: Fetch) -> bytes | None:
        for pause in (*PAUSES, None):
            try:
                file = await self._bot.get_file(item.file_id)
                return bytes(await file.download_as_bytearray())
            except FAULTS as error:
                _log.warning("telegram: a file could not be fetched (%s)", reason(error))
                if pause is None or isinstance(error, BadRequest):
                    return None
            await self._clock.sleep(pause)
        return None


def _present(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _write(path: Path, content: bytes) -> None:
    """On disk before its event is accepted, and never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
