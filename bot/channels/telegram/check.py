"""What `linsheng check` tells about Telegram, one line each; no line ever holds the token."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

import httpx
from telegram import Bot, ChatMemberRestricted, User
from telegram.constants import ChatMemberStatus
from telegram.error import InvalidToken

from bot.channels.telegram import TelegramSettings
from bot.channels.telegram.connection import Connection
from bot.channels.telegram.errors import FAULTS, reason

if TYPE_CHECKING:
    from bot.flow.clock import Clock

Line: TypeAlias = tuple[bool, str]
SKEW = 30.0
"""Seconds by which our clock may differ from the server's."""


async def examine(settings: TelegramSettings, clock: Clock, groups: Sequence[str]) -> list[Line]:
    """All lines; when the server cannot be reached or refuses the token, the rest is left out."""
    connection = Connection(settings)
    try:
        lines = await _server(settings, clock)
        if not lines[0][0]:
            return lines
        me, line = await _token(connection.bot)
        lines.insert(1, line)
        if me is None:
            return lines
        lines += [await _updates(connection.bot, settings), *_privacy(me)]
        return lines + [await _group(connection.bot, me, group) for group in groups]
    finally:
        await connection.close()


async def _server(settings: TelegramSettings, clock: Clock) -> list[Line]:
    address = urlsplit(settings.api_url)
    host = address.hostname or ""
    local = host in ("127.0.0.1", "::1", "localhost")
    try:
        async with httpx.AsyncClient(proxy=settings.proxy or None, trust_env=not local) as client:
            answer = await client.get(f"{address.scheme}://{address.netloc}/", timeout=settings.request_timeout)
    except httpx.HTTPError as error:
        return [(False, f"telegram connection: {host} cannot be reached ({type(error).__name__})")]
    return [(True, f"telegram connection: {host} answers"), _clock(answer.headers.get("Date", ""), clock)]


def _clock(date: str, clock: Clock) -> Line:
    try:
        skew = abs((parsedate_to_datetime(date) - clock.now()).total_seconds())
    except (TypeError, ValueError):
        return True, "telegram clock: the server does not tell its time"
    return skew <= SKEW, f"telegram clock: {skew:.0f} s from the server's (at most {SKEW:.0f})"


async def _token(bot: Bot) -> tuple[User | None, Line]:
    try:
        me = await bot.get_me()
    except InvalidToken:
        return None, (False, "telegram token: refused (unauthorised); get a new one from BotFather")
    except FAULTS as error:
        return None, (False, f"telegram token: no answer ({reason(error)})")
    return me, (True, f"telegram token: belongs to @{me.username}")


async def _updates(bot: Bot, settings: TelegramSettings) -> Line:
    try:
        info = await bot.get_webhook_info()
    except FAULTS as error:
        return False, f"telegram updates: no answer ({reason(error)})"
    waiting = f"{info.pending_update_count} waiting"
    if settings.mode == "poll":
        removed = "; a webhook is set and will be removed at start" if info.url else ""
        return True, f"telegram updates: by polling, {waiting}{removed}"
    if info.url != settings.webhook_url:
        return True, f"telegram updates: the webhook will be set at start, {waiting}"
    fine = not info.last_error_date
    return fine, f"telegram updates: by webhook, {waiting}{'' if fine else '; the last delivery failed'}"


def _privacy(me: User) -> list[Line]:
    if not me.can_join_groups:
        return [(False, "telegram groups: the bot may not join groups; allow it with BotFather /setjoingroups")]
    if me.can_read_all_group_messages:
        return [(True, "telegram privacy mode: off, the bot reads every line of its groups")]
    return [(True, "telegram privacy mode: on, in groups the bot sees commands, replies to it and @mentions")]


async def _group(bot: Bot, me: User, group: str) -> Line:
    try:
        member = await bot.get_chat_member(int(group), me.id)
        chat = await bot.get_chat(int(group))
    except (*FAULTS, InvalidToken) as error:
        return False, f"telegram group {group}: cannot be read ({reason(error)}); is the bot a member?"
    if member.status in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED):
        return False, f"telegram group {group}: the bot is not a member"
    silent = isinstance(member, ChatMemberRestricted) and not member.can_send_messages
    rights = chat.permissions is None or chat.permissions.can_send_messages is not False
    if silent or not (rights or member.status == ChatMemberStatus.ADMINISTRATOR):
        return False, f"telegram group {group}: the bot may not write there"
    return True, f"telegram group {group}: {member.status}, may write"
