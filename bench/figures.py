"""``/stats`` over 1,000, 100,000 and 1,000,000 tickets spread over three years, and start to ready."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.replay import seed
from handlers.managers.figures import periods, report
from storage import figures as stored
from storage.migrate import migrate
from storage.sqlite import SqliteTransaction

NOW = datetime(2026, 3, 31, 8, tzinfo=UTC)
DAY = 86_400_000


def _fill(connection: sqlite3.Connection, tickets: int) -> None:
    chance, now = random.Random(1), int(NOW.timestamp() * 1000)
    connection.executemany("INSERT INTO person (id, created_at) VALUES (?, 0)", [(n,) for n in range(1, 501)])
    connection.executemany(
        "INSERT INTO ticket (flow, life, status, category, urgency, queue, reporter, building, opened_at, promised_at,"
        " responded_at, done_at, confirmed_at, rating)"
        " VALUES ('issue', 'task', ?, ?, 'P2', 'volunteers', ?, ?, ?, ?, ?, ?, ?, ?)",
        (_ticket(chance, now) for _ in range(tickets)),
    )
    connection.execute("ANALYZE")
    connection.commit()


def _ticket(chance: random.Random, now: int) -> tuple[object, ...]:
    opened = now - chance.randrange(3 * 365 * DAY)
    answered = opened + chance.randrange(4 * 3_600_000)
    done = answered + chance.randrange(DAY) if chance.random() < 0.9 else None
    rating = chance.choice(("good", "good", "fair", "bad", None)) if done else None
    category = chance.choice(("light", "leak", "lift", "rubbish", "power", "door"))
    return (
        "rated" if rating else ("done" if done else "accepted"),
        category,
        chance.randrange(1, 501),
        str(chance.randrange(1, 19)),
        opened,
        opened + 7_200_000,
        answered,
        done,
        done and done + 1000,
        rating,
    )


def _stats(tickets: int) -> list[str]:
    house, lines = seed.load().settings.house(), []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f.db"
        migrate(path)
        connection = sqlite3.connect(path)
        connection.row_factory = sqlite3.Row
        _fill(connection, tickets)
        for words in ("今天", "本周", "本月", "all"):
            stretch = periods.stretch(house, words if words != "all" else "今天", NOW)
            assert stretch is not None
            took = []
            for _ in range(5 if words != "all" else 2):
                begun = time.perf_counter()
                tx = SqliteTransaction(connection)
                if words == "all":
                    stored.figures(tx, NOW - timedelta(days=1095), NOW, NOW)
                else:
                    report.report(tx, house, "all", stretch, NOW)
                took.append((time.perf_counter() - begun) * 1000)
            lines.append(f"{tickets:>9,} tickets, {words}: median {statistics.median(took):.1f} ms")
        connection.close()
    return lines


def _start() -> str:
    """Start to ready, and memory, of the service with one channel and no recognizer."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "c.toml"
        config.write_text(f'[data]\nfolder = "{folder}/data"\n[local]\nenabled = true\n[hearing]\nenabled = false\n')
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "run", "--config", str(config)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        )
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.perf_counter() - begun
        status = Path(f"/proc/{process.pid}/status").read_text()
        process.terminate()
        process.wait()
    megabytes = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024  # type: ignore[index]
    return f"start to ready: {seconds:.2f} s, {megabytes} MB resident"


def run(*arguments: str) -> list[str]:
    """Lines of the report."""
    return [line for tickets in (1_000, 100_000, 1_000_000) for line in _stats(tickets)] + [_start()]
