"""Figures against a plain recount in Python, and the cells that must not be shown."""

from __future__ import annotations

import random
import re
import statistics
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.replay import seed
from bot.replay.talk import Stage
from handlers.managers.figures import periods, report
from nlu.grammar import table
from storage import figures as stored
from storage import workloads
from storage.database import Transaction, millis
from storage.migrate import migrate
from storage.sqlite import Sqlite, open_database
from tests.conftest import press, say

NOW = datetime(2026, 3, 31, 4, tzinfo=UTC)
HOUSE = seed.load().settings.house()


def _stretch(words: str) -> periods.Stretch:
    found = periods.stretch(HOUSE, words, NOW)
    assert found is not None
    return found


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
        rows.append(
            {
                "status": chance.choice(["open", "done", "cancelled"]),
                "category": chance.choice(["light", "leak"]),
                "reporter": chance.randrange(1, reporters + 1),
                "building": chance.choice(["1", "2", None]),
                "opened_at": opened,
                "promised_at": opened + 7_200_000,
                "responded_at": None if took is None else opened + took,
                "done_at": done,
                "confirmed_at": done and chance.choice([None, done]),
                "rating": chance.choice([None, "good", "bad"]) if done else None,
                "reopened": chance.choice([0, 0, 2]),
            }
        )

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


MARCH = datetime(2026, 3, 1, tzinfo=UTC)


async def put(database: Sqlite, reports: list[tuple[str, int, datetime]]) -> None:
    """Tickets of a building, a reporter and a moment."""

    def work(tx: Transaction) -> None:
        for reporter in {one[1] for one in reports}:
            tx.run("INSERT OR IGNORE INTO person (id, created_at) VALUES (?, 0)", reporter)
        for building, reporter, at in reports:
            tx.run(
                "INSERT INTO ticket (flow, life, urgency, queue, status, category, reporter, building, opened_at)"
                " VALUES ('issue', 'task', 'P2', 'x', 'open', 'leak', ?, ?, ?)",
                reporter,
                building,
                millis(at),
            )

    await database.transaction(work)


async def test_no_two_answers_make_out_fewer_than_five_by_building(database: Sqlite) -> None:
    """Point 6: any two stretches, and the whole less what is shown, give groups of five persons or more, or no building."""
    day = timedelta(days=1)
    many = [("1", n, MARCH + n * day) for n in range(1, 9)] + [("2", n, MARCH + n * day) for n in range(11, 18)]
    lone = [("2", 30, MARCH - 20 * day), ("3", 31, MARCH + 3 * day), ("1", 32, MARCH + 40 * day)]
    await put(database, many + lone)
    now = MARCH + 60 * day

    async def shown(start: datetime, end: datetime) -> dict[str, int]:
        found = await database.read(lambda tx: stored.figures(tx, start, end, now))
        return {cell: number for cell, number in found.buildings.items() if cell}

    whole = await shown(MARCH, MARCH + 31 * day)
    assert whole == {"1": 8}, "with 2 shown too, the lone report from 3 would be the rest"
    for first in range(-30, 31):
        for last in range(first + 1, 61):
            found = await shown(MARCH + first * day, MARCH + last * day)
            assert found in ({}, whole), (first, last)


async def test_a_month_that_is_not_over_is_not_told_by_building(database: Sqlite) -> None:
    await put(database, [("1", n, MARCH + timedelta(days=n)) for n in range(1, 9)])
    end, now = MARCH + timedelta(days=31), MARCH + timedelta(days=20)
    found = await database.read(lambda tx: stored.figures(tx, MARCH, end, now))
    assert found.buildings == {"": found.opened}


def test_mediations_are_told_by_fives() -> None:
    assert [stored.told(count) for count in (0, 1, 4, 5, 6, 9, 10)] == [0, 0, 0, 5, 5, 5, 10]


async def test_a_building_with_few_persons_is_not_shown(database: Sqlite) -> None:
    await fill(database, 200, reporters=4)
    found = await database.read(lambda tx: stored.figures(tx, NOW - timedelta(days=60), NOW, NOW))
    assert found.buildings == {"": found.opened}
    text = "\n".join(line.text for line in report.describe(HOUSE, found))
    assert "1号楼" not in text and "2号楼" not in text


async def test_bookings_without_a_promise_are_not_late(database: Sqlite) -> None:
    """What was never promised for a time counts neither as kept nor as broken."""

    def put(tx: Transaction) -> None:
        tx.run(
            "INSERT INTO ticket (flow, life, status, category, urgency, queue, opened_at, responded_at) VALUES"
            " ('booking', 'appointment', 'accepted', 'health', 'P2', 'provider', ?, ?)",
            millis(NOW) - 9,
            millis(NOW),
        )

    await database.transaction(put)
    found = await database.read(lambda tx: stored.figures(tx, NOW - timedelta(days=1), NOW, NOW))
    assert (found.opened, found.responded, found.promised) == (1, 1, 0)


@pytest.mark.parametrize(("cases", "shown"), [(4, 0), (5, 5)])
async def test_mediations_are_counted_from_five_and_nowhere_else(database: Sqlite, cases: int, shown: int) -> None:
    await fill(database, 30)
    before = await database.read(lambda tx: stored.figures(tx, NOW - timedelta(days=60), NOW, NOW))
    await database.transaction(
        lambda tx: [
            tx.run(
                "INSERT INTO ticket (flow, life, status, category, urgency, queue, building, opened_at) VALUES"
                " ('mediation', 'case', 'open', 'noise', 'P2', 'mediators', '9', ?)",
                millis(NOW) - 1,
            )
            for _ in range(cases)
        ]
    )
    found = await database.read(lambda tx: stored.figures(tx, NOW - timedelta(days=60), NOW, NOW))
    assert found.cases == shown and replace(found, cases=0) == before
    for view in report.REPORTS:
        text, _ = await database.read(lambda tx, v=view: report.report(tx, HOUSE, v, _stretch("最近六十天"), NOW))  # type: ignore[misc]
        assert "mediat" not in text and ("调解" in text) is (view == "all" and shown > 0)


async def test_what_was_late_stays_with_the_queue_that_got_it(stage: Stage) -> None:
    await say(stage, "王奶奶", "三号楼电梯坏了", "对")
    await stage.app.walk(stage.clock.now() + timedelta(hours=3), stage.clock.move)
    start = stage.clock.now() - timedelta(days=1)
    found = await stage.database.read(lambda tx: workloads.queues(tx, start, stage.clock.now(), stage.clock.now()))
    assert [(part.name, part.opened, part.within, part.promised) for part in found] == [("property", 1, 0, 1)]


async def test_people_are_counted_by_what_they_took(database: Sqlite) -> None:
    """Against a plain recount: taken once however often, done by them, given back or away."""
    await fill(database, 120)
    chance, opened = random.Random(9), millis(NOW) - 40 * 86_400_000
    claims = [
        (n, chance.randrange(1, 6), opened + chance.randrange(30 * 86_400_000))
        for n in range(1, 121)
        for _ in range(chance.randrange(3))
    ]

    def put(tx: Transaction) -> None:
        for ticket, person, at in claims:
            tx.run("INSERT INTO claim (ticket, person, at, ended_at) VALUES (?, ?, ?, ?)", ticket, person, at, at)
            tx.run("UPDATE ticket SET owner = ? WHERE id = ?", person, ticket)

    await database.transaction(put)
    span = (NOW - timedelta(days=35), NOW - timedelta(days=15))
    found = await database.read(lambda tx: workloads.people(tx, *span))
    rows = {row["id"]: row for row in await database.read(lambda tx: tx.all("SELECT * FROM ticket"))}
    inside = [claim for claim in claims if millis(span[0]) <= claim[2] < millis(span[1])]
    assert {work.person for work in found} == {person for _, person, _ in inside} and len(found) > 3
    for work in found:
        taken = {ticket for ticket, person, _ in inside if person == work.person}
        done = [t for t in taken if rows[t]["done_at"] and rows[t]["owner"] == work.person]
        assert work.taken == len(taken) and work.done == len(done) == work.time.count
        assert work.back == sum(rows[t]["owner"] != work.person for t in taken)
        assert work.good == sum(rows[t]["rating"] == "good" for t in done)


# ---------------------------------------------------------------- how it is counted


async def _printed(database: Sqlite) -> list[report.Line]:
    """Every line of every view, over data in which every figure occurs."""
    await fill(database, 300)
    now = millis(NOW)

    def put(tx: Transaction) -> None:
        tx.run("INSERT INTO claim (ticket, person, at) SELECT id, reporter, opened_at FROM ticket")
        tx.run("UPDATE ticket SET owner = reporter")
        tx.run(
            "INSERT INTO ticket_event (ticket, action, at, cause, changes)"
            " SELECT id, 'wait', opened_at, 'x', '{}' FROM ticket WHERE life = 'task' AND flow <> 'desk' LIMIT 1"
        )
        for n in range(5):
            tx.run(
                "INSERT INTO ticket (flow, life, status, category, urgency, queue, opened_at) VALUES"
                " ('mediation', 'case', 'open', 'noise', 'P2', 'mediators', ?)",
                now - n,
            )
        tx.run(
            "INSERT INTO incident (id, kind, family, sign, mark, status, opened_at, alerted_at)"
            " VALUES (1, 'danger', 'fire', 'x', 'x', 'open', ?, ?)",
            now - 9,
            now,
        )

    await database.transaction(put)
    stretch = _stretch("最近六十天")
    return [
        line
        for view in report.REPORTS.values()
        for line in await database.read(lambda tx, v=view: v(tx, HOUSE, stretch, NOW))  # type: ignore[misc]
    ]


async def test_every_figure_that_is_printed_has_its_definition(database: Sqlite) -> None:
    lines = await _printed(database)
    assert {line.key for line in lines} - {""} == set(report.defined()) - {"chart_days"}
    for line in lines:
        assert line.key or not re.search(r"\d 件|%", line.text), line
    definitions = [HOUSE.texts[f"how.{key}"] for key in report.defined()]
    assert all(definitions) and len(set(definitions)) == len(definitions)
    templates = {key.split(".")[2] for key in HOUSE.texts if key.startswith("stats.line.")}
    assert templates <= set(report.defined()) and all(
        line.key in report.keys_of(view) for view in report.REPORTS for line in lines if line.key.startswith(view[:-1])
    )


async def test_each_name_gets_its_definition(stage: Stage) -> None:
    for key in report.defined():
        name = table("heard")["within"]["how"][key].split()[0]
        for words in (f"{name}怎么算的", f"/stats {name}怎么算的"):
            answered = "\n".join(await say(stage, "张主任", words))
            assert HOUSE.texts[f"how.{key}"] in answered, words
        assert HOUSE.texts[f"how.{key}"] not in "\n".join(await say(stage, "刘姐", f"{name}怎么算的"))


async def test_buttons_lead_on_for_managers_alone(stage: Stage) -> None:
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    await say(stage, "张主任", "今天的情况")
    for label, seen in (("按队看", "【志愿者】"), ("按人看", "没有人接过事"), ("怎么算的", "各人")):
        assert seen in "\n".join(await press(stage, "张主任", label))
    for forged in (
        "figures:people.20260302.20260302:0",
        "figures:how.all:0",
        "figures:people.x:0",
        "figures:people.20261340.1:0",
    ):
        said = "\n".join(await press(stage, "刘姐", f"伪造 {forged}"))
        assert "【" not in said and "这样算" not in said
    assert stage.app.counts["failures"] == 0


async def test_with_nothing_to_count_nothing_is_divided(database: Sqlite) -> None:
    for view in report.REPORTS:
        text, _ = await database.read(lambda tx, v=view: report.report(tx, HOUSE, v, _stretch("今天"), NOW))  # type: ignore[misc]
        assert "没有" in text and "%" not in text


DAYS = [
    ("今天的情况", "2026-03-31", "2026-03-31"),
    ("本周", "2026-03-30", "2026-04-05"),
    ("这个月", "2026-03-01", "2026-03-31"),
    ("上周", "2026-03-23", "2026-03-29"),
    ("上周三", "2026-03-25", "2026-03-25"),
    ("周三", "2026-03-25", "2026-03-25"),
    ("上个月", "2026-02-01", "2026-02-28"),
    ("三月的情况", "2026-03-01", "2026-03-31"),
    ("5月", "2025-05-01", "2025-05-31"),
    ("从3月1号到15号", "2026-03-01", "2026-03-15"),
    ("3月20号到4月5号", "2026-03-20", "2026-04-05"),
    ("一月到三月", "2026-01-01", "2026-03-31"),
    ("去年", "2025-01-01", "2025-12-31"),
    ("去年三月", "2025-03-01", "2025-03-31"),
    ("去年一季度", "2025-01-01", "2025-03-31"),
    ("二季度", "2025-04-01", "2025-06-30"),
    ("下半年", "2025-07-01", "2025-12-31"),
    ("最近三十天", "2026-03-02", "2026-03-31"),
    ("过去一周", "2026-03-25", "2026-03-31"),
    ("2026-02-03", "2026-02-03", "2026-02-03"),
]


@pytest.mark.parametrize(("words", "first", "last"), DAYS)
def test_any_days(words: str, first: str, last: str) -> None:
    found = periods.stretch(HOUSE, words, NOW)
    assert found is not None and [str(found.first), str(found.last)] == [first, last]


@pytest.mark.parametrize("words", ["明天", "下个月", "猴年", "", "二月三十号"])
def test_no_days(words: str) -> None:
    assert periods.stretch(HOUSE, words, NOW) is None


@pytest.mark.parametrize(
    ("minutes", "words"), [(None, "—"), (0, "1分钟"), (59, "59分钟"), (125, "2小时5分"), (4500, "3天3小时")]
)
def test_durations(minutes: int | None, words: str) -> None:
    assert report.duration(minutes) == words
