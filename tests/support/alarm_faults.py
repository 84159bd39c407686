"""What may break while somebody is in danger: each fault begins and ends, and one script is played through all of them."""

from __future__ import annotations

import asyncio
import errno
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.alarm import book
from bot.channels import Never, NotSent
from bot.replay.talk import Stage
from models.events import Origin, Press, Utterance, VoiceNote
from storage import incidents
from storage.database import Transaction
from tests.support.alarms import Watch, line, offered

INTERVAL, TICK = 60, 1
Breaks = Callable[[Stage, Watch], AbstractAsyncContextManager[None]]


@dataclass(frozen=True)
class Course:
    """When people were alerted through a fault, in seconds of the test's clock."""

    attempts: tuple[float, ...]
    began: float
    """When the danger could first be seen: it was said, or the process was there again."""
    acknowledged: float
    ended: float
    allowed: float = 5.0
    """Seconds until the first attempt: ten after a restart."""

    def judge(self) -> None:
        """At once, never longer silent than the interval and a tick, and silent a tick after 我来管."""
        before = [second for second in self.attempts if self.began <= second <= self.acknowledged]
        assert before and before[0] - self.began <= self.allowed
        gaps = [later - earlier for earlier, later in zip(before, [*before[1:], self.acknowledged], strict=True)]
        assert max(gaps) <= INTERVAL + TICK
        assert not [second for second in self.attempts if second > self.acknowledged + TICK]
        assert self.ended - self.acknowledged >= 2 * INTERVAL, "silence was not listened to for long enough"


class Hanging:
    """A recognizer that never answers."""

    async def start(self) -> None:
        """Nothing to make ready."""

    async def hear(self, path: Path, **how: Any) -> Any:
        """Wait for ever."""
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Nothing to end."""

    def status(self) -> dict[str, object]:
        """Nothing to say."""
        return {}


class Broken(Hanging):
    """A recognizer whose every call fails."""

    async def hear(self, path: Path, **how: Any) -> Any:
        """Fail as a dead process does."""
        raise BrokenPipeError("the process is gone")


# ---------------------------------------------------------------- what breaks


@asynccontextmanager
async def unheard(stage: Stage, watch: Watch) -> AsyncIterator[None]:
    """A recording of the same person lies before the danger in the lane."""
    await stage.app.accept([VoiceNote(Origin("talk", "note", "wang", "wang", stage.clock.now()), "x.ogg")])
    yield


@asynccontextmanager
async def locked(stage: Stage, watch: Watch) -> AsyncIterator[None]:
    """Another process holds the database."""
    await stage.database._writer.execute("PRAGMA busy_timeout=1")  # type: ignore[attr-defined]
    other = sqlite3.connect(stage.folders.data / "linsheng.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("COMMIT")
    other.close()


@asynccontextmanager
async def full(stage: Stage, watch: Watch) -> AsyncIterator[None]:
    """Neither the database nor the alarm file takes another byte."""

    def fill(tx: Transaction) -> int:
        row = tx.one("PRAGMA page_count")
        assert row is not None
        tx.one(f"PRAGMA max_page_count={row[0]}")
        return int(row[0])

    def refuse(*arguments: object) -> int:
        raise OSError(errno.ENOSPC, "no space left")

    pages = await stage.database.transaction(fill)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book.os, "write", refuse)
        yield
    await stage.database.transaction(lambda tx: tx.one(f"PRAGMA max_page_count={pages * 1000}"))


def refusing(fault: Callable[[], Exception], *only: str) -> Breaks:
    """The platform refuses these chats, or all."""

    @asynccontextmanager
    async def breaks(stage: Stage, watch: Watch) -> AsyncIterator[None]:
        watch.refuse = lambda chat: fault() if not only or chat in only else None
        yield
        watch.refuse = lambda chat: None

    return breaks


@dataclass(frozen=True)
class Fault:
    """Something that breaks for so many seconds; it begins just before the danger."""

    breaks: Breaks
    seconds: int
    words: str = "着火了"
    ears: Callable[[], Any] | None = None


FAULTS = {
    "recognizer hangs": Fault(unheard, 180, ears=Hanging),
    "recognizer dead": Fault(unheard, 180, ears=Broken),
    "database locked": Fault(locked, 60),
    "disk full": Fault(full, 130, words="着火了" + "，救命" * 900),
    "group gone": Fault(refusing(lambda: Never("kicked"), "desk", "volunteers"), 180),
    "duty person gone": Fault(refusing(lambda: Never("blocked"), "liujie"), 180),
    "API answers 429": Fault(refusing(lambda: NotSent("429", 1800.0)), 1800),
    "API answers 500": Fault(refusing(lambda: NotSent("500")), 1800),
}


# ---------------------------------------------------------------- one script for all of them


async def play(folder: Path, fault: Fault, acknowledge: int) -> Course:
    """Danger is said at second 0, somebody says 我来管 at ``acknowledge``; the platform offers again what was not stored."""
    stage = Stage(folder, ears=fault.ears() if fault.ears else None)
    await stage.open()
    try:
        watch = Watch(stage)
        await _course(stage, watch, fault, acknowledge)
        await _in_hand(stage)
        return Course(tuple(one.second for one in watch.alerts()), 0.0, acknowledge, watch.now)
    finally:
        await (stage.app.stop(0) if fault.ears is Hanging else stage.close())


async def _course(stage: Stage, watch: Watch, fault: Fault, acknowledge: int) -> None:
    breakage = fault.breaks(stage, watch)
    await breakage.__aenter__()
    waiting: list[Utterance | Press] = [line(stage, fault.words)]
    for second in range(max(acknowledge + 2 * INTERVAL + 5, fault.seconds + INTERVAL) + 1):
        stage.clock.move(stage.clock.now() + timedelta(seconds=min(second, 1)))
        if second == fault.seconds:
            await breakage.__aexit__(None, None, None)
        if second == acknowledge:
            waiting.append(line(stage, "我来管", "zhuren" if fault is FAULTS["duty person gone"] else "liujie", "ack"))
        waiting = [event for event in waiting if not await offered(stage, event)]
        await stage.app.tick()
        await _settled(stage, hung=fault.ears is Hanging)


async def _settled(stage: Stage, hung: bool) -> None:
    """Until nothing is being worked but what hangs, and nothing is under way."""
    while stage.app.working > hung:
        await asyncio.sleep(0)
    await stage.app.alarm.drained()
    await stage.app.sender.drained()


async def _in_hand(stage: Stage) -> None:
    """One incident, in the hands of whoever said so."""
    first, second = await stage.database.read(lambda tx: (incidents.get(tx, 1), incidents.newest(tx, 9)))
    assert first is not None and (first.status, first.family, len(second)) == ("held", "fire", 1)
