"""Each trouble of the service itself: ``/health`` says it, a figure counts it, the desk is told once, and it ends."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

import pytest

from bot import app, status
from bot.flow import troubles
from bot.replay.talk import Stage
from storage import people

Made = Callable[[Stage, pytest.MonkeyPatch], AbstractAsyncContextManager[None]]


def later(stage: Stage, seconds: float) -> None:
    """Time goes on."""
    stage.clock.move(stage.clock.now() + timedelta(seconds=seconds))


@asynccontextmanager
async def held(stage: Stage, patch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A chat may not be written to, for longer than anybody should wait."""
    chat = await stage.database.read(lambda tx: people.chat_at(tx, "talk", "wang"))
    number = chat.id if chat else 1
    stage.app.sender.turns.hold(number, stage.clock.monotonic() + 3600)
    later(stage, troubles.HELD + 1)
    yield
    stage.app.sender.turns._later.clear()


@asynccontextmanager
async def writer(stage: Stage, patch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """One piece of work does not come to its end."""
    patch.setattr(app, "SPINNING", 0.0)
    begun, go_on = threading.Event(), threading.Event()

    def spin(tx: object) -> None:
        begun.set()
        go_on.wait(20)

    spinning = asyncio.ensure_future(stage.database.transaction(spin))
    await asyncio.to_thread(begun.wait, 20)
    stage.app.troubles.look()
    assert stage.app.troubles.reasons() == ["writer"], "said while it lasts, and read without the writer"
    healthy, told = await status.health(stage.app)
    assert not healthy and told["reasons"] == ["writer"]
    go_on.set()
    await spinning
    patch.setattr(app, "SPINNING", -1.0)
    yield
    patch.setattr(app, "SPINNING", 10.0)


@asynccontextmanager
async def watchdog(stage: Stage, patch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Nobody answers at the watchdog's address."""
    heartbeat = stage.app._ticks.heartbeat
    heartbeat._address = "http://127.0.0.1:9/"
    await heartbeat._beat()
    yield
    heartbeat.failing = False


@asynccontextmanager
async def disk(stage: Stage, patch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """There is no room left."""
    with pytest.MonkeyPatch.context() as full:
        full.setattr(troubles.shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(10, 10, 0))
        yield


@asynccontextmanager
async def tick(stage: Stage, patch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """What should happen each second raises."""
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(stage.app._ticks, "_adopt", lambda: 1 / 0)
        await stage.app._ticks.guarded()
    yield
    await stage.app._ticks.guarded()


@pytest.mark.parametrize("made", [held, writer, watchdog, disk, tick], ids=lambda made: made.__name__)
async def test_what_lasts_is_said_counted_told_once_and_over(
    made: Made, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = made.__name__
    async with made(stage, monkeypatch):
        healthy, told = await status.health(stage.app)
        assert not healthy and told["reasons"] == [kind]
        await stage.app._ticks.oversight.tell()
        await stage.app._ticks.oversight.tell()
        figures = (await status.metrics(stage.app)).decode()
        assert f'linsheng_trouble{{kind="{kind}"}} 1.0' in figures
        assert f'linsheng_troubles_total{{kind="{kind}"}} 1.0' in figures
    await stage.app.settle()
    desk = [shown.text for shown, _ in stage.channel.fresh if stage.house.texts[f"desk.reason.{kind}"] in shown.text]
    assert len(desk) == 1, "the desk, once, with what a person must do"
    assert (await status.health(stage.app))[0]


@pytest.mark.parametrize("kind", sorted(set(troubles.KINDS) - {"held", "writer", "watchdog", "disk", "tick"}))
async def test_what_happened_stands_for_ten_minutes(kind: str, stage: Stage) -> None:
    stage.app.troubles.happened(kind)
    healthy, told = await status.health(stage.app)
    assert not healthy and told["reasons"] == [kind]
    figures = (await status.metrics(stage.app)).decode()
    assert f'linsheng_trouble{{kind="{kind}"}} 1.0' in figures
    assert f'linsheng_troubles_total{{kind="{kind}"}} 1.0' in figures
    await stage.app._ticks.oversight.tell()
    await stage.app.settle()
    reason = stage.house.texts.get(f"desk.reason.{kind}", "")
    desk = [shown.text for shown, _ in stage.channel.fresh if reason and reason in shown.text]
    assert len(desk) == (kind in troubles.TOLD), "here, or where it happened"
    later(stage, troubles.STANDS + 1)
    assert (await status.health(stage.app))[0]
