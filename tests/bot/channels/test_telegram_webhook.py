"""The webhook: the secret is asked for, 200 is said only for what is stored, and what is refused comes again."""

from __future__ import annotations

import json
import socket

import aiohttp
import pytest

from bot.channels import Message
from models.events import Press, Utterance, VoiceNote
from models.outgoing import Button
from tests.support.telegram_standin import MovedClock, Standin
from tests.support.telegram_standin.joined import channel_for

SECRET = "a-secret_word"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
async def hooked(tmp_path):
    clock, port = MovedClock(), free_port()
    address = f"http://127.0.0.1:{port}/telegram/hook"
    settings = {"mode": "webhook", "webhook_url": address, "webhook_secret": SECRET, "port": port}
    async with Standin(clock.now) as server, channel_for(server, tmp_path, clock, **settings) as (channel, inbox):
        await server.until(lambda: server.state.webhook)
        yield server, channel, inbox, address


async def post(address, body, secret=SECRET):
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
    async with aiohttp.ClientSession() as session, session.post(address, data=body, headers=headers) as answer:
        return answer.status


async def test_updates_arrive_in_order_and_files_too(hooked):
    server, _, inbox, _ = hooked
    wang = server.person("王奶奶")
    for number in range(30):
        wang.says(str(number))
    wang.sends_voice(b"OggS")
    await server.until(lambda: inbox.of(VoiceNote) and not server.unconfirmed())
    assert [event.text for event in inbox.of(Utterance)] == [str(number) for number in range(30)]
    [call] = server.calls("setWebhook")
    assert call.params["max_connections"] == "1" and "drop_pending_updates" not in call.params


async def test_200_only_after_it_is_stored(hooked):
    server, _, inbox, _ = hooked
    inbox.broken = True
    server.person("王奶奶").says("着火了")
    await server.until(lambda: len(server.deliveries) >= 3)
    assert {status for _, status in server.deliveries} == {503} and len(server.unconfirmed()) == 1
    inbox.broken = False
    await server.until(lambda: not server.unconfirmed())
    assert [event.text for event in inbox.events] == ["着火了"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "秘密"])
async def test_without_the_secret_nothing_is_looked_at(hooked, secret):
    _, _, inbox, address = hooked
    chat = {"id": 5, "type": "private"}
    update = {"update_id": 1, "message": {"message_id": 1, "date": 0, "chat": chat, "text": "接 37"}}
    header = secret.encode().decode("latin-1") if secret else secret
    assert await post(address, json.dumps(update), header) == 403
    assert not inbox.offered


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"no json", 400),
        (b"[]", 400),
        (b'{"update_id": "1"}', 400),
        (b'{"update_id": 1}', 200),
        (b"\xff", 400),
        (b'{"update_id": 2, "message": {"chat": 1}}', 200),
        (b"[" * 100_000, 400),
        (b" " * 1_100_000, 413),
    ],
    ids=lambda value: str(value)[:20],
)
async def test_strange_bodies(hooked, body, status):
    _, _, inbox, address = hooked
    assert await post(address, body) == status
    assert not inbox.events


async def test_other_paths_and_methods_are_not_there(hooked):
    _, _, _, address = hooked
    async with aiohttp.ClientSession() as session:
        async with session.get(address) as answer:
            assert answer.status == 405
        async with session.post(address + "/x") as answer:
            assert answer.status == 404


async def test_presses_are_answered(hooked):
    server, channel, inbox, _ = hooked
    wang = server.person("王奶奶")
    await channel.send(str(wang.id), Message("对吗?", ((Button("对", "yes:1:1"),),)))
    query = wang.presses("对")
    await server.until(lambda: inbox.of(Press) and server.state.queries[query])
