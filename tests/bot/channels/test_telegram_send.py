"""What leaves for Telegram: plain text in pieces, buttons, files and cards, and what each refusal means."""

from __future__ import annotations

import pytest

from bot.channels import CardGone, MaybeSent, Message, Never, NotSent
from bot.channels.telegram import open_channel
from bot.channels.telegram.split import length, split
from models.events import ChatChange
from models.outgoing import Button
from tests.support.telegram_standin import MovedClock, Standin
from tests.support.telegram_standin.joined import channel_for, settings_for

YES = ((Button("对", "yes:1:1"), Button("不对", "no:1:1")),)


@pytest.fixture
async def sending(tmp_path):
    clock = MovedClock()
    async with Standin(clock.now) as server:
        settings = settings_for(server, request_timeout=0.3)
        channel = open_channel(settings, clock, tmp_path / "spool", tmp_path / "pictures")
        yield server, channel, clock
        await channel.close()


async def test_text_is_plain_and_links_are_not_shown(sending):
    server, channel, _ = sending
    wang = server.person("王奶奶")
    text = "*别点* <b>http://example.org</b> _这个_ [a](http://b.c) &amp;"
    await channel.send(str(wang.id), Message(text, YES))
    [call] = server.calls("sendMessage")
    assert "parse_mode" not in call.params and call.params["text"] == text
    assert call.params["link_preview_options"] == '{"is_disabled": true}'
    assert server.messages(wang)[0].labels == ["对", "不对"]


async def test_the_menu_stays(sending):
    server, channel, _ = sending
    wang = server.person("王奶奶")
    await channel.send(str(wang.id), Message("您好", menu=("报修", "预约", "帮忙", "找人", "急")))
    assert server.messages(wang)[0].menu == [["报修", "预约"], ["帮忙", "找人"], ["急"]]
    assert '"is_persistent": true' in server.calls("sendMessage")[0].params["reply_markup"]


async def test_long_texts_end_with_sentences_and_buttons_are_on_the_last(sending):
    server, channel, clock = sending
    wang = server.person("王奶奶")
    text = "".join(f"这是第{n}句话,说的是楼道里的灯。" for n in range(900))
    number = await channel.send(str(wang.id), Message(text, YES))
    posts = server.messages(wang)
    assert len(posts) == 4 and "".join(post.text for post in posts) == text
    assert all(post.text.endswith("。") for post in posts)
    assert number == str(posts[-1].id) and [bool(post.buttons) for post in posts] == [False, False, False, True]
    assert clock.slept == [1, 1, 1] and not server.refused()


@pytest.mark.parametrize("text", ["好" * 9000, "😀" * 5000, "a\n" * 5000, "没有 标点 " * 2000, "。" * 4097, "短"])
def test_pieces_fit_and_lose_nothing_but_space(text):
    found = split(text)
    assert all(0 < length(piece) <= 4096 for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


async def test_a_long_message_broken_in_the_middle_is_not_begun_again(sending):
    server, channel, clock = sending
    wang = server.person("王奶奶")
    text = "。".join("字" * 1000 for _ in range(12))
    slept = clock.sleep

    async def sleep(seconds):
        if len(server.said(wang)) == 2:
            server.inject("retry_after", "sendMessage", seconds=9)
        await slept(seconds)

    clock.sleep = sleep
    with pytest.raises(NotSent) as caught:
        await channel.send(str(wang.id), Message(text))
    assert caught.value.wait == 9 and len(server.said(wang)) == 2
    clock.sleep = slept
    await channel.send(str(wang.id), Message(text))
    assert "".join(server.said(wang)) == text
    await clock.sleep(5)
    await channel.send(str(wang.id), Message(text))
    assert "".join(server.said(wang)) == text * 2, "said a second time, it is said whole"


@pytest.mark.parametrize(("suffix", "method"), [(".png", "sendPhoto"), (".ogg", "sendVoice"), (".csv", "sendDocument")])
async def test_files_go_by_their_suffix(sending, tmp_path, suffix, method):
    server, channel, _ = sending
    wang = server.person("王奶奶")
    file = tmp_path / f"figures{suffix}"
    file.write_bytes(b"content")
    number = await channel.send(str(wang.id), Message("这个月的数字", YES, file))
    [post] = server.messages(wang)
    assert (post.content, post.text, post.labels, str(post.id)) == (b"content", "这个月的数字", ["对", "不对"], number)
    assert server.calls(method)[0].multipart


async def test_a_long_text_does_not_go_under_a_picture(sending, tmp_path):
    server, channel, _ = sending
    wang = server.person("王奶奶")
    (tmp_path / "a.png").write_bytes(b"png")
    await channel.send(str(wang.id), Message("字" * 1025, YES, tmp_path / "a.png"))
    picture, text = server.messages(wang)
    assert (picture.file, picture.text, text.text, bool(text.buttons)) == ("photo", "", "字" * 1025, True)


async def test_cards_are_edited_in_place(sending):
    server, channel, _ = sending
    group = server.group("志愿者群")
    number = await channel.send(str(group.id), Message("37 号:搬米", YES))
    assert await channel.send(str(group.id), Message("37 号:小李接了"), edit=number) == number
    assert await channel.send(str(group.id), Message("37 号:小李接了"), edit=number) == number, "unchanged is a success"
    [post] = server.messages(group)
    assert (post.text, post.buttons, post.edits) == ("37 号:小李接了", [], 1)


async def test_a_card_that_cannot_be_edited_is_gone(sending, tmp_path):
    server, channel, _ = sending
    li, group = server.person("小李"), server.group("志愿者群")
    number = await channel.send(str(group.id), Message("37 号:搬米"))
    group.loses(server.messages(group)[0])
    theirs = li.says("@linsheng_bot 好", group)
    (tmp_path / "a.png").write_bytes(b"png")
    picture = await channel.send(str(group.id), Message("", file=tmp_path / "a.png"))
    for edit in (number, str(theirs.id), picture, "999", "x"):
        with pytest.raises(CardGone):
            await channel.send(str(group.id), Message("37 号:好了"), edit=edit)
    with pytest.raises(CardGone):
        await channel.send(str(group.id), Message("长" * 5000), edit=number)


async def test_never(sending, tmp_path):
    server, channel, _ = sending
    stranger, wang = server.person("生人", started=False), server.person("王奶奶")
    group = server.group("业主群")
    wang.blocks()
    group.bot_becomes("kicked", wang)
    mute = server.group("公告群")
    mute.state.may_send = False
    expected = {
        str(stranger.id): "blocked",
        str(wang.id): "blocked",
        str(group.id): "kicked",
        "424242": "no_chat",
        "not a number": "no_chat",
        str(mute.id): "no_rights",
    }
    for chat, key in expected.items():
        with pytest.raises(Never, match=key):
            await channel.send(chat, Message("在吗"))


async def test_what_telegram_would_refuse_is_not_even_tried(sending, tmp_path):
    server, channel, _ = sending
    wang = server.person("王奶奶")
    long = ((Button("选", "选" * 22),),)
    for message in (Message("在吗", long), Message("  "), Message("图", file=tmp_path / "missing.png")):
        with pytest.raises(Never, match="refused"):
            await channel.send(str(wang.id), message)
    assert not server.calls("sendMessage")
    await channel.send(str(wang.id), Message("在吗", ((Button("选", "选" * 21 + "a"),),)))


@pytest.mark.parametrize(
    ("fault", "error", "arrived"),
    [
        ({"kind": "retry_after", "seconds": 5}, NotSent, False),
        ({"kind": "status", "status": 500}, MaybeSent, False),
        ({"kind": "status", "status": 502}, MaybeSent, False),
        ({"kind": "status_after", "status": 503}, MaybeSent, True),
        ({"kind": "hang"}, MaybeSent, False),
        ({"kind": "hang_after"}, MaybeSent, True),
        ({"kind": "cut"}, MaybeSent, False),
        ({"kind": "cut_after"}, MaybeSent, True),
        ({"kind": "garbage"}, MaybeSent, True),
        ({"kind": "shapeless"}, MaybeSent, True),
    ],
)
async def test_what_a_fault_means(sending, fault, error, arrived):
    server, channel, _ = sending
    wang = server.person("王奶奶")
    server.inject(method="sendMessage", **fault)
    with pytest.raises(error) as caught:
        await channel.send(str(wang.id), Message("水来了"))
    assert server.said(wang) == (["水来了"] if arrived else [])
    assert getattr(caught.value, "wait", None) == (5 if error is NotSent else None)
    assert "水" not in str(caught.value) and server.token not in str(caught.value)


async def test_an_edit_may_always_be_tried_again(sending):
    server, channel, clock = sending
    wang = server.person("王奶奶")
    number = await channel.send(str(wang.id), Message("一"))
    for kind in ("status", "hang_after", "cut", "garbage"):
        server.inject(kind, "editMessageText")
        with pytest.raises(NotSent):
            await channel.send(str(wang.id), Message("二"), edit=number)
        await clock.sleep(1)
    await channel.send(str(wang.id), Message("二"), edit=number)
    assert server.said(wang) == ["二"]


async def test_nobody_listening_is_certainly_not_sent(tmp_path):
    clock = MovedClock()
    async with Standin(clock.now) as server:
        settings = settings_for(server)
    channel = open_channel(settings, clock, tmp_path, tmp_path)
    with pytest.raises(NotSent):
        await channel.send("1000", Message("在吗"))
    await channel.receipt("1000", "typing")
    await channel.close()


async def test_limits_are_named_with_the_time_to_wait(sending):
    server, channel, clock = sending
    wang, zhang = server.person("王奶奶"), server.person("张大爷")
    for number in range(3):
        await channel.send(str(wang.id), Message(str(number)))
    with pytest.raises(NotSent) as caught:
        await channel.send(str(wang.id), Message("3"))
    assert caught.value.wait == 1
    await channel.send(str(zhang.id), Message("您好"))
    await clock.sleep(1)
    await channel.send(str(wang.id), Message("3"))
    assert server.most(1, wang) == 3 and len(server.refused()) == 1


async def test_a_refused_token_is_not_the_persons_fault(sending):
    server, channel, _ = sending
    wang = server.person("王奶奶")
    server.token = "7000000001:another"
    with pytest.raises(NotSent) as caught:
        await channel.send(str(wang.id), Message("在吗"))
    assert caught.value.wait == 60


async def test_a_group_that_moved_is_told_and_followed(tmp_path):
    clock = MovedClock()
    async with Standin(clock.now) as server, channel_for(server, tmp_path, clock) as (channel, inbox):
        li, group = server.person("小李"), server.group("志愿者群")
        await server.until(lambda: server.calls("getUpdates") or server.calls("deleteWebhook"))
        old = group.id
        new = group.migrates(li)
        with pytest.raises(NotSent) as caught:
            await channel.send(str(old), Message("37 号"))
        assert caught.value.wait == 0
        [change] = [event for event in inbox.of(ChatChange) if ":migrated:" in event.origin.key]
        assert (change.kind, change.origin.chat, change.to) == ("migrated", str(old), str(new))
        await channel.send(str(old), Message("37 号"))
        assert server.said(group) == ["37 号"]


async def test_typing_is_shown_and_never_raises(sending):
    server, channel, _ = sending
    wang = server.person("王奶奶")
    await channel.receipt(str(wang.id), "listening", "key")
    assert server.calls("sendChatAction")[0].params["action"] == "typing"
    server.inject("cut", "sendChatAction")
    for chat in (str(wang.id), "424242", "nonsense"):
        await channel.receipt(chat, "typing")
