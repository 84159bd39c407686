"""What people do on Telegram becomes events, through the real client and over a real socket."""

from __future__ import annotations

import pytest

from bot.channels import Message
from models.events import ChatChange, Picture, Press, Spot, Utterance, VoiceNote, decode, encode
from models.outgoing import Button
from tests.support.telegram_standin import MovedClock, Standin
from tests.support.telegram_standin.joined import channel_for


@pytest.fixture
async def joined(tmp_path):
    clock = MovedClock()
    async with Standin(clock.now) as server, channel_for(server, tmp_path, clock) as (channel, inbox):
        await server.until(lambda: server.calls("getUpdates") or server.calls("deleteWebhook"))
        yield server, channel, inbox, tmp_path


async def events(server, inbox, count, kind=object):
    await server.until(lambda: len(inbox.of(kind)) >= count)
    return inbox.of(kind)


async def test_text_says_who_where_and_when(joined):
    server, _, inbox, _ = joined
    wang = server.person("王奶奶")
    post = wang.says("厨房水管漏水了")
    [said] = await events(server, inbox, 1, Utterance)
    assert said.text == "厨房水管漏水了"
    assert said.origin.key == f"{server.state.bot.id}:{post.update_id}"
    assert (said.origin.chat, said.origin.account, said.origin.name) == (str(wang.id), str(wang.id), "王奶奶")
    assert said.origin.private and said.origin.at == server.now() and said.origin.reply_to is None
    assert decode(encode(said)) == said


async def test_nothing_is_confirmed_before_it_is_stored_and_everything_after(joined):
    server, _, inbox, _ = joined
    inbox.broken = True
    wang = server.person("王奶奶")
    numbers = [wang.says(f"第{n}句").update_id for n in range(5)]
    await server.until(lambda: len(inbox.offered) >= 15)
    assert server.unconfirmed() == numbers and not inbox.events
    inbox.broken = False
    await server.until(lambda: not server.unconfirmed())
    assert [event.text for event in inbox.events] == [f"第{n}句" for n in range(5)]


async def test_buttons_carry_their_data_and_stop_turning(tmp_path):
    clock = MovedClock(runs=False)
    async with Standin(clock.now) as server, channel_for(server, tmp_path, clock) as (channel, inbox):
        wang = server.person("王奶奶")
        number = await channel.send(str(wang.id), Message("对吗?", ((Button("对", "yes:37:2"),),)))
        first, second = wang.presses("对"), wang.presses("对")
        press, _ = await events(server, inbox, 2, Press)
        assert press.data == "yes:37:2" and press.origin.reply_to == number
        await channel.receipt(press.origin.chat, "pressed", press.origin.key)
        assert (server.state.queries[first], server.state.queries[second]) == (True, False)
        await server.until(lambda: len(clock.slept) == 1)
        clock.move(2)
        await server.until(lambda: server.state.queries[second])
        assert len(server.calls("answerCallbackQuery", status=200)) == 2, "each is answered once"


async def test_voice_notes_lie_in_the_spool_before_they_are_accepted(joined):
    server, _, inbox, folder = joined
    wang = server.person("王奶奶")
    wang.sends_voice(b"OggS" + bytes(5000), seconds=7)
    [note] = await events(server, inbox, 1, VoiceNote)
    assert (folder / "spool" / note.file).read_bytes() == b"OggS" + bytes(5000)
    assert note.seconds == 7 and note.file.endswith(".ogg")
    assert (folder / "spool" / note.file).stat().st_mode & 0o077 == 0
    assert "%3A" in server.calls("download")[0].raw_path


async def test_sound_files_count_as_voice_notes(joined):
    server, _, inbox, folder = joined
    wang = server.person("王奶奶")
    wang.sends_audio(b"m4a sound", "录音.m4a")
    wang.sends_document(b"#!AMR", "a.amr", "audio/amr")
    first, second = await events(server, inbox, 2, VoiceNote)
    assert (first.file[-4:], second.file[-4:]) == (".m4a", ".amr")
    assert (folder / "spool" / second.file).read_bytes() == b"#!AMR"


async def test_pictures_come_largest_and_with_their_caption(joined):
    server, _, inbox, folder = joined
    wang = server.person("王奶奶")
    wang.sends_photo(b"a large jpeg", caption="楼道灯坏了")
    wang.sends_document(b"png", "a.png", "image/png")
    first, second = await events(server, inbox, 2, Picture)
    assert (folder / "pictures" / first.file).read_bytes() == b"a large jpeg" and first.caption == "楼道灯坏了"
    assert second.file.endswith(".png")


async def test_a_file_that_cannot_be_had_still_brings_its_event(joined):
    server, _, inbox, _ = joined
    wang = server.person("王奶奶")
    server.inject("status", "download", times=None)
    wang.sends_voice(b"OggS")
    wang.sends_voice(b"OggS", size=30_000_000)
    first, second = await events(server, inbox, 2, VoiceNote)
    assert (first.file, second.file) == ("", "")
    assert len(server.calls("download")) == 3
    await server.until(lambda: not server.unconfirmed())


async def test_one_failed_download_is_tried_again(joined):
    server, _, inbox, folder = joined
    server.inject("cut", "download", times=2)
    server.person("王奶奶").sends_voice(b"OggS.")
    [note] = await events(server, inbox, 1, VoiceNote)
    assert (folder / "spool" / note.file).read_bytes() == b"OggS."


async def test_others_do_not_wait_for_a_file_on_its_way(joined):
    server, _, inbox, _ = joined
    fault = server.inject("hang", "download", times=None)
    wang, zhang = server.person("王奶奶"), server.person("张大爷")
    wang.sends_voice(b"OggS")
    zhang.says("救命")
    wang.says("我在厨房")
    await events(server, inbox, 2, Utterance)
    assert not inbox.of(VoiceNote) and len(server.unconfirmed()) == 3
    assert fault.hits == 1, "the download goes on while its page is asked for again"


async def test_no_room_for_a_file_confirms_nothing_but_lets_words_through(joined):
    server, _, inbox, folder = joined
    (folder / "spool").write_text("a file where the folder should be")
    wang = server.person("王奶奶")
    wang.sends_voice(b"OggS")
    wang.says("着火了")
    await events(server, inbox, 1, Utterance)
    assert len(server.unconfirmed()) == 2
    told = await events(server, inbox, 1, ChatChange)
    assert {one.kind for one in told} == {"no_room"}
    assert len({one.origin.key for one in inbox.of(ChatChange)}) == 1, "a repeat is known by its key"
    (folder / "spool").unlink()
    [note] = await events(server, inbox, 1, VoiceNote)
    assert note.file
    await server.until(lambda: not server.unconfirmed())


async def test_locations_stickers_edits_forwards_and_replies(joined):
    server, channel, inbox, _ = joined
    wang = server.person("王奶奶")
    wang.sends_location(31.2, 121.5)
    wang.sends_sticker()
    said = wang.says("三号楼")
    wang.edits(said, "四号楼")
    wang.forwards(said)
    number = await channel.send(str(wang.id), Message("在哪里?"))
    wang.replies(server.messages(wang)[-1], "五号楼")
    found = await events(server, inbox, 6)
    spot, sticker, first, edited, forwarded, reply = found
    assert isinstance(spot, Spot) and (spot.latitude, spot.longitude) == (31.2, 121.5)
    assert isinstance(sticker, ChatChange) and sticker.kind == "unknown"
    assert (first.edited, edited.text, edited.edited) == (False, "四号楼", True)
    assert not forwarded.edited and reply.origin.reply_to == number


async def test_groups_hear_commands_mentions_and_replies(joined):
    server, channel, inbox, _ = joined
    li, group = server.person("小李"), server.group("志愿者群")
    li.says("今天天气不错", group)
    li.says("/here@Linsheng_bot volunteers", group)
    li.says("/here@another_bot volunteers", group)
    li.says("@linsheng_bot 接 37", group)
    li.says("接 37 @linsheng_bot", group)
    await channel.send(str(group.id), Message("37 号:搬米"))
    li.replies(server.messages(group)[-1], "接")
    found = await events(server, inbox, 4, Utterance)
    assert [event.text for event in found] == ["/here volunteers", "接 37", "接 37", "接"]
    assert {(event.origin.private, event.origin.chat, event.origin.account) for event in found} == {
        (False, str(group.id), str(li.id))
    }


async def test_membership_blocking_and_migration(joined):
    server, _, inbox, _ = joined
    li, group = server.person("小李"), server.group("志愿者群")
    before = group.id
    group.bot_becomes("left", li)
    group.bot_becomes("member", li)
    group.bot_becomes("administrator", li)
    li.blocks()
    li.unblocks()
    after = group.migrates(li)
    found = await events(server, inbox, 6, ChatChange)
    assert [event.kind for event in found] == ["removed", "added", "blocked", "unblocked", "migrated", "migrated"]
    assert {(event.origin.chat, event.to) for event in found[-2:]} == {(str(before), str(after))}


async def test_unknown_and_broken_updates_do_not_stop_the_others(joined):
    server, _, inbox, _ = joined
    wang = server.person("王奶奶")
    server.strange()
    server.strange(message={"text": "no number, no chat"})
    server.strange(message={"chat": {"id": wang.id}, "from": {"id": wang.id}, "text": "救命"})
    server.strange(message={"chat": {"id": wang.id}, "from": {"id": wang.id}})
    server.strange(callback_query={"id": "1"})
    server.strange(poll=7)
    wang.says("在吗")
    [saved, said] = await events(server, inbox, 2, Utterance)
    assert (saved.text, said.text) == ("救命", "在吗")
    assert [event.kind for event in inbox.of(ChatChange)] == ["unknown"]
    await server.until(lambda: not server.unconfirmed())


async def test_repeats_and_reordered_pages(joined):
    server, _, inbox, _ = joined
    wang = server.person("王奶奶")
    first = wang.says("一")
    await server.until(lambda: not server.unconfirmed())
    server.queue.again(first.update_id)
    server.queue.reverse = 1
    wang.says("二")
    wang.says("三")
    await server.until(lambda: len(inbox.events) == 3 and not server.unconfirmed())
    assert sorted(event.text for event in inbox.events) == sorted("一二三")


@pytest.mark.parametrize("jump", [-5, -500_000, 500_000])
async def test_numbers_restart_after_an_idle_time(tmp_path, jump):
    clock = MovedClock()
    async with Standin(clock.now) as server, channel_for(server, tmp_path, clock, poll_timeout=1) as (_, inbox):
        wang = server.person("王奶奶")
        wang.says("一")
        await server.until(lambda: len(server.calls("getUpdates")) > 2 and "offset" not in server.calls()[-1].params)
        server.queue.restart(server.queue.last + jump)
        wang.says("二")
        wang.says("三")
        await server.until(lambda: len(inbox.events) == 3 and not server.unconfirmed())
        before = len(server.calls("getUpdates"))
        wang.says("四")
        await server.until(lambda: len(inbox.events) == 4)
        assert len(server.calls("getUpdates")) <= before + 2, "no question is repeated in a hurry"


async def test_a_hundred_at_a_time_in_order(joined):
    server, _, inbox, _ = joined
    wang = server.person("王奶奶")
    for number in range(350):
        wang.says(str(number))
    await server.until(lambda: not server.unconfirmed())
    assert [event.text for event in inbox.of(Utterance)] == [str(number) for number in range(350)]
