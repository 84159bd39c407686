"""Figures against a plain recount in Python, and the cells that must not be shown."""

from __future__ import annotations

import random
import statistics
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import seed
from handlers import figures
from storage import figures as stored
from storage.migrate import migrate
from storage.sqlite import Sqlite, open_database

NOW = datetime(2026, 3, 31, 4, tzinfo=UTC)
HOUSE = seed.load().settings.house()


@pytest.fixture
async def database(tmp_path: Path):  # type: ignore[no-untyped-def]
    migrate(tmp_path / "f.db")
    opened = await open_database(tmp_path / "f.db")
    yield opened
    await opened.close()


async def fill(database: Sqlite, tickets: int, reporters: int = 40) -> list[dict[str, object]]:
    """Random tickets; returns them as plain dictionaries."""
    chance = random.Random(5)
    now = int(NOW.timestamp() * 1000)
    rows = []
    for _ in range(tickets):
        opened = now - chance.randrange(40 * 86_400_000)
        took = chance.choice([None, chance.randrange(5 * 3_600_000)])
        done = None if took is None or chance.random() < 0.3 else opened + took + chance.randrange(86_400_000)
        rows.append({
            "status": chance.choice(["open", "done", "cancelled"]), "category": chance.choice(["light", "leak"]),
            "reporter": chance.randrange(1, reporters + 1), "building": chance.choice(["1", "2", None]), "opened_at": opened,
            "promised_at": opened + 7_200_000, "responded_at": None if took is None else opened + took, "done_at": done,
            "confirmed_at": done and chance.choice([None, done]), "rating": chance.choice([None, "good", "bad"]) if done else None,
            "reopened": chance.choice([0, 0, 2]),
        })  # fmt: skip

    def put(tx) -> None:  # type: ignore[no-untyped-def]
        for n in range(1, reporters + 1):
            tx.run("INSERT INTO person (id, created_at) VALUES (?, 0)", n)
        for row in rows:
            tx.run(
                f"INSERT INTO ticket (flow, life, urgency, queue, {', '.join(row)}) VALUES ('issue', 'task', 'P2', 'x',"
                f" {', '.join('?' * len(row))})",
                *row.values(),
            )

    await database.transaction(put)
    return rows


async def test_every_figure_is_what_a_recount_gives(database: Sqlite) -> None:
    rows = await fill(database, 400)
    start, end = NOW - timedelta(days=30), NOW
    found = await database.read(lambda tx: stored.figures(tx, start, end, NOW))
    inside = [r for r in rows if start.timestamp() * 1000 <= r["opened_at"] < end.timestamp() * 1000]  # type: ignore[operator]
    took = sorted((r["responded_at"] - r["opened_at"]) // 60_000 for r in inside if r["responded_at"])  # type: ignore[operator]
    assert found.opened == len(inside) > 100
    assert found.responded == found.response.count == len(took)
    assert found.response.median == statistics.median_low(took)
    assert found.response.ninetieth == took[(len(took) * 9 + 9) // 10 - 1]
    assert found.within == sum(bool(r["responded_at"]) and r["responded_at"] <= r["promised_at"] for r in inside)  # type: ignore[operator]
    assert found.promised == sum(bool(r["responded_at"]) or r["promised_at"] <= NOW.timestamp() * 1000 for r in inside)  # type: ignore[operator]
    assert found.done == sum(r["done_at"] is not None for r in inside)
    assert found.confirmed == sum(r["confirmed_at"] is not None for r in inside)
    assert found.reopened == sum(r["reopened"] > 0 for r in inside)  # type: ignore[operator]
    assert found.ratings == {key: n for key in ("good", "bad") if (n := sum(r["rating"] == key for r in inside))}
    assert found.categories["light"] == sum(r["category"] == "light" for r in inside)
    assert sum(found.buildings.values()) == found.opened


async def test_a_building_with_few_persons_is_not_shown(database: Sqlite) -> None:
    await fill(database, 200, reporters=4)
    found = await database.read(lambda tx: stored.figures(tx, NOW - timedelta(days=60), NOW, NOW))
    assert found.buildings == {"": found.opened}
    text = figures.describe(HOUSE, found, "本月")
    assert "1号楼" not in text and "2号楼" not in text


async def test_with_nothing_to_count_nothing_is_divided(database: Sqlite) -> None:
    text = await database.read(lambda tx: figures.report(tx, HOUSE, "今天", NOW))
    assert "没有新开的事" in text


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("今天的情况", "2026-03-31", "2026-03-31"), ("本周", "2026-03-30", "2026-04-05"), ("这个月", "2026-03-01", "2026-03-31"),
        ("上周", "2026-03-23", "2026-03-29"), ("上个月", "2026-02-01", "2026-02-28"),
    ],
)  # fmt: skip
def test_periods(words: str, first: str, last: str) -> None:
    found = figures.period(HOUSE, words, NOW)
    assert found is not None and [str(day) for day in found[:2]] == [first, last]


@pytest.mark.parametrize(("minutes", "words"), [(None, "—"), (0, "0分钟"), (59, "59分钟"), (125, "2小时5分"), (4500, "3天3小时")])
def test_durations(minutes: int | None, words: str) -> None:
    assert figures.duration(minutes) == words
