"""``linsheng people import``: the whole list or nothing, any number of times; what it did is told in lines.

The rows are read and compared before anything is written; one transaction keeps them, so a list that is interrupted, or that
has one wrong cell, changes nothing. The service may run meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot import service
from bot.config import ConfigError, Settings
from bot.keeping.folders import Folders
from bot.people import cells, plan, sheet
from bot.people.plan import Plan
from models.households import Listed
from models.meaning import Lexicon
from storage import households
from storage.database import Transaction

MOST = 30
"""Lines of one kind that are told; of more, how many."""
Item = TypeVar("Item")
Watch = Callable[[Iterable[Any], str, int], Iterator[Any]]
"""Passes things on and shows how far it is: the things, what is being done, how many there are."""


@dataclass(frozen=True)
class Report:
    """What an import told: one line each."""

    lines: tuple[str, ...]
    faults: tuple[str, ...] = ()


def unwatched(things: Iterable[Item], doing: str, count: int) -> Iterator[Item]:
    """Shows nothing."""
    yield from things


async def run(settings: Settings, path: Path, dry: bool, watch: Watch = unwatched) -> Report:
    """Bring a list in, or with ``dry`` only say what it would do; raises :class:`ConfigError` when it cannot be read."""
    folders = Folders(settings.data.folder)
    table, entries, faults = _read(path, settings.house().lexicon(), watch)
    database = await service.open_folder(folders)
    try:
        if dry or faults:
            planned = await database.read(partial(_compare, entries, table))
        else:
            now = service.clock_of(settings, folders).now()
            planned = await database.transaction(
                lambda tx: _keep(tx, _compare(entries, table, tx), path.name, now, watch)
            )
    finally:
        await database.close()
    faults += planned.faults
    return Report(tuple(_told(table, entries, planned, dry, bool(faults))), tuple(faults))


def _read(path: Path, lexicon: Lexicon, watch: Watch) -> tuple[sheet.Table, list[cells.Entry], list[str]]:
    table = sheet.read(path, cells.headers(), "name")
    _refuse_incomplete(path, table)
    entries, faults = [], list(table.faults)
    for number, row in watch(table.rows.items(), "reading", len(table.rows)):
        try:
            entries.append(cells.read(number, row, lexicon))
        except cells.Wrong as wrong:
            if not any(told.startswith(f"row {number}, ") for told in table.faults):
                faults.append(f"row {number}, {_header(table, wrong.key)}: {wrong}")
    return table, entries, faults


def _refuse_incomplete(path: Path, table: sheet.Table) -> None:
    if "address" not in table.headers and not {"building", "room"} <= table.headers.keys():
        raise sheet.NoTable(path.name, "header", "needs 楼号 and 房号 (单元 where there are several), or one 住址")


def _header(table: sheet.Table, key: str) -> str:
    return table.headers.get(key) or str(cells.columns()[key]["names"][0])


def _compare(entries: Sequence[cells.Entry], table: sheet.Table, tx: Transaction) -> Plan:
    return plan.compare(entries, households.everybody(tx), table.headers)


def _keep(tx: Transaction, planned: Plan, source: str, now: datetime, watch: Watch) -> Plan:
    """Write what was planned; with a single fault nothing."""
    if planned.faults:
        return planned
    steps: list[tuple[Listed | None, cells.Entry]] = [(None, entry) for entry in planned.new]
    steps += planned.changed
    for known, entry in watch(steps, "keeping", len(steps)):
        if known is None:
            households.add(tx, entry.facts, source, now)
        else:
            households.change(tx, known, entry.facts, source, now)
    return planned


def _told(table: sheet.Table, entries: Sequence[cells.Entry], planned: Plan, dry: bool, refused: bool) -> Iterator[str]:
    yield f"sheet {table.name}: {len(table.rows)} rows, {len(entries)} of them people"
    if table.ignored:
        yield f"not used: {', '.join(table.ignored)}"
    yield (
        f"new {len(planned.new)}, changed {len(planned.changed)} (of these {len(planned.moved)} moved), as before"
        f" {planned.same}, said twice {len(planned.doubles)}; known and not on this list {planned.absent} (they stay)"
    )
    yield from _some(
        f"row {entry.row}: {entry.facts.name} moved from {known.facts.door} to {entry.facts.door}"
        for known, entry in planned.moved
    )
    yield from _some(f"row {later}: as row {earlier}" for later, earlier in planned.doubles)
    yield from _some(
        f"row {entry.row}: {entry.facts.name} is new behind {entry.facts.door}; somebody of this name is known behind"
        f" {known.facts.door} (if it is the same person, give the telephone number)"
        for entry, known in planned.namesakes
    )
    if refused:
        yield "nothing was kept"
    elif dry:
        yield "a dry run: nothing was kept"
    else:
        yield f"kept: {len(planned.new) + len(planned.changed)}"


def _some(lines: Iterable[str]) -> Iterator[str]:
    """The first lines of a kind, and how many more there are."""
    everything = list(lines)
    yield from everything[:MOST]
    if len(everything) > MOST:
        yield f"… and {len(everything) - MOST} more of this kind"


def faults(report: Report) -> list[str]:
    """What is wrong with the list, as it is told."""
    return list(_some(report.faults))


def refuse(path: Path, report: Report) -> None:
    """Raise :class:`ConfigError` when anything is wrong."""
    if report.faults:
        raise ConfigError(f"{path.name}: {len(report.faults)} things to put right; nothing was kept")
