"""Durable turns a second and their latency, beside a bare loop of one insert per commit on the same disk."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from bot.replay.talk import Stage
from models.events import Origin, Utterance
from storage import people
from storage.database import Transaction

TURNS = 3000
ONE = 100
"""Turns of a single chat: more in so little time would be refused (`allowances.toml`)."""
RATE = 300
"""Turns a second that 200 people offer."""


class Tap:
    """Notes when each chat got its answer."""

    def __init__(self, stage: Stage) -> None:
        """Stand in for the channel's send."""
        self.waits: dict[str, asyncio.Event] = {}
        self._send = stage.channel.send
        stage.channel.send = self.send  # type: ignore[method-assign]

    async def send(self, chat: str, message: object, edit: str | None = None) -> str:
        """Pass on, and wake whoever waits."""
        reference = await self._send(chat, message, edit)  # type: ignore[arg-type]
        if chat in self.waits:
            self.waits[chat].set()
        return reference


async def _chat(stage: Stage, tap: Tap, name: str, turns: int, took: list[float], pause: float) -> None:
    """One person: a line, its answer, and the next line when they have had their pause."""
    begin = asyncio.get_running_loop().time() + pause * random.Random(name).random()
    for number in range(turns):
        await asyncio.sleep(max(0.0, begin + number * pause - asyncio.get_running_loop().time()))
        tap.waits[name] = asyncio.Event()
        begun = time.perf_counter()
        line = ("楼道灯不亮", "算了")[number % 2]
        await stage.app.accept([Utterance(Origin("talk", f"{name}-{number}", name, name, stage.clock.now()), line)])
        await tap.waits[name].wait()
        took.append(time.perf_counter() - begun)


async def _turns(chats: int, rate: float = 0) -> tuple[float, float]:
    """Turns a second and the 95th percentile in milliseconds; with a rate, so many turns are offered each second."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        await stage.open()
        tap, took = Tap(stage), []
        for n in range(chats):
            stage._titles[f"b{n}"] = f"b{n}"
        await stage.database.transaction(lambda tx: [_seed(tx, stage, n) for n in range(chats)])
        begun = time.perf_counter()
        each, pause = max(2, TURNS // chats) if chats > 1 else ONE, chats / rate if rate else 0
        await asyncio.gather(*(_chat(stage, tap, f"b{n}", each, took, pause) for n in range(chats)))
        seconds = time.perf_counter() - begun
        await stage.app.settle()
        await stage.close()
        return len(took) / seconds, statistics.quantiles(took, n=20)[-1] * 1000


def _seed(tx: Transaction, stage: Stage, n: int) -> None:
    _, person = people.arrive(tx, "talk", f"b{n}", f"b{n}", True, f"b{n}", stage.clock.now())
    people.consent(tx, person.id, "bench", stage.clock.now())


def _bare(folder: Path, count: int = 2000) -> float:
    """One insert per commit, nothing else."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (x TEXT)")
    begun = time.perf_counter()
    for _ in range(count):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t VALUES ('楼道灯不亮')")
        connection.execute("COMMIT")
    return count / (time.perf_counter() - begun)


def run(*arguments: str) -> list[str]:
    """Lines of the report."""
    with tempfile.TemporaryDirectory() as folder:
        bare = _bare(Path(folder))
    lines = [f"bare one-insert-per-commit loop: {bare:.0f} commits/s"]
    for chats in (1, 50, 200):
        turns, p95 = asyncio.run(_turns(chats))
        said = f"{turns:.0f} durable turns/s, p95 {p95:.1f} ms, {turns / bare:.2f} of the bare loop"
        lines.append(f"{chats:>4} chats, as fast as answered: {said}")
    turns, p95 = asyncio.run(_turns(200, rate=RATE))
    lines.append(f" 200 chats, {RATE} turns/s offered: {turns:.0f} durable turns/s, p95 {p95:.1f} ms")
    return lines
