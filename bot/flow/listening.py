"""A voice note becomes words once: whoever waits is told, what was heard is checked for danger, kept and shown."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.alarm.lane import AlarmLane
from bot.channels import Channel, ShowsHeard
from bot.flow import underway
from bot.flow.notes import Notes
from models.events import Origin, Utterance, VoiceNote
from models.meaning import Context
from storage import inbox
from storage.database import Database

LISTENING = 1.0
"""Seconds (of the machine) of hearing after which somebody is told, and told again."""


class Listening:
    """What stands around the hearing of a note."""

    def __init__(self, database: Database, channels: Mapping[str, Channel], notes: Notes, alarm: AlarmLane) -> None:
        """``notes`` hears; the rest keeps, checks and shows what it heard."""
        self._database, self._channels, self._notes, self._alarm = database, channels, notes, alarm

    async def heard(self, number: int, note: VoiceNote, context: Context) -> Utterance:
        """The words of the event of this number, kept beside it; raises ``Unavailable``."""
        telling = asyncio.create_task(self._tell_listening(note.origin))
        try:
            said = await self._notes.hear(note, context)
        finally:
            telling.cancel()
        channel = self._channels.get(note.origin.channel)
        said = replace(said, untold=not isinstance(channel, ShowsHeard))
        self._alarm.check([said])
        await self._database.transaction(lambda tx: inbox.heard(tx, number, said))
        underway.passed("heard")
        if said.text and isinstance(channel, ShowsHeard):
            await channel.heard(note.origin.chat, note.origin.key, said.text)
        return said

    async def _tell_listening(self, origin: Origin) -> None:
        """正在听, to whoever waits for longer than a moment."""
        channel = self._channels.get(origin.channel)
        while channel is not None:
            await asyncio.sleep(LISTENING)
            await channel.receipt(origin.chat, "listening", origin.key)
