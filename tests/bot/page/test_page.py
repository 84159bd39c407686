"""The try page over a real socket: what comes in, what goes out, and whom it turns away."""

from __future__ import annotations

import asyncio
import contextlib
import json
import stat
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.channels import CardGone, Message, Never
from bot.page import Actor, Group, PageChannel
from bot.page.browser import BEHIND, Browser
from bot.page.cast import stage
from models.events import Picture, Press, Utterance, VoiceNote
from models.outgoing import Button
from tests.support.browser import CAST, GROUPS, page_running

WEBM = b"\x1a\x45\xdf\xa3" + b"sound" * 40
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 40


@pytest.fixture
async def world(tmp_path):
    async with page_running(tmp_path) as world:
        yield world


class Line:
    """A window without a browser: one WebSocket that counts its requests."""

    def __init__(self, ws):
        self.ws, self.count, self.heard = ws, 0, []

    async def ask(self, do, body=None, /, **fields):
        """Send a request and return its answer; everything else that comes is kept in ``heard``."""
        self.count += 1
        head = json.dumps({"do": do, "id": str(self.count), **fields})
        await (self.ws.send_str(head) if body is None else self.ws.send_bytes(head.encode() + b"\n" + body))
        return await self.hear(lambda message: message.get("id") == str(self.count) and message["is"] != "gone")

    async def hear(self, wanted):
        while True:
            message = await self.ws.receive_json()
            if wanted(message):
                return message
            self.heard.append(message)

    def entries(self):
        """The newest state of every bubble, in order."""
        kept = {}
        for message in self.heard:
            if message["is"] == "hello":
                kept = {entry["id"]: entry for entry in message["entries"]}
            elif message["is"] == "entry":
                kept[message["entry"]["id"]] = message["entry"]
            elif message["is"] == "gone":
                del kept[message["id"]]
        return list(kept.values())


@asynccontextmanager
async def line(world, **headers):
    async with aiohttp.ClientSession() as session:
        headers = {"Origin": world.page.url.rstrip("/"), **headers}
        async with session.ws_connect(f"{world.page.url}socket", headers=headers) as ws:
            window = Line(ws)
            window.heard.append(await ws.receive_json())
            yield window


async def say(window, text, account="wang", chat="c-wang", **fields):
    return await window.ask("say", account=account, chat=chat, text=text, **fields)


async def test_a_line_reaches_the_core_with_who_where_and_when(world):
    async with line(world) as window:
        assert (await say(window, "厨房水管漏水了", about="earlier"))["is"] == "done"
        assert (await say(window, "我去", "li", "g-vol"))["is"] == "done"
    first, second = world.events
    assert isinstance(first, Utterance) and first.text == "厨房水管漏水了"
    origin = first.origin
    assert (origin.channel, origin.chat, origin.account, origin.name) == ("page", "c-wang", "wang", "王奶奶")
    assert origin.private and origin.at == world.time and origin.reply_to == "earlier"
    assert not second.origin.private and second.origin.reply_to is None
    assert first.origin.key != second.origin.key


async def test_history_survives_a_reload_and_keeps_the_order(world):
    async with line(world) as window:
        await say(window, "一")
        await say(window, "二")
    async with line(world) as again:
        assert [entry["text"] for entry in again.entries()] == ["一", "听到：一", "二", "听到：二"]
        assert all(entry["saved"] for entry in again.entries())


async def test_both_windows_see_everything(world):
    async with line(world) as one, line(world) as other:
        await say(one, "有人吗")
        await other.hear(lambda message: message["is"] == "entry" and message["entry"]["text"] == "听到：有人吗")


async def test_a_press_is_an_event_and_the_card_changes_in_its_place(world):
    async with line(world) as window:
        await say(window, "水管")
        card = window.entries()[-1]
        assert card["buttons"] == [[{"label": "对", "data": "yes:1:1"}, {"label": "不对", "data": "no:1:1"}]]
        answer = await window.ask("press", account="wang", chat="c-wang", about=card["id"], data="yes:1:1")
        assert answer["is"] == "done"
        said, changed, press = window.entries()
    assert isinstance(world.events[-1], Press) and world.events[-1].data == "yes:1:1"
    assert world.events[-1].origin.reply_to == card["id"]
    assert (changed["id"], changed["text"], changed["buttons"], changed["edited"]) == (card["id"], "好的", [], True)
    assert (press["form"], press["text"], press["about"]) == ("press", "对", card["id"]) and said["text"] == "水管"


async def test_forged_presses_go_to_the_core_which_must_judge_them(world):
    async with line(world) as window:
        world.answer = lambda event: asyncio.sleep(0)
        answer = await window.ask("press", account="wang", chat="c-wang", about="nothing", data="' OR 1=1")
        assert answer["is"] == "done" and window.entries()[-1]["text"] == "按钮"
    assert world.events[-1].data == "' OR 1=1"


async def test_sending_to_nobody_and_editing_nothing(world):
    page = world.page
    with pytest.raises(Never):
        await page.send("c-nobody", Message("在吗"))
    with pytest.raises(CardGone):
        await page.send("c-wang", Message("在吗"), edit="gone")
    id = await page.send("c-wang", Message("在吗"))
    with pytest.raises(CardGone):
        await page.send("c-li", Message("在吗"), edit=id)
    assert await page.send("c-wang", Message("在的"), edit=id) == id


async def test_nobody_may_edit_what_a_person_said(world):
    async with line(world) as window:
        await say(window, "我说的")
        with pytest.raises(CardGone):
            await world.page.send("c-wang", Message("改了"), edit=window.entries()[0]["id"])


async def test_what_is_not_stored_leaves_no_trace(world, tmp_path):
    world.broken = True
    async with line(world) as window:
        answer = await say(window, "没存上的话")
        assert (answer["is"], answer["text"]) == ("failed", "没存上，请再发一次")
        assert (await window.ask("voice", WEBM, account="wang", chat="c-wang", seconds=2))["is"] == "failed"
        assert window.entries() == []
        world.broken = False
        assert (await say(window, "再发一次"))["is"] == "done"
    assert list((tmp_path / "spool").iterdir()) == []


async def test_a_voice_note_lies_in_the_spool_for_its_owner_alone(world, tmp_path):
    async with line(world) as window:
        assert (await window.ask("voice", WEBM, account="wang", chat="c-wang", seconds=2.4))["is"] == "done"
        note = window.entries()[0]
    event = world.events[0]
    assert isinstance(event, VoiceNote) and event.seconds == 2.4 and event.file.endswith(".webm")
    file = tmp_path / "spool" / event.file
    assert file.read_bytes() == WEBM and stat.S_IMODE(file.stat().st_mode) == 0o600
    assert note["text"] == "2 秒" and note["file"] is None


async def test_what_was_heard_is_put_right_under_the_recording(world):
    async with line(world) as window:
        await window.ask("voice", WEBM, account="wang", chat="c-wang", seconds=2)
        note = window.entries()[0]["id"]
        await world.page.heard("c-wang", note, "我想理法")
        right = {"account": "wang", "chat": "c-wang", "about": note, "text": "我想理发"}
        assert (await window.ask("amend", **right))["is"] == "done"
        event = world.events[-1]
        assert isinstance(event, Utterance) and event.amends and event.text == "我想理发" and not event.origin.reply_to
        shown = {entry["id"]: entry for entry in window.entries()}[note]
        assert (shown["heard"], shown["edited"], shown["form"]) == ("我想理发", True, "voice")
        for wrong in ({"about": "nothing"}, {"account": "zhang", "chat": "c-zhang"}, {"text": "  "}):
            assert (await window.ask("amend", **{**right, **wrong}))["text"] == "这一条改不了，请您再说一遍"
        world.broken = True
        assert (await window.ask("amend", **{**right, "text": "别的"}))["text"] == "没存上，请再发一次"
        assert {entry["id"]: entry for entry in window.entries()}[note]["heard"] == "我想理发"


async def test_a_picture_lies_in_the_pictures_folder_and_is_shown(world, tmp_path):
    async with line(world) as window, aiohttp.ClientSession() as session:
        answer = await window.ask("picture", PNG, account="wang", chat="c-wang", text="就是这里")
        assert answer["is"] == "done"
        async with session.get(f"{world.page.url}file/{window.entries()[0]['id']}") as reply:
            assert (reply.status, reply.content_type, await reply.read()) == (200, "image/png", PNG)
            assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert str(tmp_path) not in json.dumps(window.heard)
    event = world.events[0]
    assert isinstance(event, Picture) and event.caption == "就是这里"
    assert stat.S_IMODE((tmp_path / "pictures" / event.file).stat().st_mode) == 0o600


async def test_a_document_is_offered_and_a_lost_one_is_missed_politely(world, tmp_path):
    sheet, page = tmp_path / "报表.html", world.page
    sheet.write_text("<script>alert(1)</script>")
    id = await page.send("c-lin", Message("本月的报表", file=sheet))
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{page.url}file/{id}") as reply:
            assert reply.status == 200 and reply.headers["Content-Disposition"] == "attachment"
        sheet.unlink()
        for gone in (id, "0", "..%2f..%2fetc%2fpasswd"):
            async with session.get(f"{page.url}file/{gone}") as reply:
                assert reply.status == 404


@pytest.mark.parametrize(
    ("do", "body", "says"),
    [
        ("picture", b"<svg onload=alert(1)>", "不是图片"),
        ("picture", b"", "是空的"),
        ("voice", b"", "是空的"),
        ("picture", PNG + b"0" * (19 * 1024 * 1024), "太大"),
    ],
)
async def test_files_that_cannot_be_taken_are_refused_in_words(world, do, body, says):
    async with line(world) as window:
        answer = await window.ask(do, body, account="wang", chat="c-wang")
        assert answer["is"] == "failed" and says in answer["text"]
    assert world.events == []


async def test_an_unknown_sound_still_reaches_the_hearing_which_knows_better(world):
    async with line(world) as window:
        assert (await window.ask("voice", b"#!AMR\n...", account="wang", chat="c-wang", seconds="NaN"))["is"] == "done"
    assert world.events[0].seconds is None and world.events[0].file.endswith(".bin")


async def test_a_flood_closes_only_the_window_it_came_from(world):
    async with line(world) as other:
        async with line(world) as window:
            with contextlib.suppress(ConnectionError):
                await window.ws.send_bytes(b"0" * (21 * 1024 * 1024))
            message = await window.ws.receive()
            while message.type == aiohttp.WSMsgType.TEXT:
                message = await window.ws.receive()
            assert message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
        assert (await say(other, "我还在"))["is"] == "done"


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '"say"',
        '{"do":"dance"}',
        '{"do":["say"]}',
        '{"do":"say"}',
        "[" * 20000,
        b"",
        b"\xff\n\xff",
        '{"do":"say","account":"wang","chat":"c-li","text":"我不在这里"}',
        '{"do":"say","account":{},"chat":[],"text":1}',
        '{"do":"press","account":"x","chat":"c-wang"}',
        '{"do":"say","account":"li","chat":"g-desk","text":"我不是值班的"}',
    ],
)
async def test_nonsense_is_refused_and_the_line_goes_on(world, frame):
    async with line(world) as window:
        await (window.ws.send_bytes(frame) if isinstance(frame, bytes) else window.ws.send_str(frame))
        assert (await window.hear(lambda message: message["is"] == "failed"))["text"]
        assert world.events == []
        assert (await say(window, "接着说"))["is"] == "done"


ODD_TEXTS = ("", "字" * 100_000, "🙂🙂", "\u202e反\x00\x07", "<img src=x onerror=alert(1)>", "\ud800")


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
async def test_any_text_arrives(world, text):
    async with line(world) as window:
        assert (await say(window, text))["is"] == "done"
    assert world.events[0].text == text.replace("\ud800", "?")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": ""},
        {"Host": "127.0.0.1"},
    ],
)
async def test_other_pages_and_other_names_are_turned_away(world, headers):
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        async with line(world, **headers):
            pass
    assert refused.value.status == 403


async def test_files_and_saving_are_behind_the_same_door(world):
    async with aiohttp.ClientSession() as session:
        for path in ("", "save", "page.js", "file/1"):
            for headers in ({"Host": f"rebound.example:{world.page.port}"}, {"Origin": "http://evil.example"}):
                async with session.get(world.page.url + path, headers=headers) as reply:
                    assert reply.status == 403
        async with session.get(f"http://localhost:{world.page.port}/") as reply:
            assert reply.status == 200 and "default-src 'none'" in reply.headers["Content-Security-Policy"]


async def test_it_listens_on_this_machine_alone(world):
    addresses = world.page._runner.addresses
    assert [address[0] for address in addresses] == ["127.0.0.1"]


async def test_a_taken_port_is_one_plain_sentence(world, tmp_path):
    with pytest.raises(OSError, match=f"端口 {world.page.port} 用不了"):
        async with page_running(tmp_path, world.page.port):
            pass


async def test_the_clock_walks_forward_only(world):
    async with line(world) as window:
        assert (await window.ask("move", minutes=10))["is"] == "done"
        assert world.time.strftime("%d %H:%M") == "02 09:10"
        assert (await window.ask("move", morning=True))["is"] == "done"
        assert world.time.strftime("%d %H:%M") == "03 09:00"
        assert (await window.ask("move", to="2026-03-03T15:30"))["is"] == "done"
        assert world.time.isoformat() == "2026-03-03T15:30:00+08:00"
        early, word, long = {"to": "2026-03-01T09:00"}, {"to": "明天"}, {"minutes": 10**9}
        for wrong in (early, word, long, {"minutes": 0}, {}, {"minutes": "x"}):
            assert (await window.ask("move", **wrong))["is"] == "failed"
        shown = [message["world"]["shown"] for message in window.heard if message["is"] == "world"]
    assert shown[-1] == "3月3日 周二 15:30" and world.time.isoformat() == "2026-03-03T15:30:00+08:00"


async def test_people_can_talk_while_the_clock_walks_but_it_walks_once(world):
    gate = asyncio.Event()
    world.move = lambda to: gate.wait()
    async with line(world) as window, line(world) as other:
        walk = asyncio.create_task(other.ask("move", minutes=10))
        await window.hear(lambda message: message["is"] == "world" and message["world"]["walking"])
        assert (await say(window, "还听得到吗"))["is"] == "done"
        assert (await window.ask("move", minutes=10))["text"] == "时间正在走，请等一等"
        gate.set()
        assert (await walk)["is"] == "done"


async def test_a_walk_that_fails_says_so_and_can_be_tried_again(world):
    walk = world.move

    async def fail(to):
        raise RuntimeError("a follow-up broke")

    async with line(world) as window:
        world.move = fail
        assert "没走成" in (await window.ask("move", minutes=10))["text"]
        world.move = walk
        assert (await window.ask("move", minutes=10))["is"] == "done"


async def test_the_conversation_is_downloaded_as_a_test(world):
    async with line(world) as window:
        await say(window, "厨房水管漏水了")
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{world.page.url}save") as reply:
            assert await reply.text() == "== 2026-03-02 09:00\n王奶奶 > 厨房水管漏水了\n"
            assert 'filename="linsheng-2026-03-02T0900.chat"' in reply.headers["Content-Disposition"]
        world.save = lambda: asyncio.wait_for(asyncio.Event().wait(), 0)
        async with session.get(f"{world.page.url}save") as reply:
            assert reply.status == 500 and "没存成" in await reply.text()


async def test_menus_status_and_receipts_reach_the_windows(world):
    async with line(world) as window:
        assert window.heard[0]["world"]["menu"][0] == "报修" and "合成的声音" in window.heard[0]["world"]["status"]
        await world.page.send("c-li", Message("您好", menu=("我的任务", "值班")))
        menus = (await window.hear(lambda message: message["is"] == "world"))["world"]["menus"]
        assert menus == {"c-li": ["我的任务", "值班"]}
        await world.page.receipt("c-wang", "listening")
        assert (await window.hear(lambda message: message["is"] == "receipt"))["kind"] == "listening"


async def test_a_window_that_lags_is_closed_and_memory_stays_bounded(world):
    slow = Browser()
    world.page.room.browsers.add(slow)
    for _ in range(BEHIND + 1):
        await world.page.receipt("c-wang", "typing")
    assert slow.waiting.qsize() == 1 and slow.waiting.get_nowait() is None


async def test_a_chat_keeps_its_newest_messages(world):
    for number in range(620):
        await world.page.send("c-wang", Message(str(number), ((Button("好", "ok:1:1"),),)))
    async with line(world) as window:
        texts = [entry["text"] for entry in window.entries()]
    assert len(texts) == 500 and texts[-1] == "619"


async def test_stopping_closes_the_windows_and_frees_the_port(tmp_path):
    async with page_running(tmp_path) as first:
        port = first.page.port
        window = line(first)
        open_window = await window.__aenter__()
    assert (await open_window.ws.receive()).type == aiohttp.WSMsgType.CLOSE
    await window.__aexit__(None, None, None)
    async with page_running(tmp_path, port) as second:
        assert second.page.port == port


@pytest.mark.parametrize(
    ("cast", "groups"),
    [
        ((*CAST, CAST[0]), GROUPS),
        (CAST, (*GROUPS, GROUPS[0])),
        ((Actor("a", "某某", "king", "c-a"),), ()),
        (CAST, (Group("c-wang", "同名", "desk", ()),)),
    ],
)
def test_a_cast_that_cannot_be_is_refused(cast, groups):
    with pytest.raises(ValueError):
        stage(cast, groups)


def test_the_page_keeps_the_shape_of_a_channel(tmp_path):
    from bot.channels import Channel

    channel: Channel = PageChannel(0, CAST, GROUPS, None, tmp_path, tmp_path)
    assert channel.name == "page"
