"""The Telegram channel as the waist wants it: receive, send, receipt, close."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from telegram.constants import ChatAction
from telegram.error import ChatMigrated

from bot.channels import Accept, CardGone, MaybeSent, Message, Never, NotSent
from bot.channels.telegram import TelegramSettings, webhook
from bot.channels.telegram.connection import WANTED, Connection
from bot.channels.telegram.downloads import Downloads
from bot.channels.telegram.errors import FAULTS, classify
from bot.channels.telegram.poll import Poller, Raw, Trouble
from bot.channels.telegram.presses import Presses
from bot.channels.telegram.send import Outbound
from bot.channels.telegram.translate import CHANNEL, Found, Me, salvage, translate
from bot.flow.pace import Limit, Limits
from models.events import ChatChange, Origin, Picture, Received, VoiceNote

if TYPE_CHECKING:
    from bot.flow.clock import Clock

LIMITS = Limits(chat=Limit(3, 3.0), group=Limit(20, 60.0), overall=Limit(28, 1.0))
"""One a second to a chat, in bursts of three; 20 a minute to a group; a little below 30 a second in all."""
_OURS = (NotSent, MaybeSent, Never, CardGone)
_log = logging.getLogger(__name__)


class TelegramChannel:
    """One bot on Telegram."""

    name = CHANNEL
    limits = LIMITS

    def __init__(self, settings: TelegramSettings, clock: Clock, spool: Path, pictures: Path) -> None:
        """Nothing is sent or asked yet."""
        self._settings = settings
        self._clock = clock
        self._connection = Connection(settings)
        self._bot = self._connection.bot
        self._me = Me(settings.bot_id)
        self._downloads = Downloads(self._connection, clock, spool, pictures)
        self._presses = Presses(self._bot, clock)
        self._outbound = Outbound(self._bot, clock)
        self._accept: Accept | None = None
        self._poller: Poller | None = None
        self._began = clock.monotonic()
        self._moved: dict[int, int] = {}

    async def receive(self, accept: Accept) -> None:
        """Bring events in until cancelled, by polling or by webhook."""
        self._accept = accept
        await self._insist(self._introduce)
        if self._settings.mode == "webhook":
            async with webhook.listening(self._settings, self.bring):
                await self._insist(self._set_webhook)
                await asyncio.Event().wait()
        await self._insist(self._bot.delete_webhook)
        self._poller = Poller(self._connection.updates, self.bring, self._tell_conflict, self._clock)
        await self._poller.run()

    @property
    def reached(self) -> float | None:
        """When the platform answered a question last, on the steady clock; None where it brings everything itself."""
        if self._settings.mode == "webhook":
            return None
        return self._poller.reached if self._poller else self._began

    async def bring(self, page: Sequence[Raw]) -> bool:
        """Whether every event of the page is stored; chats without files do not wait for those with files."""
        found = [one for raw in page for one in self._read(raw)]
        slow = {one.event.origin.chat for one in found if one.fetch}
        waiting = [one for one in found if one.event.origin.chat in slow]
        stored = await self._hand_in([one for one in found if one.event.origin.chat not in slow])
        wanted = [(one.fetch, one.event.origin.account) for one in waiting if one.fetch]
        files = await self._downloads.collect(wanted)
        ready = [one for one in waiting if one.fetch is None or one.fetch.name in files]
        told = [_no_room(one.event) for one in waiting if one.fetch and one.fetch.name in self._downloads.no_room]
        faults = self._downloads.faults
        stored = await self._hand_in([*(_with_file(one, files, faults) for one in ready), *told]) and stored
        if stored and len(ready) == len(waiting):
            self._downloads.forget(wanted)
            return True
        return False

    async def send(self, chat: str, message: Message, edit: str | None = None) -> str:
        """Deliver or edit; returns the message's id, raises ``NotSent``, ``MaybeSent``, ``Never`` or ``CardGone``."""
        try:
            number = self._moved.get(int(chat), int(chat))
        except ValueError as error:
            raise Never("no_chat") from error
        try:
            if edit is not None:
                return await self._outbound.edit(number, message, edit)
            return await self._outbound.send(number, message)
        except _OURS as error:
            if str(error) == "refused":
                _log.error("telegram: a message that cannot be sent (empty, without its file, or a button too long)")
            raise
        except ChatMigrated as error:
            await self._migrated(number, error.new_chat_id)
            raise classify(error) from None
        except FAULTS as error:
            raise classify(error, editing=edit is not None) from None

    async def receipt(self, chat: str, kind: str, key: str = "") -> None:
        """``typing``, ``listening`` or ``pressed``; failures do not matter."""
        if kind == "pressed":
            await self._presses.answer(key)
            return
        try:
            number = int(chat)
            await self._bot.send_chat_action(self._moved.get(number, number), ChatAction.TYPING)
        except FAULTS:
            _log.debug("telegram: a receipt was not delivered")

    async def close(self) -> None:
        """Let go of connections, downloads and waiting presses."""
        self._downloads.close()
        self._presses.close()
        await self._connection.close()

    async def _insist(self, call: Callable[[], Awaitable[object]]) -> None:
        """Try until it works."""
        trouble = Trouble(self._clock)
        while True:
            try:
                await call()
                return
            except FAULTS as error:
                await trouble.wait(error)

    async def _introduce(self) -> None:
        self._me = Me(self._settings.bot_id, (await self._bot.get_me()).username or "")

    async def _set_webhook(self) -> None:
        await self._bot.set_webhook(
            self._settings.webhook_url,
            secret_token=self._settings.webhook_secret,
            allowed_updates=WANTED,
            max_connections=1,
        )

    def _read(self, raw: Raw) -> tuple[Found, ...]:
        match raw:
            case {"update_id": int(number), "callback_query": {"id": str(query), **press}} if not press.get("message"):
                self._presses.waiting(f"{number}", query)  # nobody knows in which chat, but its button turns
                self._presses.stored([f"{number}"])
                return ()
        try:
            return translate(raw, self._me, self._clock.now())
        except Exception as error:
            _log.warning("telegram: an update could not be read (%s)", type(error).__name__)
            return salvage(raw, self._me, self._clock.now())

    async def _hand_in(self, found: Sequence[Found]) -> bool:
        if not found or self._accept is None:
            return not found
        for one in found:
            self._presses.waiting(one.event.origin.key, one.query)
        try:
            await self._accept([one.event for one in found])
        except Exception as error:
            _log.warning("telegram: %d events could not be stored (%s)", len(found), type(error).__name__)
            return False
        self._presses.stored(one.event.origin.key for one in found)
        return True

    async def _tell(self, event: Received) -> bool:
        return await self._hand_in([Found(event)])

    async def _tell_conflict(self) -> None:
        now = self._clock.now()
        key = f"{self._me.id}:conflict:{int(now.timestamp())}"
        await self._tell(ChatChange(Origin(CHANNEL, key, chat="", account="", at=now), "conflict"))

    async def _migrated(self, before: int, after: int) -> None:
        self._moved[before] = after
        key = f"{self._me.id}:migrated:{before}:{after}"
        origin = Origin(CHANNEL, key, chat=str(before), account="", at=self._clock.now(), private=False)
        await self._tell(ChatChange(origin, "migrated", str(after)))


def _no_room(event: Received) -> Found:
    """Their file waits at Telegram; a repeat of this is dropped by its key."""
    return Found(ChatChange(replace(event.origin, key=f"{event.origin.key}:no_room"), "no_room"))


def _with_file(found: Found, files: dict[str, str], faults: dict[str, str]) -> Found:
    event = found.event
    if found.fetch is None or not isinstance(event, VoiceNote | Picture):
        return found
    name = found.fetch.name
    return replace(found, event=replace(event, file=files[name], fault=faults.get(name, "")))
