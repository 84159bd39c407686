"""A23: however much there is, forgetting, keeping and exporting hold no copy of it in memory, and hold nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from handlers.people.retention import KEY
from storage import erasure, queue, retention
from storage.database import Row, millis
from storage.sqlite import SqliteTransaction, open_database
from tests.conftest import count
from tests.support.grown import grow

NOW = datetime(2026, 3, 2, tzinfo=UTC)
MOST = 24
"""Megabytes that a process may grow by, beside a database of several times as much."""
WORK = """
import asyncio, json, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.config import Settings
from bot.keeping import copies, upkeep
from bot.keeping.folders import Folders
from bot.make import export, progress
from storage import retention
from storage.sqlite import open_database

folder, now = Path(sys.argv[1]), datetime.now(UTC)
settings = Settings(data={"folder": folder})
folders, house, grown = Folders(folder), settings.house(), {}


def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


class Silent(progress.Progress):
    def __init__(self):
        pass

    async def at(self, count):
        pass


async def work():
    database = await open_database(folder / "linsheng.db")
    before = peak()
    await copies.forget(database, folders, 9, now)
    grown["erase"] = peak()
    days = dict.fromkeys(vars(house.retention), 30)
    for _ in range(5):
        await database.transaction(lambda tx: retention.expire(tx, days, now))
    await copies.sweep(database, folders, now)
    grown["night"] = peak()
    arguments = {"now": now.isoformat(), "words": "", "form": "csv"}
    await export.make(database, house, folders.made, 1, arguments, Silent())
    grown["export"] = peak()
    await database.close()
    upkeep.backup(settings, folder.parent / "kept.zip")
    grown["backup"] = peak()
    await upkeep.restore(settings, folder.parent / "kept.zip")
    grown["restore"] = peak()
    print(json.dumps({name: round(value - before, 1) for name, value in grown.items()}))


asyncio.run(work())
"""


def test_nothing_of_it_is_copied_into_memory(tmp_path: Path) -> None:
    """Erasing, a night, an export, a backup and a restore, in a process of their own."""
    folder = tmp_path / "data"
    folder.mkdir()
    grow(folder / "linsheng.db", count(5_500, 20_000), 1_400)
    size = (folder / "linsheng.db").stat().st_size / 2**20
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(folder)], capture_output=True, text=True, cwd=Path(__file__).parents[3]
    )
    assert done.returncode == 0, done.stderr[-2000:]
    grown = json.loads(done.stdout)
    print(f"database {size:.0f} MB, grown by {grown}")
    assert size > 2 * MOST and max(grown.values()) < MOST, grown


class Asked(SqliteTransaction):
    """A transaction that remembers what it was asked."""

    def __init__(self, connection: Any) -> None:
        """Nothing yet."""
        super().__init__(connection)
        self.asked: set[str] = set()

    def run(self, sql: str, *values: Any) -> int:
        self.asked.add(sql)
        return super().run(sql, *values)

    def one(self, sql: str, *values: Any) -> Row | None:
        self.asked.add(sql)
        return super().one(sql, *values)

    def all(self, sql: str, *values: Any) -> Sequence[Row]:
        self.asked.add(sql)
        return super().all(sql, *values)


async def test_forgetting_looks_at_what_is_theirs_alone(tmp_path: Path) -> None:
    """No statement reads all tickets or all that happened to them: that would hold the writer the longer the more there is."""
    grow(tmp_path / "x.db", 50, 70)
    database = await open_database(tmp_path / "x.db")

    def work(tx: SqliteTransaction) -> list[str]:
        asked = Asked(tx._connection)
        for person in (1, 7, 9):
            erasure.forget(asked, person, NOW)
        plans = {
            sql: [row["detail"] for row in tx.all(f"EXPLAIN QUERY PLAN {sql}", *[1] * sql.count("?"))]
            for sql in asked.asked
        }
        return [
            f"{sql}: {step}"
            for sql, steps in plans.items()
            for step in steps
            if step.startswith(("SCAN ticket", "SCAN t", "SCAN e", "SCAN ticket_event")) and "SUBQUERY" not in step
        ]

    assert await database.transaction(work) == []  # type: ignore[arg-type]
    await database.close()


async def test_a_night_with_much_to_forget_goes_in_steps(stage: Any) -> None:
    """Between two of them others write; it comes back within seconds until nothing is left, then the next night."""
    path = stage.folders.data / "grown.db"
    grow(path, 3 * retention.STEP - 10, 70)
    left = "SELECT count(*) AS n FROM ticket WHERE words <> ''"
    database = await open_database(path)
    days, seen = dict.fromkeys(vars(stage.house.retention), 30), []
    more = True
    while more:
        more = await database.transaction(lambda tx: retention.expire(tx, days, NOW))
        seen.append((await database.read(lambda tx: tx.one(left)))["n"])  # type: ignore[index]
    await database.close()
    assert seen == [2 * retention.STEP - 10, retention.STEP - 10, 0]


@pytest.mark.parametrize(("more", "seconds"), [(True, 2), (False, 3600)])
async def test_the_next_step_comes_soon(stage: Any, monkeypatch: pytest.MonkeyPatch, more: bool, seconds: int) -> None:
    monkeypatch.setattr(retention, "expire", lambda *_: more)
    at = await stage.database.read(lambda tx: tx.one("SELECT at FROM agenda WHERE key = ?", KEY))
    stage.clock.move(datetime.fromtimestamp(at["at"] / 1000, UTC))
    await stage.app.tick()
    await stage.app.settle()
    again = await stage.database.read(lambda tx: tx.one("SELECT at FROM agenda WHERE key = ?", KEY))
    assert (again["at"] - millis(stage.clock.now()) <= 2000) == (seconds == 2)
    assert await stage.database.read(lambda tx: queue.is_scheduled(tx, KEY))
