"""One message out: plain text, no link previews, long texts in pieces, files by their suffix."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import telegram
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, ReplyKeyboardMarkup

from bot.channels import CardGone, Message, Never
from bot.channels.telegram.errors import unchanged
from bot.channels.telegram.menu import keyboard, menu
from bot.channels.telegram.split import CAPTION_LIMIT, TEXT_LIMIT, length, split

if TYPE_CHECKING:
    from bot.flow.clock import Clock

Markup: TypeAlias = InlineKeyboardMarkup | ReplyKeyboardMarkup | None
SPACING = 1.0
"""Seconds between the pieces of one message."""
REMEMBERED = 100
"""How many half-sent messages are remembered, and for how long: an equal message of next week is another one."""
FORGOTTEN = 3600.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_KINDS = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".webp"), ("send_photo", "photo")),
    **dict.fromkeys((".ogg", ".oga", ".opus"), ("send_voice", "voice")),
}


@dataclass(frozen=True)
class Piece:
    """One call: a text, or a file with a caption; only the last piece carries buttons."""

    text: str
    file: Path | None = None
    markup: Markup = None


def pieces(message: Message) -> list[Piece]:
    """The calls that make up a message; raises ``Never`` when Telegram would refuse every one of them."""
    markup = _markup(message)
    if message.file is not None and not message.file.is_file():
        raise Never("refused")
    if message.file is not None and length(message.text) <= CAPTION_LIMIT:
        return [Piece(message.text, message.file, markup)]
    texts = split(message.text.strip())
    if not texts:
        raise Never("refused")
    files = [Piece("", message.file)] if message.file is not None else []
    return [*files, *(Piece(text) for text in texts[:-1]), Piece(texts[-1], markup=markup)]


def _markup(message: Message) -> Markup:
    try:
        return keyboard(message.buttons) if message.buttons else menu(message.menu) if message.menu else None
    except ValueError as error:
        raise Never("refused") from error


class Outbound:
    """Sends and edits; remembers how far a long message came, so that trying again does not repeat its beginning."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        """Nothing is half sent."""
        self._bot = bot
        self._clock = clock
        self._came: OrderedDict[tuple[int, Message], tuple[int, float]] = OrderedDict()

    async def send(self, chat: int, message: Message) -> str:
        """The id of the last piece; raises the library's errors and ``Never``."""
        all_pieces = pieces(message)
        start = self._start(chat, message)
        sent = ""
        for index in range(start, len(all_pieces)):
            if index > start:
                await self._clock.sleep(SPACING)
            try:
                sent = str((await self._put(chat, all_pieces[index])).message_id)
            except Exception:
                self._remember(chat, message, index)
                raise
        return sent

    async def edit(self, chat: int, message: Message, number: str) -> str:
        """The same id again; raises the library's errors, and ``CardGone`` for what an edit cannot hold."""
        text = message.text.strip()
        if message.file is not None or not text or length(text) > TEXT_LIMIT or not number.isdigit():
            raise CardGone("unfit")
        markup = _markup(message)
        try:
            await self._bot.edit_message_text(
                text,
                chat_id=chat,
                message_id=int(number),
                reply_markup=markup if isinstance(markup, InlineKeyboardMarkup) else None,
                link_preview_options=_NO_PREVIEW,
            )
        except telegram.error.BadRequest as error:
            if not unchanged(error):
                raise
        return number

    async def _put(self, chat: int, piece: Piece) -> telegram.Message:
        if piece.file is None:
            return await self._bot.send_message(
                chat, piece.text, reply_markup=piece.markup, link_preview_options=_NO_PREVIEW
            )
        method, field = _KINDS.get(piece.file.suffix.lower(), ("send_document", "document"))
        send: Callable[..., Awaitable[Any]] = getattr(self._bot, method)
        sent: telegram.Message = await send(
            chat, **{field: piece.file}, caption=piece.text or None, reply_markup=piece.markup
        )
        return sent

    def _start(self, chat: int, message: Message) -> int:
        index, at = self._came.pop((chat, message), (0, self._clock.monotonic()))
        return index if self._clock.monotonic() - at < FORGOTTEN else 0

    def _remember(self, chat: int, message: Message, index: int) -> None:
        if index:
            self._came[chat, message] = (index, self._clock.monotonic())
        while len(self._came) > REMEMBERED:
            self._came.popitem(last=False)
