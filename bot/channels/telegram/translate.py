"""A Telegram update in the words of the house; files are only named here, not fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from telegram import ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.telegram.files import Fetch, picture_of, sound_of
from bot.channels.telegram.mentions import spoken
from models.events import ChatChange, Origin, Picture, Press, Received, Spot, Utterance, VoiceNote

CHANNEL = "telegram"
_ABSENT = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


@dataclass(frozen=True)
class Me:
    """The bot as Telegram knows it."""

    id: str
    username: str = ""


@dataclass(frozen=True)
class Found:
    """An event, the file it waits for, and the press that wants an answer."""

    event: Received
    fetch: Fetch | None = None
    query: str = ""
    """Telegram's id of a press."""


Read: TypeAlias = Callable[[Message, Origin, str], tuple[Found, ...]]
"""A message, where it comes from, and the words under it."""


def translate(raw: Mapping[str, Any], me: Me, now: datetime) -> tuple[Found, ...]:
    """What an update says: usually one event, none for service messages and what was meant for another bot.

    Raises whatever the library raises when required fields are missing.
    """
    update = Update.de_json(dict(raw))
    if update.callback_query is not None:
        return _press(update, me, now)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member, f"{me.id}:{update.update_id}")
    if update.chat_member is not None:
        return _left(update.chat_member, f"{me.id}:{update.update_id}")
    message = update.message or update.edited_message
    if message is None or message.chat.type == ChatType.CHANNEL:
        return ()
    origin = _origin(message, f"{me.id}:{update.update_id}")
    if update.edited_message is not None:
        return _edited(message, origin, me)
    return _said(message, origin, me)


def salvage(raw: Mapping[str, Any], me: Me, now: datetime) -> tuple[Found, ...]:
    """The words of an update that the library cannot read, when who said them and where can still be told."""
    match raw:
        case {
            "update_id": int(number),
            "message": {"chat": {"id": int(chat), **place}, "from": {"id": int(who)}, **rest},
        }:
            private = place.get("type", "private") == "private"
            origin = Origin(CHANNEL, f"{me.id}:{number}", str(chat), str(who), now, private=private)
            text = rest.get("text") or rest.get("caption")
            said = spoken(text, me.username) if isinstance(text, str) else None
            return (Found(Utterance(origin, said) if said else ChatChange(origin, "unknown")),)
    return ()


def _origin(message: Message, key: str) -> Origin:
    user = message.from_user if message.sender_chat is None else None
    speaker = user or message.sender_chat
    reply = message.reply_to_message
    answered = reply is not None and reply.forum_topic_created is None
    return Origin(
        channel=CHANNEL,
        key=key,
        chat=str(message.chat.id),
        account=str(speaker.id) if speaker is not None else "",
        at=message.edit_date or message.date,
        name=_name(user) if user is not None else "",
        private=message.chat.type == ChatType.PRIVATE,
        reply_to=str(reply.message_id) if reply is not None and answered else None,
        forwarded=message.forward_origin is not None,
    )


def _name(user: User) -> str:
    """First and last name; the library's own answer is None for whoever has neither."""
    return " ".join(filter(None, (user.first_name, user.last_name)))


def _said(message: Message, origin: Origin, me: Me) -> tuple[Found, ...]:
    if moved := _moved(message, origin):
        return moved
    if message.left_chat_member is not None and not message.left_chat_member.is_bot:
        return (Found(ChatChange(replace(origin, account=str(message.left_chat_member.id), name=""), "left")),)
    if not _from_someone(message):
        return ()
    said = spoken(message.text or message.caption or "", me.username)
    if said is None:
        return ()
    if message.text:
        return (Found(_amended(message, origin, said) or Utterance(origin, said)),)
    for read in _READERS:
        if found := read(message, origin, said):
            return found
    strange = message.effective_attachment is not None or (origin.private and message.api_kwargs)
    return (Found(ChatChange(origin, "unknown")),) if strange else ()


def _edited(message: Message, origin: Origin, me: Me) -> tuple[Found, ...]:
    written = message.text or message.caption
    if not written or not _from_someone(message):
        return ()
    text = spoken(written, me.username)
    first = message.date.timestamp()
    if text is not None and origin.private and sound_of(message, origin.key) is not None:
        return (Found(Utterance(origin, text, first=first, amends=True)),)
    return (Found(Utterance(origin, text, edited=True, first=first)),) if text is not None else ()


def _amended(message: Message, origin: Origin, said: str) -> Utterance | None:
    """What somebody writes in answer to their own recording puts right what was heard in it."""
    answered = message.reply_to_message
    if answered is None or not origin.private or answered.from_user != message.from_user:
        return None
    if sound_of(answered, origin.key) is None:
        return None
    return Utterance(replace(origin, reply_to=None), said, first=answered.date.timestamp(), amends=True)


def _from_someone(message: Message) -> bool:
    """Not a linked channel's post and not another bot; an anonymous administrator speaks as the group itself."""
    if message.sender_chat is not None:
        return not message.is_automatic_forward
    return message.from_user is not None and not message.from_user.is_bot


def _moved(message: Message, origin: Origin) -> tuple[Found, ...]:
    here = str(message.chat.id)
    if message.migrate_to_chat_id:
        return (Found(ChatChange(origin, "migrated", str(message.migrate_to_chat_id))),)
    if message.migrate_from_chat_id:
        before = replace(origin, chat=str(message.migrate_from_chat_id))
        return (Found(ChatChange(before, "migrated", here)),)
    return ()


def _sound(message: Message, origin: Origin, said: str) -> tuple[Found, ...]:
    fetch = sound_of(message, origin.key)
    if fetch is None:
        return ()
    found = (Found(VoiceNote(origin, fetch.name, fetch.seconds), fetch),)
    if said:
        beside = replace(origin, key=f"{origin.key}:caption")
        return (*found, Found(Utterance(beside, said)))
    return found


def _picture(message: Message, origin: Origin, said: str) -> tuple[Found, ...]:
    """A picture; whatever else has words under it, or is part of an album, counts without its file."""
    fetch, album = picture_of(message, origin.key), message.media_group_id or ""
    if fetch is None and not said and not album:
        return ()
    return (Found(Picture(origin, fetch.name if fetch else "", said, album), fetch),)


def _spot(message: Message, origin: Origin, said: str) -> tuple[Found, ...]:
    where = message.location
    return (Found(Spot(origin, where.latitude, where.longitude)),) if where else ()


_READERS: tuple[Read, ...] = (_sound, _spot, _picture)


def _press(update: Update, me: Me, now: datetime) -> tuple[Found, ...]:
    query = update.callback_query
    if query is None or query.message is None or query.data is None:
        return ()
    chat = query.message.chat
    origin = Origin(
        channel=CHANNEL,
        key=f"{me.id}:{update.update_id}",
        chat=str(chat.id),
        account=str(query.from_user.id),
        at=now,
        name=_name(query.from_user),
        private=chat.type == ChatType.PRIVATE,
        reply_to=str(query.message.message_id),
    )
    return (Found(Press(origin, query.data), query=query.id),)


def _membership(change: ChatMemberUpdated, key: str) -> tuple[Found, ...]:
    before, after = (side.status in _ABSENT for side in (change.old_chat_member, change.new_chat_member))
    if before == after or change.chat.type not in (ChatType.PRIVATE, *_GROUPS):
        return ()
    private = change.chat.type == ChatType.PRIVATE
    kinds = ("blocked", "unblocked") if private else ("removed", "added")
    user = change.from_user
    origin = Origin(CHANNEL, key, str(change.chat.id), str(user.id), change.date, _name(user), private)
    return (Found(ChatChange(origin, kinds[0] if after else kinds[1])),)


def _left(change: ChatMemberUpdated, key: str) -> tuple[Found, ...]:
    """Somebody else left a group, or was removed; told to bots that administer it."""
    member = change.new_chat_member
    if member.status not in _ABSENT or member.user.is_bot or change.chat.type not in _GROUPS:
        return ()
    origin = Origin(CHANNEL, key, str(change.chat.id), str(member.user.id), change.date, private=False)
    return (Found(ChatChange(origin, "left")),)
