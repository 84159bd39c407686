"""The stand-in keeps Telegram's promises and refusals, as python-telegram-bot's own client sees them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import telegram
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from bot.channels.telegram.channel import LIMITS
from bot.flow.pace import Pace
from tests.support.telegram_standin import MovedClock, Standin
from tests.support.telegram_standin.limits import CHAT, Limits, Window, most


@pytest.fixture
async def talking():
    clock = MovedClock()
    async with Standin(clock.now) as server:
        client = telegram.Bot(server.token, server.api_url, server.api_url.replace("/bot", "/file/bot"))
        async with client:
            yield server, client, clock


async def test_long_polling_answers_at_once_and_confirms_by_offset(talking):
    server, client, _ = talking
    wang = server.person("王奶奶")
    asked = asyncio.create_task(client.get_updates(timeout=30))
    await server.until(lambda: server.polls)
    wang.says("在吗")
    [update] = await asked
    assert update.message.text == "在吗" and update.message.from_user.full_name == "王奶奶"
    assert await client.get_updates(), "not confirmed: it comes again"
    assert server.unconfirmed() == [update.update_id]
    assert not await client.get_updates(offset=update.update_id + 1) and not server.unconfirmed()


async def test_negative_and_unbelievable_offsets(talking):
    server, client, _ = talking
    wang = server.person("王奶奶")
    for number in range(5):
        wang.says(str(number))
    assert len(await client.get_updates(offset=server.queue.last + 11)) == 5, "too far ahead: the head is given"
    assert [update.message.text for update in await client.get_updates(offset=-2)] == ["3", "4"]
    assert len(server.unconfirmed()) == 2
    assert [update.message.text for update in await client.get_updates(limit=1)] == ["3"]


async def test_a_second_poller_ends_the_first(talking):
    server, client, _ = talking
    first = asyncio.create_task(client.get_updates(timeout=30))
    await server.until(lambda: server.polls == 1)
    other = telegram.Bot(server.token, server.api_url)
    second = asyncio.create_task(other.get_updates(timeout=30))
    with pytest.raises(Conflict, match="terminated by other"):
        await first
    server.person("王奶奶").says("在吗")
    assert len(await second) == 1


async def test_no_polling_beside_a_webhook(talking):
    _, client, _ = talking
    await client.set_webhook("http://127.0.0.1:9/hook", secret_token="s")
    with pytest.raises(Conflict, match="webhook"):
        await client.get_updates()
    assert (await client.get_webhook_info()).url
    await client.delete_webhook()
    assert not await client.get_updates()


async def test_only_wanted_kinds_are_queued(talking):
    server, client, _ = talking
    wang = server.person("王奶奶")
    await client.get_updates(allowed_updates=["message"])
    wang.edits(wang.says("一"), "二")
    wang.blocks()
    assert [update.message.text for update in await client.get_updates()] == ["一"]


async def test_refusals_in_telegrams_words(talking):
    server, client, _ = talking
    wang, stranger = server.person("王奶奶"), server.person("生人", started=False)
    long = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("选", callback_data="选" * 21)]])
    sent = await client.send_message(wang.id, "字" * 4096, reply_markup=long)
    tries = [
        (BadRequest, "message is too long", lambda: client.send_message(wang.id, "字" * 4097)),
        (BadRequest, "message text is empty", lambda: client.send_message(wang.id, " ")),
        (BadRequest, "chat not found", lambda: client.send_message(424242, "在吗")),
        (Forbidden, "can't initiate", lambda: client.send_message(stranger.id, "在吗")),
        (
            BadRequest,
            "not modified",
            lambda: client.edit_message_text("字" * 4096, wang.id, sent.message_id, reply_markup=long),
        ),
        (BadRequest, "to edit not found", lambda: client.edit_message_text("一", wang.id, 99)),
        (BadRequest, "query is too old", lambda: client.answer_callback_query("unknown")),
        (BadRequest, "caption is too long", lambda: client.send_photo(wang.id, b"jpeg", caption="字" * 1025)),
        (BadRequest, "wrong file_id", lambda: client.get_file("unknown")),
    ]
    for kind, text, attempt in tries:
        with pytest.raises(kind, match="(?i)" + text):
            await attempt()
    too_long = telegram.InlineKeyboardButton("选", callback_data="选" * 22)
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await client.send_message(wang.id, "在吗", reply_markup=telegram.InlineKeyboardMarkup([[too_long]]))
    with pytest.raises(InvalidToken):
        await telegram.Bot("1:wrong", server.api_url).get_me()


async def test_files_come_back_as_they_were_sent(talking):
    server, client, _ = talking
    server.person("王奶奶").sends_voice(bytes(range(256)) * 100, seconds=4)
    [update] = await client.get_updates()
    file = await update.message.voice.get_file()
    assert bytes(await file.download_as_bytearray()) == bytes(range(256)) * 100
    assert server.token.replace(":", "%3A") in server.calls("download")[0].raw_path


async def test_limits_on_the_moved_clock(talking):
    server, client, clock = talking
    group, people = server.group("志愿者群"), [server.person(str(n)) for n in range(40)]
    for number in range(3):
        await client.send_message(people[0].id, str(number))
    with pytest.raises(RetryAfter) as caught:
        await client.send_message(people[0].id, "3")
    assert caught.value.retry_after == timedelta(seconds=1)
    for person in people[1:28]:
        await client.send_message(person.id, "您好")
    with pytest.raises(RetryAfter):
        await client.send_message(people[30].id, "第 31 条")
    await clock.sleep(1)
    await client.send_message(people[30].id, "第 31 条")
    for number in range(20):
        await clock.sleep(2)
        await client.send_message(group.id, str(number))
    with pytest.raises(RetryAfter) as caught:
        await clock.sleep(2)
        await client.send_message(group.id, "20")
    assert caught.value.retry_after == timedelta(seconds=20)
    assert (server.most(1), server.most(60, group), len(server.refused())) == (30, 20, 3)


def test_our_own_pace_never_goes_over_these_limits():
    limits, pace, now = Limits(), Pace(LIMITS), datetime(2026, 3, 2, tzinfo=UTC)
    sent = []
    for turn in range(3000):
        chat, group = turn % 37, turn % 37 < 3
        at = max(now.timestamp(), pace.free_at(chat, group, now.timestamp()))
        now = max(now, datetime.fromtimestamp(at, UTC) + timedelta(microseconds=1))
        pace.begin(chat, group)
        pace.end(chat, group, now.timestamp())
        assert limits.wait(chat, group, now) == 0
        limits.count(chat, now)
        sent.append(now)
    assert most(sent, 1) <= 30 and Window(3, 1) in CHAT


def test_in_a_thread_of_its_own():
    clock = MovedClock()
    with Standin(clock.now).in_thread() as server:
        wang = server.person("王奶奶")

        async def client():
            async with telegram.Bot(server.token, server.api_url) as bot:
                [update] = await bot.get_updates(timeout=10)
                await bot.send_message(update.effective_chat.id, update.message.text)

        wang.says("在吗")
        asyncio.run(client())
        assert server.wait_for(lambda: server.said(wang)) == ["在吗"]
