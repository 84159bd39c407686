"""A24: the small ones."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import status
from bot.replay.talk import Stage
from models.events import Origin, Utterance
from tests.conftest import say
from tests.support.telegram_standin import MovedClock, Standin
from tests.support.telegram_standin.joined import channel_for


async def test_one_update_under_two_names_is_one(stage: Stage) -> None:
    for name in ("王奶奶", "王奶奶🌸"):
        await stage.app.accept([Utterance(Origin("talk", "7", "wang", "wang", stage.clock.now(), name), "你是谁")])
    await stage.app.settle()
    assert len(stage.channel.fresh) == 1


async def test_a_cry_with_half_a_character_is_one_incident(stage: Stage) -> None:
    sent = await say(stage, "王奶奶", "救命\ud800，着火了")
    assert sent
    for _ in range(3):
        await stage.app.tick()
    incidents = await stage.database.read(lambda tx: tx.all("SELECT 1 FROM incident"))
    assert len(incidents) == 1 and not stage.app.alarm.orphans()


@pytest.mark.parametrize(("host", "expected"), [("127.0.0.1:80", 200), ("localhost", 200), ("evil.example", 403)])
async def test_figures_are_told_to_this_machine_alone(stage: Stage, host: str, expected: int) -> None:
    async with TestClient(TestServer(status.application(stage.app))) as client:
        for path in ("/metrics", "/health"):
            answer = await client.get(path, headers={"Host": host})
            assert answer.status == expected


async def test_a_tick_that_raises_is_told_and_ends_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any) -> None:
        raise ValueError("a defect")

    with monkeypatch.context() as patch:
        patch.setattr(stage.app._ticks, "_adopt", broken)
        await stage.app._ticks.guarded()
        fine, told = await status.health(stage.app)
        assert not fine and told["reasons"] == ["tick"]
    await stage.app._ticks.guarded()
    await stage.app.settle()
    assert "tick" not in (await status.health(stage.app))[1]["reasons"]


async def test_a_press_without_its_message_stops_turning(tmp_path: Any) -> None:
    clock = MovedClock()
    async with Standin(clock.now) as server, channel_for(server, tmp_path, clock):
        user = server.person("王奶奶").user.to_dict()
        server.state.queries["q9"] = False
        server.strange(
            callback_query={"id": "q9", "from": user, "chat_instance": "1", "inline_message_id": "x", "data": "a:1:0"}
        )
        await server.until(lambda: server.state.queries["q9"])
