"""What `linsheng check` says about Telegram: one line each, true ones and false ones, never the token."""

from __future__ import annotations

import pytest

from bot.channels.telegram import diagnose
from tests.support.telegram_standin import MovedClock, Standin
from tests.support.telegram_standin.joined import settings_for


@pytest.fixture
async def server():
    async with Standin(MovedClock().now) as server:
        yield server


async def lines(server, groups=(), **changes):
    clock = MovedClock(server.now())
    found = await diagnose(settings_for(server, **changes), clock, groups)
    assert all("\n" not in line and server.token not in line for _, line in found)
    return found


def starting(found, start):
    [one] = [(good, line) for good, line in found if line.startswith(start)]
    return one


async def test_all_is_well(server):
    group = server.group("志愿者群")
    found = await lines(server, [str(group.id)])
    assert all(good for good, _ in found) and len(found) == 6
    for start in ("connection", "token", "clock", "updates", "privacy mode", f"group {group.id}"):
        assert starting(found, f"telegram {start}")[0]
    assert "@linsheng_bot" in starting(found, "telegram token")[1]


async def test_nobody_answers(server):
    found = await lines(server, api_url="http://127.0.0.1:9/bot")
    assert [good for good, _ in found] == [False] and "127.0.0.1" in found[0][1]


async def test_a_wrong_token(server):
    found = await lines(server, token="7000000001:another")
    assert starting(found, "telegram token") == (
        False,
        "telegram token: refused (unauthorised); get a new one from BotFather",
    )


async def test_a_clock_that_is_wrong(server):
    clock = MovedClock(server.now())
    await clock.sleep(95)
    good, line = starting(await diagnose(settings_for(server), clock), "telegram clock")
    assert not good and "95 s" in line


async def test_groups_that_cannot_be_used(server):
    li = server.person("小李")
    gone, mute, led = server.group("一"), server.group("二"), server.group("三")
    gone.bot_becomes("left", li)
    mute.state.may_send = led.state.may_send = False
    led.bot_becomes("administrator", li)
    found = await lines(server, [str(gone.id), str(mute.id), str(led.id), "-404", "nonsense"])
    expected = {gone.id: False, mute.id: False, led.id: True, "-404": False, "nonsense": False}
    assert {key: starting(found, f"telegram group {key}:")[0] for key in expected} == expected


async def test_privacy_mode_off_and_a_webhook_in_the_way():
    async with Standin(MovedClock().now, privacy=False) as server:
        server.state.webhook = "https://example.org/old"
        found = await lines(server)
        assert "off" in starting(found, "telegram privacy mode")[1]
        assert "removed" in starting(found, "telegram updates")[1]


async def test_an_answer_that_cannot_be_read(server):
    server.inject("garbage", "getWebhookInfo")
    server.inject("shapeless", "getChatMember")
    group = server.group("志愿者群")
    found = await lines(server, [str(group.id)])
    assert not starting(found, "telegram updates")[0] and not starting(found, "telegram group")[0]
