"""What has to be made before it is sent: after the commit, from a reader connection."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.channels import Message
from bot.make import tables
from handlers import figures, records
from handlers.house import House
from storage.database import Database
from storage.queue import Pending

COLUMNS = ("时间", "谁", "动作", "说明")
"""Head of the table of an incident."""


class Maker:
    """Makes texts and files that need more than the turn's own transaction."""

    def __init__(self, database: Database, house: House, folder: Path) -> None:
        """Remember where to read and where to write."""
        self._database, self._house, self._folder = database, house, folder
        self._tasks: Mapping[str, Callable[[Mapping[str, Any]], Awaitable[Message]]] = {
            "stats": self._stats,
            "incident": self._incident,
        }

    async def make(self, row: Pending) -> Message:
        """Finish a message; raises ``KeyError`` for a task nobody knows."""
        return await self._tasks[str(row.content["task"])](row.content["arguments"])

    async def _stats(self, arguments: Mapping[str, Any]) -> Message:
        now = datetime.fromisoformat(arguments["now"])
        words = str(arguments["words"])
        return Message(await self._database.read(lambda tx: figures.report(tx, self._house, words, now)))

    async def _incident(self, arguments: Mapping[str, Any]) -> Message:
        number = int(arguments["number"])
        rows = await self._database.read(lambda tx: records.rows(tx, self._house, number))
        title = self._house.texts["danger.record.table"].format(number=number)
        return Message(title, file=tables.write(self._folder / "exports" / f"incident-{number}.csv", COLUMNS, rows))
