"""How far something is that takes long: one message that is changed, told at once and stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels import CardGone, Channel, MaybeSent, Message, Never, NotSent
from storage.queue import Pending

STEP = 20_000
"""Rows between two signs of life."""


class Progress:
    """Tells one chat, where its channel is on; whatever fails here does not matter."""

    def __init__(self, channels: Mapping[str, Channel], row: Pending, text: str) -> None:
        """``text`` has a ``{count}``."""
        self._channel, self._address, self._text = channels.get(row.channel), row.address, text
        self._shown: str | None = None
        self._told = 0

    async def at(self, count: int) -> None:
        """So many are done."""
        if self._channel is None or count < self._told + STEP:
            return
        self._told = count
        try:
            self._shown = await self._channel.send(self._address, Message(self._text.format(count=count)), self._shown)
        except (CardGone, MaybeSent, Never, NotSent):
            self._channel = None
