"""Outages, a second poller, a wrong token: the loop goes on, nothing is lost, the log keeps quiet about people."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from datetime import timedelta

import pytest
import telegram

from bot.channels import CardGone, MaybeSent, Message, Never, NotSent
from bot.channels.telegram import TelegramSettings
from models.events import ChatChange, Press, Utterance, VoiceNote
from models.outgoing import Button
from tests.support.telegram_standin import MovedClock, Standin
from tests.support.telegram_standin.joined import channel_for, settings_for

FAULTS = [
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 502},
    {"kind": "status_after", "status": 503},
    {"kind": "retry_after", "seconds": 20},
    {"kind": "hang"},
    {"kind": "cut"},
    {"kind": "cut_after"},
    {"kind": "garbage"},
    {"kind": "shapeless"},
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["kind"] + str(fault.get("status", "")))
async def test_no_fault_ends_the_loop_or_loses_an_update(tmp_path, fault):
    clock = MovedClock()
    short = {"poll_timeout": 1, "request_timeout": 0.2}
    async with Standin(clock.now) as server, channel_for(server, tmp_path, clock, **short) as (_, inbox):
        wang = server.person("王奶奶")
        for method in ("getMe", "deleteWebhook", "getUpdates"):
            server.inject(method=method, **fault)
        wang.says("一")
        await server.until(lambda: len(inbox.events) == 1)
        server.inject(method="getUpdates", **fault)
        wang.says("二")
        await server.until(lambda: not server.unconfirmed())
        assert [event.text for event in inbox.events] == ["一", "二"]


async def test_half_an_hour_of_errors(tmp_path, caplog):
    clock = MovedClock()
    start = clock.now()
    async with Standin(clock.now) as server:
        server.inject("status", "*", times=None, until=start + timedelta(minutes=30))
        people = [server.person(f"居民{n}") for n in range(5)]
        async with channel_for(server, tmp_path, clock) as (_, inbox):
            for person in people:
                for number in range(50):
                    person.says(f"{person.id} {number}")
            await server.until(lambda: len(inbox.events) == 250 and not server.unconfirmed())
    assert clock.now() - start >= timedelta(minutes=30)
    assert len({event.text for event in inbox.events}) == 250
    assert 50 < len(server.calls(fault="status")) < 100, "asked again, but not in a hurry"
    assert len([record for record in caplog.records if record.levelno >= logging.WARNING]) == 1


async def test_a_second_poller_is_told_once_and_not_fought(tmp_path):
    clock = MovedClock(runs=False)
    async with Standin(clock.now) as server, channel_for(server, tmp_path, clock) as (_, inbox):
        other = telegram.Bot(server.token, base_url=server.api_url)
        await server.until(lambda: server.polls == 1)
        for pause in (10, 30, 60, 120, 300, 300):
            theirs = asyncio.create_task(other.get_updates(timeout=30))
            await server.until(lambda n=pause: clock.slept and clock.slept[-1] == n)
            polls = server.polls
            clock.move(pause - 1)
            assert not theirs.done() and server.polls == polls, "while we wait, the other one works"
            clock.slept.clear()
            clock.move(1)
            with pytest.raises(telegram.error.Conflict):
                await theirs
        assert [event.kind for event in inbox.events] == ["conflict"], "the desk is told once"
        await other.request.shutdown()


async def test_a_conflict_is_over_when_the_other_is_gone(tmp_path):
    clock = MovedClock()
    async with Standin(clock.now) as server, channel_for(server, tmp_path, clock) as (_, inbox):
        await server.until(lambda: server.polls == 1)
        async with telegram.Bot(server.token, base_url=server.api_url) as other:
            theirs = asyncio.create_task(other.get_updates(timeout=30))
            await server.until(lambda: inbox.of(ChatChange))
            with pytest.raises(telegram.error.Conflict):
                await theirs
        server.person("王奶奶").says("在吗")
        await server.until(lambda: inbox.of(Utterance) and not server.unconfirmed())


async def test_a_wrong_token_is_one_clear_line_and_not_shown(tmp_path, caplog):
    clock = MovedClock(runs=False)
    async with Standin(clock.now) as server:
        wrong = settings_for(server).token.replace("standin", "mistyped")
        async with channel_for(server, tmp_path, clock, token=wrong) as (_, inbox):
            for attempt in range(3):
                await server.until(lambda n=attempt: len(clock.slept) > n)
                clock.move(60)
            [line] = [record for record in caplog.records if record.levelno >= logging.ERROR]
            assert "unauthorised" in line.getMessage()
            server.token = wrong
            clock.move(60)
            server.person("王奶奶").says("在吗")
            await server.until(lambda: inbox.events)
    assert "mistyped" not in caplog.text and "mistyped" not in repr(settings_for(server, token=wrong))


@pytest.mark.parametrize(
    "wrong", [{"token": "no colon"}, {"mode": "push"}, {"mode": "webhook", "webhook_url": "https://example.org/x"}]
)
def test_settings_that_cannot_work_are_refused_without_showing_secrets(wrong):
    with pytest.raises(ValueError, match="telegram") as caught:
        TelegramSettings(**{"token": "1:secret-canary", **wrong})
    assert "canary" not in str(caught.value) and "no colon" not in str(caught.value)


def test_the_library_is_imported_only_when_the_channel_is_opened():
    code = "import sys, bot.channels.telegram as t; t.TelegramSettings('1:a'); print({'telegram'} & {*sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


CANARIES = {
    "token": "canary-TOKEN",
    "name": "金丝雀奶奶",
    "phone": "13912345678",
    "text": "我的腰疼得厉害",
    "file": "file_",
}


async def test_logs_at_debug_level_tell_nothing_about_anyone(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    clock = MovedClock()
    said = f"{CANARIES['text']},电话 {CANARIES['phone']}"
    async with Standin(clock.now, token=f"7000000001:{CANARIES['token']}") as server:
        for quiet in ("asyncio", "aiohttp"):
            logging.getLogger(quiet).setLevel(logging.DEBUG)
        async with channel_for(server, tmp_path, clock, request_timeout=0.3, poll_timeout=1) as (channel, inbox):
            wang = server.person(CANARIES["name"])
            wang.says(said)
            wang.sends_voice(b"OggS")
            server.strange(message={"chat": {"id": wang.id}, "from": {"id": wang.id}, "text": said})
            server.inject("cut", "download", times=1)
            await server.until(lambda: inbox.of(VoiceNote) and len(inbox.of(Utterance)) == 2)
            inbox.broken = True
            wang.says(said)
            await server.until(lambda: len(inbox.offered) > 6)
            inbox.broken = False
            for fault in FAULTS:
                server.inject(method="getUpdates", **fault)
            wang.says(said)
            await server.until(lambda: not server.unconfirmed())
            for number, fault in enumerate(FAULTS):
                server.inject(method="sendMessage", **fault)
                with pytest.raises((NotSent, MaybeSent)):
                    await channel.send(str(wang.id), Message(f"{said}{number}"))
            await clock.sleep(60)
            number = await channel.send(str(wang.id), Message(said, ((Button("对", "yes:1:1"),),)))
            wang.presses("对")
            await server.until(lambda: inbox.of(Press))
            for wrong in ("x" * 3, "77"):
                with pytest.raises(CardGone):
                    await channel.send(str(wang.id), Message(said), edit=wrong)
            await channel.send(str(wang.id), Message(said + "。"), edit=number)
            wang.blocks()
            with pytest.raises(Never):
                await channel.send(str(wang.id), Message(said))
    logged = "\n".join(f"{record.name} {record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    assert "telegram: " in logged, "there is something in the log"
    assert [name for name, canary in CANARIES.items() if canary in logged] == []
