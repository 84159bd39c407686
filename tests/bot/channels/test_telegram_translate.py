"""Updates as Telegram sends them, the odd ones too, in the words of the house; no network."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.channels.telegram.mentions import spoken
from bot.channels.telegram.translate import Me, salvage, translate
from models.events import ChatChange, Picture, Press, Utterance, VoiceNote

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
ME = Me("7", "linsheng_bot")
WANG = {"id": 5, "is_bot": False, "first_name": "王", "last_name": "奶奶"}
PRIVATE = {"id": 5, "type": "private", "first_name": "王"}
GROUP = {"id": -100, "type": "supergroup", "title": "志愿者群"}


def message(chat=PRIVATE, sender=WANG, **content):
    return {"message_id": 3, "date": 1772413200, "chat": chat, **({"from": sender} if sender else {}), **content}


def read(kind="message", **content):
    return [found.event for found in translate({"update_id": 9, kind: message(**content)}, ME, NOW)]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("接 37", "接 37"),
        ("@linsheng_bot 接 37", "接 37"),
        ("@Linsheng_Bot,接 37", "接 37"),
        ("接 37 @linsheng_bot", "接 37"),
        ("@linsheng_bot", "@linsheng_bot"),
        ("@linsheng_bot2 接 37", "@linsheng_bot2 接 37"),
        ("问问 @linsheng_bot 吧", "问问 @linsheng_bot 吧"),
        ("/here@linsheng_bot volunteers", "/here volunteers"),
        ("/here@LINSHENG_BOT", "/here"),
        ("/here volunteers", "/here volunteers"),
        ("/here@other_bot volunteers", None),
        ("邮箱 a@linsheng_bot.cn", "邮箱 a@linsheng_bot.cn"),
    ],
)
def test_our_name_is_taken_off_a_line(said, heard):
    assert spoken(said, "linsheng_bot") == heard


def test_the_time_is_when_it_was_said_and_the_name_is_whole():
    [said] = read(text="在吗")
    assert (said.origin.at, said.origin.name) == (datetime(2026, 3, 2, 1, 0, tzinfo=UTC), "王 奶奶")


def test_an_anonymous_administrator_speaks_as_the_group():
    [said] = read(
        chat=GROUP, sender={"id": 1087968824, "is_bot": True, "first_name": "Group"}, sender_chat=GROUP, text="接 37"
    )
    assert (said.origin.account, said.origin.name, said.origin.private) == ("-100", "", False)


@pytest.mark.parametrize(
    "content",
    [
        {"sender": {"id": 8, "is_bot": True, "first_name": "another bot"}, "chat": GROUP, "text": "接 37"},
        {
            "chat": GROUP,
            "sender_chat": {"id": -9, "type": "channel", "title": "news"},
            "is_automatic_forward": True,
            "text": "x",
        },
        {"chat": {"id": -9, "type": "channel", "title": "news"}, "sender": None, "text": "x"},
        {"chat": GROUP, "new_chat_title": "新群名"},
        {"chat": GROUP, "text": "/help@other_bot"},
    ],
    ids=["another bot", "linked channel", "channel post", "new title", "another bot's command"],
)
def test_what_is_not_for_us_is_no_event(content):
    assert read(**content) == []


@pytest.mark.parametrize("chat", [PRIVATE, GROUP], ids=["private", "group"])
@pytest.mark.parametrize(
    "content",
    [
        {"contact": {"phone_number": "1", "first_name": "x"}},
        {"dice": {"value": 1, "emoji": "x"}},
        {"video": {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1, "duration": 1}},
        {"document": {"file_id": "a", "file_unique_id": "b", "mime_type": "application/pdf"}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_what_we_cannot_use_is_answered(chat, content):
    [event] = read(chat=chat, **content)
    assert isinstance(event, ChatChange) and event.kind == "unknown"


def test_a_kind_of_message_nobody_knows_yet_is_answered_in_private():
    assert [event.kind for event in read(hologram={"id": 1})] == ["unknown"]
    assert read(chat=GROUP, hologram={"id": 1}) == []


def test_words_beside_a_recording_are_heard_too():
    voice = {"file_id": "a", "file_unique_id": "b", "duration": 3}
    note, words = read(voice=voice, caption="急")
    assert isinstance(note, VoiceNote) and isinstance(words, Utterance)
    assert words.text == "急" and words.origin.key != note.origin.key


def test_written_words_put_right_what_was_heard_in_ones_own_recording():
    voice = {"file_id": "a", "file_unique_id": "b", "duration": 3}
    [said] = read(text="我想理发", reply_to_message=message(voice=voice))
    assert said.amends and not said.edited and said.origin.reply_to is None and said.first > 0
    other = {"id": 4, "is_bot": True, "first_name": "邻声"}
    [answer] = read(text="好", reply_to_message=message(voice=voice, sender=other))
    assert not answer.amends and answer.origin.reply_to
    [beside] = read(text="好", reply_to_message=message(text="我想理发"))
    assert not beside.amends
    [grouped] = read(chat=GROUP, text="接 1", reply_to_message=message(chat=GROUP, voice=voice))
    assert not grouped.amends


def test_words_changed_under_a_recording_put_it_right_too():
    voice = {"file_id": "a", "file_unique_id": "b", "duration": 3}
    changed = {"update_id": 9, "edited_message": message(voice=voice, caption="我想理发", edit_date=5)}
    [found] = translate(changed, ME, NOW)
    assert found.event.amends and not found.event.edited and found.event.text == "我想理发"


def test_a_file_name_is_the_same_each_time_and_only_plain_letters():
    voice = {"file_id": "a", "file_unique_id": "../../etc/pässwd", "duration": 3}
    first, second = read(voice=voice)[0].file, read(voice=voice)[0].file
    assert first == second and first.startswith("7-9-") and first.endswith(".ogg")
    assert first.isascii() and not {"/", " "} & set(first) and "." not in first.removesuffix(".ogg")


def test_a_topics_first_message_is_no_reply():
    opened = message(chat=GROUP, forum_topic_created={"name": "报修", "icon_color": 1})
    [said] = read(chat=GROUP, text="在吗", reply_to_message=opened, is_topic_message=True, message_thread_id=3)
    assert said.origin.reply_to is None


def test_a_press_on_a_message_too_old_to_see():
    old = {"chat": GROUP, "message_id": 4, "date": 0}
    query = {"id": "q", "from": WANG, "chat_instance": "c", "message": old, "data": "claim:37:1"}
    [found] = translate({"update_id": 9, "callback_query": query}, ME, NOW)
    assert isinstance(found.event, Press) and found.query == "q"
    assert (found.event.origin.chat, found.event.origin.reply_to) == ("-100", "4")


def test_edits_count_only_for_words():
    assert [event.edited for event in read("edited_message", text="四号楼", edit_date=1772413300)] == [True]
    assert read("edited_message", location={"latitude": 1.0, "longitude": 2.0}, edit_date=1772413300) == []


@pytest.mark.parametrize(
    "raw", [{}, {"update_id": 1}, {"update_id": 1, "message": 5}, {"update_id": 1, "message": {"chat": {}}}]
)
def test_nothing_is_salvaged_from_nothing(raw):
    assert salvage(raw, ME, NOW) == ()


@pytest.mark.parametrize(
    "under",
    [
        {"video": {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 3}},
        {"animation": {"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1, "duration": 3}},
        {"document": {"file_id": "d", "file_unique_id": "d", "file_name": "IMG_1.HEIC", "mime_type": "image/heic"}},
        {"document": {"file_id": "d", "file_unique_id": "d", "file_name": "a.pdf", "mime_type": "application/pdf"}},
        {"document": {"file_id": "d", "file_unique_id": "d", "mime_type": "application/octet-stream"}},
        {"document": {"file_id": "d", "file_unique_id": "d"}},
        {"paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]}},
        {"something_new": {"file_id": "x"}},
    ],
    ids=lambda under: "-".join([*under, str(next(iter(under.values())).get("mime_type", ""))]),
)
def test_words_under_anything_are_said(under):
    [said] = read(caption="着火了快来人", **under)
    assert isinstance(said, Picture) and said.caption == "着火了快来人" and said.files == ()
    assert said.origin.account == "5"


@pytest.mark.parametrize("mime", ["application/octet-stream", None])
@pytest.mark.parametrize("name", ["a.jpg", "a.JPEG", "a.png", "a.webp"])
def test_a_picture_is_known_by_its_name_where_a_phone_does_not_say(name, mime):
    document = {"file_id": "d", "file_unique_id": "d", "file_name": name, **({"mime_type": mime} if mime else {})}
    [said] = read(document=document, caption="楼道灯不亮")
    assert isinstance(said, Picture) and said.caption == "楼道灯不亮" and len(said.files) == 1


def test_our_name_is_taken_off_the_words_under_a_picture():
    video = {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 3}
    [said] = read(chat=GROUP, video=video, caption="@linsheng_bot 接 37")
    assert said.caption == "接 37"
    assert read(chat=GROUP, video=video, caption="/claim@other_bot 37") == []


def test_parts_of_an_album_know_it():
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    [shown] = read(photo=photo, media_group_id="77")
    [film] = read(
        video={"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 3}, media_group_id="77"
    )
    assert (shown.album, film.album, film.files) == ("77", "77", ())


@pytest.mark.parametrize(
    "name", [{"first_name": ""}, {"first_name": "", "last_name": ""}, {"first_name": "", "last_name": "王"}]
)
def test_a_person_without_a_first_name_has_a_name_that_is_text(name):
    [said] = read(sender={"id": 5, "is_bot": False, **name}, text="在吗")
    assert said.origin.name == name.get("last_name", "")
