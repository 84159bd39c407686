"""Fetching sound and pictures, on disk before their events are accepted.

Files are written as they come, a few at a time, and each within its budget: a page of a hundred recordings costs no
more memory than one. A file that takes too long or costs too much is left out; its page is stored all the same.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
from telegram.error import BadRequest

from bot.channels.telegram import budgets
from bot.channels.telegram.connection import Connection
from bot.channels.telegram.errors import FAULTS, reason
from bot.channels.telegram.files import Fetch
from bot.flow.clock import Clock

PAUSES = (1.0, 2.0)
"""Seconds between the attempts to fetch one file."""
PATIENCE = 3.0
"""Seconds that one page waits for its files; then the rest is accepted and the page asked for again."""
Wanted = Sequence[tuple[Fetch, str]]
"""Files, each with whoever sent it."""
_log = logging.getLogger(__name__)


class TooLarge(Exception):
    """A file weighs more than was announced."""


class Downloads:
    """Files on their way; they go on while their page is asked for again."""

    def __init__(self, connection: Connection, clock: Clock, spool: Path, pictures: Path) -> None:
        """Nothing is fetched yet."""
        self._connection, self._clock = connection, clock
        self._folders = {"spool": spool, "pictures": pictures}
        self._budgets = budgets.load()
        self._purse = budgets.Purse(self._budgets, time.monotonic)
        self._room = asyncio.Semaphore(self._budgets.at_once)
        self._tasks: dict[str, asyncio.Task[str]] = {}
        self._since: dict[str, float] = {}
        self.faults: dict[str, str] = {}
        """Name → why a file is left out: ``large``, ``much`` or ``late``."""
        self.no_room: set[str] = set()
        """Names of the files that were fetched and could not be stored, until they are."""

    async def collect(self, wanted: Wanted) -> dict[str, str]:
        """Name → name, or "" when it cannot be had; missing when it is still on its way or found no room on disk."""
        page = self._purse.page()
        for item, who in wanted:
            self._consider(item, who, page)
        tasks = {item.name: self._tasks[item.name] for item, _ in wanted if item.name in self._tasks}
        if tasks:
            await asyncio.wait(tasks.values(), timeout=PATIENCE)
        ready = {item.name: "" for item, _ in wanted if item.name in self.faults}
        for name, task in tasks.items():
            ready |= self._outcome(name, task)
        return ready

    def _consider(self, item: Fetch, who: str, page: budgets.Page) -> None:
        """Begin to fetch what may be fetched, once."""
        if item.name in self._tasks or item.name in self.faults:
            return
        known = item.name in self._since  # asked for again after it found no room: it is paid for
        self._since.setdefault(item.name, time.monotonic())
        if fault := "" if known else page.refuses(item, who):
            self.faults[item.name] = fault
        else:
            self._tasks[item.name] = asyncio.create_task(self._fetch(item))

    def _outcome(self, name: str, task: asyncio.Task[str]) -> dict[str, str]:
        """What became of one file so far."""
        if task.done() and not task.cancelled() and task.exception() is None:
            self.no_room.discard(name)
            return {name: task.result()}
        if time.monotonic() - self._since[name] >= self._budgets.seconds:
            task.cancel()
            self.faults[name] = "late"
            return {name: ""}
        if task.done():
            _log.warning("telegram: a file could not be stored (%s)", type(task.exception()).__name__)
            del self._tasks[name]
            self.no_room.add(name)
        return {}

    def forget(self, wanted: Wanted) -> None:
        """Their events are accepted."""
        for item, _ in wanted:
            for kept in (self._tasks, self._since, self.faults):
                kept.pop(item.name, None)
            self.no_room.discard(item.name)

    def close(self) -> None:
        """Stop what is still on its way."""
        for task in self._tasks.values():
            task.cancel()

    async def _fetch(self, item: Fetch) -> str:
        path = self._folders[item.folder] / item.name
        if await asyncio.to_thread(_present, path):
            return item.name
        async with self._room:
            return item.name if await self._load(item, path) else ""

    async def _load(self, item: Fetch, path: Path) -> bool:
        for pause in (*PAUSES, None):
            try:
                return await self._stream(item, path)
            except TooLarge:
                self.faults[item.name] = "large"
                return False
            except (*FAULTS, httpx.HTTPError) as error:
                _log.warning("telegram: a file could not be fetched (%s)", reason(error))
                if pause is None or isinstance(error, BadRequest):
                    return False
            await self._clock.sleep(pause)
        return False

    async def _stream(self, item: Fetch, path: Path) -> bool:
        """Write a file while it comes, never half; False for an empty one."""
        largest, size = self._budgets.largest(item), 0
        part = path.with_suffix(".part")
        file = await asyncio.to_thread(_open, part)
        try:
            async for chunk in self._connection.chunks(item.file_id):
                size += len(chunk)
                if size > largest:
                    raise TooLarge
                await asyncio.to_thread(os.write, file, chunk)
            if size:
                await asyncio.to_thread(_keep, file, part, path)
        finally:
            os.close(file)
            part.unlink(missing_ok=True)
        return size > 0


def _present(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _open(part: Path) -> int:
    part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)


def _keep(file: int, part: Path, path: Path) -> None:
    """On disk before its event is accepted, and never half."""
    os.fsync(file)
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
