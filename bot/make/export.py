"""Tickets as a table: CSV that spreadsheets open in Chinese, or xlsx; nothing in it is ever a formula."""

from __future__ import annotations

import asyncio
import csv
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.channels import Message
from bot.make.progress import Progress
from handlers.managers.figures import periods
from handlers.saying import titles
from handlers.settings import House
from storage import exports
from storage.database import Database, Row, moment

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell must not begin with: spreadsheets would take it for a formula."""


async def make(
    database: Database, house: House, folder: Path, number: int, arguments: Mapping[str, Any], progress: Progress
) -> Message:
    """The file and a line that says how many there are."""
    now, words = datetime.fromisoformat(arguments["now"]), str(arguments["words"])
    stretch = periods.stretch(house, words, now)
    start, end = stretch.span(house) if stretch else (None, None)
    path = folder / f"linsheng-{number}.{arguments['form']}"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    write = _csv if arguments["form"] == "csv" else _xlsx
    count = await write(path, house, _watched(_batches(database, start, end), progress))
    label = stretch.label if stretch else house.texts["managers.export.all"]
    return Message(house.texts["managers.export.done"].format(label=label, count=count), file=path)


async def _batches(database: Database, start: datetime | None, end: datetime | None) -> AsyncIterator[Sequence[Row]]:
    """Each batch is one short read."""
    after = 0
    while rows := await database.read(lambda tx, a=after: exports.batch(tx, a, start, end)):  # type: ignore[misc]
        yield rows
        after = rows[-1]["id"]


async def _watched(batches: AsyncIterator[Sequence[Row]], progress: Progress) -> AsyncIterator[Sequence[Row]]:
    """The same batches, and now and then a word on how far it is."""
    count = 0
    async for rows in batches:
        yield rows
        count += len(rows)
        await progress.at(count)


async def _csv(path: Path, house: House, batches: AsyncIterator[Sequence[Row]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(house.texts["managers.export.columns"].split())
        async for rows in batches:
            await asyncio.to_thread(table.writerows, [[safe(cell) for cell in cells(house, row)] for row in rows])
            count += len(rows)
    return count


async def _xlsx(path: Path, house: House, batches: AsyncIterator[Sequence[Row]]) -> int:
    import xlsxwriter

    count = 0
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, house.texts["managers.export.columns"].split())
        async for rows in batches:
            await asyncio.to_thread(_fill, sheet, count + 1, [cells(house, row) for row in rows])
            count += len(rows)
    return count


def _fill(sheet: Any, first: int, rows: Sequence[Sequence[object]]) -> None:
    for at, row in enumerate(rows, first):
        for column, cell in enumerate(row):
            sheet.write_number(at, column, cell) if isinstance(cell, int) else sheet.write_string(
                at, column, str(safe(cell))
            )


def safe(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(DANGEROUS) else cell


def cells(house: House, row: Row) -> list[object]:
    """A ticket as a manager reads it."""
    return [_cell(house, name, row[name]) for name in row.keys()]  # noqa: SIM118 (a database row, not a dictionary)


def _cell(house: House, name: str, value: Any) -> object:
    if value is None:
        return ""
    if name.endswith("_at"):
        return f"{moment(value).astimezone(house.zone):%Y-%m-%d %H:%M}"
    if name == "category":
        return titles.category(house, value)
    if name == "flow":
        return house.door(value)
    keys = {"status": "managers.status", "rating": "button.rate", "queue": "managers.queue"}
    return house.texts.get(f"{keys[name]}.{value}", value) if name in keys else value
