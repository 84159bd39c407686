"""What has to be made before it is sent: after the commit, from a reader connection."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.channels import Channel, Message, Never
from bot.keeping import copies
from bot.keeping.folders import Folders
from bot.make import tables
from bot.make.progress import Progress
from bot.speaking import Manner, Mute, Speaker, commands
from handlers.danger import records
from handlers.managers.figures import periods, report
from handlers.people import mydata
from handlers.settings import House
from storage.database import Database
from storage.queue import Pending

COLUMNS = ("时间", "谁", "动作", "说明")
"""Head of the table of an incident."""
FETCHED = Path("data/models")
"""Where a voice lies that was fetched without a configuration, for a try-out."""


class Maker:
    """Makes texts and files that need more than the turn's own transaction."""

    def __init__(
        self, database: Database, house: House, folder: Path, channels: Mapping[str, Channel] | None = None
    ) -> None:
        """Remember where to read, where to write, and where to say how far it is."""
        self._database, self._house, self._folders = database, house, Folders(folder)
        self._channels = channels or {}
        self._speaker = Speaker(self._folders.made, *commands([self._folders.data / "models", FETCHED]))
        self._tasks: Mapping[str, Callable[[Pending, Mapping[str, Any]], Awaitable[Message]]] = {
            "stats": self._stats,
            "chart": self._chart,
            "mine": self._mine,
            "erase": self._erase,
            "export": self._export,
            "incident": self._incident,
            "speech": self._speech,
        }

    async def close(self) -> None:
        """End what was started to make things."""
        await self._speaker.close()

    async def make(self, row: Pending) -> Message:
        """Finish a message; raises ``KeyError`` for a task nobody knows."""
        return await self._tasks[str(row.content["task"])](row, row.content["arguments"])

    async def _stats(self, row: Pending, arguments: Mapping[str, Any]) -> Message:
        now = datetime.fromisoformat(arguments["now"])
        first, last = (date.fromisoformat(arguments[name]) for name in ("first", "last"))
        stretch = periods.between(self._house, first, last, now.astimezone(self._house.zone).date())
        view = str(arguments["view"])
        return Message(*await self._database.read(lambda tx: report.report(tx, self._house, view, stretch, now)))

    async def _chart(self, row: Pending, arguments: Mapping[str, Any]) -> Message:
        """A picture of some days."""
        from bot.make import chart

        return await chart.make(self._database, self._house, self._folders.made, row.id, arguments)

    async def _speech(self, row: Pending, arguments: Mapping[str, Any]) -> Message:
        """A text as a voice note; where nothing can be spoken, nothing more is said: the text went before."""
        manner = Manner(bool(arguments["slow"]), bool(arguments["loud"]))
        today = datetime.fromisoformat(arguments["now"]).astimezone(self._house.zone).date()
        try:
            path = await self._speaker.note(str(arguments["text"]), today, manner, bool(arguments["first"]))
        except Mute as mute:
            raise Never(f"mute: {mute}") from None
        return Message("", file=path, kind=row.kind)

    async def _incident(self, row: Pending, arguments: Mapping[str, Any]) -> Message:
        number = int(arguments["number"])
        rows = await self._database.read(lambda tx: records.rows(tx, self._house, number))
        title = self._house.texts["danger.record.table"].format(number=number)
        return Message(title, file=tables.write(self._folders.made / f"incident-{number}.csv", COLUMNS, rows))

    async def _mine(self, row: Pending, arguments: Mapping[str, Any]) -> Message:
        """Everything that is kept about the one who asked, as a text file."""
        now, person = datetime.fromisoformat(arguments["now"]), int(arguments["person"])
        text = await self._database.read(lambda tx: mydata.text(tx, self._house, person, now))
        path = self._folders.made / f"my-data-{row.id}.txt"
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "w", encoding="utf-8-sig") as out:
            out.write(text)
        return Message(self._house.texts["privacy.mine"], file=path)

    async def _export(self, row: Pending, arguments: Mapping[str, Any]) -> Message:
        """A table of tickets, read in batches so that turns go on."""
        from bot.make import export

        progress = Progress(self._channels, row, self._house.texts["managers.export.progress"])
        return await export.make(self._database, self._house, self._folders.made, row.id, arguments, progress)

    async def _erase(self, row: Pending, arguments: Mapping[str, Any]) -> Message:
        """Erase the one who asked; the answer goes to an address that is then forgotten."""
        now = datetime.fromisoformat(arguments["now"])
        await copies.forget(self._database, self._folders, int(arguments["person"]), now)
        return Message(self._house.texts["privacy.erased"])
