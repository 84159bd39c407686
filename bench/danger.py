"""Danger under load: how soon the first alert leaves, and what one account that cries without end costs the others."""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from bot.replay.talk import Stage
from models.events import Origin, Utterance
from nlu.danger import signs
from storage import incidents, people
from storage.database import Transaction, Unavailable
from tests.support.alarm_world import World

ALARMS = 200
"""People in danger, one after another."""
SERVED = 20
"""People who type a danger into the whole service."""
RESIDENTS = 10
WINDOW = 15.0
"""Seconds of each measurement; quiet and flooded ones take turns."""
ROUNDS = 2
PER_MINUTE = 100
CRIES = ("救命", "着火了快来人", "我摔了起不来", "屋里一股煤气味")


class Tap:
    """Notes when something was handed to the channel."""

    def __init__(self, stage: Stage) -> None:
        """Stand in for the channel's send."""
        self.answered: dict[str, asyncio.Event] = {}
        self.alerts: list[float] = []
        self._send = stage.channel.send
        stage.channel.send = self.send  # type: ignore[method-assign]

    async def send(self, chat: str, message: object, edit: str | None = None) -> str:
        """Pass on, note an alert, and wake whoever waits for an answer."""
        if str(message.text).startswith("急 第"):  # type: ignore[attr-defined]
            self.alerts.append(time.perf_counter())
        if chat in self.answered:
            self.answered[chat].set()
        return await self._send(chat, message, edit)  # type: ignore[arg-type]


def _line(stage: Stage, who: str, key: str, text: str) -> Utterance:
    return Utterance(Origin("talk", key, who, who, stage.clock.now(), who), text)


async def _with_stage(work: Callable[[Stage, Tap], Awaitable[list[str]]]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        await stage.open()
        tap = Tap(stage)
        names = [f"b{n}" for n in range(max(ALARMS, RESIDENTS))]
        stage._titles.update({name: name for name in names})

        def plant(tx: Transaction) -> None:
            for name in names:
                _, person = people.arrive(tx, "talk", name, name, True, name, stage.clock.now())
                people.consent(tx, person.id, "bench", stage.clock.now())

        await stage.database.transaction(plant)
        lines = await work(stage, tap)
        await stage.app.settle()
        await stage.close()
        return lines


async def _first_alerts(stage: Stage, tap: Tap, tag: str, refused: bool) -> str:
    """Milliseconds from the text being there to the first alert being handed to the channel."""
    took = []
    for number in range(ALARMS):
        tap.alerts.clear()
        begun = time.perf_counter()
        with suppress(Unavailable):
            await stage.app.accept([_line(stage, f"b{number}", f"{tag}{number}", CRIES[number % len(CRIES)])])
        await stage.app.alarm.drained()
        took.append((tap.alerts[0] - begun) * 1000)
        if not refused:
            await stage.app.settle()
    worst, p95 = max(took), statistics.quantiles(took, n=20)[-1]
    return (
        f"first alert after the text: median {statistics.median(took):.1f} ms, p95 {p95:.1f} ms, worst {worst:.1f} ms"
    )


async def _alerts(stage: Stage, tap: Tap) -> list[str]:
    lines = [await _first_alerts(stage, tap, "ok", refused=False)]
    opened = len(await stage.database.read(lambda tx: incidents.newest(tx, 10_000)))
    return [*lines, f"  {opened} incidents for {ALARMS} people in danger"]


async def _locked(stage: Stage, tap: Tap) -> list[str]:
    await stage.database._writer.execute("PRAGMA busy_timeout=1")
    other = sqlite3.connect(stage.folders.data / "linsheng.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    line = await _first_alerts(stage, tap, "locked", refused=True)
    other.execute("COMMIT")
    other.close()
    return [f"with a locked database: {line}"]


# ---------------------------------------------------------------- one who cries without end


async def _resident(stage: Stage, tap: Tap, name: str, until: float, took: list[float]) -> None:
    """Somebody who says a line, waits for the answer, and says the next."""
    number = 0
    while time.perf_counter() < until:
        number += 1
        tap.answered[name] = asyncio.Event()
        begun = time.perf_counter()
        await stage.app.accept([_line(stage, name, f"{name}-{begun}", ("楼道灯不亮", "算了")[number % 2])])
        await tap.answered[name].wait()
        took.append(time.perf_counter() - begun)
        await asyncio.sleep(0.02)


async def _joker(stage: Stage, until: float) -> int:
    number = 0
    while time.perf_counter() < until:
        number += 1
        text = CRIES[number % len(CRIES)]
        await stage.app.accept([_line(stage, "wang", f"joker-{time.perf_counter()}", text)])
        await asyncio.sleep(60 / PER_MINUTE)
    return number


async def _ticking(stage: Stage, until: float) -> None:
    """The moved clock goes with the real one."""
    last = time.perf_counter()
    while time.perf_counter() < until:
        await asyncio.sleep(0.25)
        now = time.perf_counter()
        stage.clock.move(stage.clock.now() + timedelta(seconds=now - last))
        last = now
        await stage.app.tick()


async def _window(stage: Stage, tap: Tap, flooded: bool) -> tuple[list[float], int]:
    until, took = time.perf_counter() + WINDOW, []  # type: tuple[float, list[float]]
    residents = [_resident(stage, tap, f"b{n}", until, took) for n in range(RESIDENTS)]
    joker = _joker(stage, until) if flooded else asyncio.sleep(0, 0)
    cried, *_ = await asyncio.gather(joker, _ticking(stage, until), *residents)
    return took, cried


async def _flood(stage: Stage, tap: Tap) -> list[str]:
    quiet: list[float] = []
    loud: list[float] = []
    cries = 0
    await _window(stage, tap, flooded=False)
    for _ in range(ROUNDS):
        quiet += (await _window(stage, tap, flooded=False))[0]
        took, cried = await _window(stage, tap, flooded=True)
        loud, cries = loud + took, cries + cried
    p95 = [statistics.quantiles(took, n=20)[-1] * 1000 for took in (quiet, loud)]
    opened = await stage.database.read(lambda tx: incidents.newest(tx, 100))
    return [
        f"{cries} cries of one account at {PER_MINUTE} a minute: {len(opened)} incident(s), {opened[0].count} alerts",
        f"other residents' p95: {p95[0]:.1f} ms without, {p95[1]:.1f} ms beside it, {p95[1] / p95[0]:.2f} times (aim 1.5)",
    ]


def _check() -> str:
    """Milliseconds of the check of one text, in time of the processor: others on the machine do not count."""
    text = "我今天去菜市场买了点菜回来路上碰见老张说了会儿话" * 8
    text = text[:200]
    signs.find(text)
    begun = time.process_time()
    for _ in range(500):
        signs.find(text)
    return f"check of a text of 200 characters: {(time.process_time() - begun) / 500 * 1000:.2f} ms (aim 0.3)"


# ---------------------------------------------------------------- the whole service, over its socket


def _served() -> list[str]:
    """Real time from typing a danger to the first alert, through ``linsheng run`` in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        world.start()
        took = []
        for number in range(SERVED):
            begun = time.perf_counter()
            world.client.say(f"typed{number}", f"r{number}", "我家着火了")
            world.until(lambda told=number: len(world.alerts()) > told)  # type: ignore[misc]
            took.append(time.perf_counter() - begun)
        world.end()
    return [
        f"typed danger through the service: first alert after {statistics.median(took) * 1000:.0f} ms, "
        f"worst of {SERVED} {max(took) * 1000:.0f} ms (aim 1000)"
    ]


def run(*arguments: str) -> list[str]:
    """Lines of the report."""
    lines = [_check(), *_served()]
    for work in (_alerts, _locked, _flood):
        lines += asyncio.run(_with_stage(work))
    return lines
