"""The work on one stored item: heard and understood outside, handled in one transaction, repeated until done or put aside."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.alarm.lane import AlarmLane
from bot.channels import Channel
from bot.flow import albums, underway
from bot.flow.clock import Clock
from bot.flow.faults import where
from bot.flow.listening import Listening
from bot.flow.notes import Notes, understood
from bot.flow.troubles import Troubles
from bot.flow.underway import Begun
from bot.keeping import copies
from bot.keeping.folders import Folders
from handlers import allowances, router
from handlers.mediation import relay
from handlers.people import retention
from handlers.settings import House
from handlers.understanding import context_of
from models.events import Due, Origin, Picture, Received, Utterance, VoiceNote, sound_of
from models.meaning import Context, Parse
from nlu.parse import parse_line
from storage import inbox, late, people, queue
from storage.database import Database, Transaction, Unavailable
from storage.inbox import Entry
from storage.queue import Pending

LOG = logging.getLogger(__name__)
ATTEMPTS = 3
"""The third failure of an event puts it aside."""
RETRY = 0.2
"""Seconds (of the machine) between tries while the database refuses."""


class Worker:
    """Works items one after another in the lane they stand in; many lanes work at once."""

    def __init__(
        self,
        house: House,
        database: Database,
        clock: Clock,
        folders: Folders,
        channels: Mapping[str, Channel],
        notes: Notes,
        alarm: AlarmLane,
        offer: Callable[[list[Pending]], None],
        begun: Begun,
        troubles: Troubles,
    ) -> None:
        """``offer`` takes what a committed turn has to send."""
        self._house, self._database, self._clock, self._folders = house, database, clock, folders
        self._notes, self._alarm, self._offer = notes, alarm, offer
        self._begun, self._troubles = begun, troubles
        self._listening = Listening(database, channels, notes, alarm)
        self.counts: Counter[str] = Counter()
        self.refusing = False
        self._due: set[tuple[str, datetime]] = set()
        self.late: dict[int, bool] = {}
        """Events that waited through an outage and are not alone in their chat: whether it is the last of them."""

    def fresh(self, due: Due) -> bool:
        """Whether this due moment was not taken up yet; it counts as taken up from now on."""
        known = (due.key, due.at) in self._due
        self._due.add((due.key, due.at))
        return not known

    def refused(self) -> None:
        """The database did not take something."""
        self.counts["refusals"] += 1
        self.refusing = True

    async def work(self, item: Entry | Due) -> None:
        """Work one item until it is done, put aside, or left to the next start; raises nothing."""
        if isinstance(item, Due):
            return await self._insist(item)
        self._begun.begin(item.id)
        try:
            return await self._insist(item)
        finally:
            self._begun.end(item.id)

    async def _insist(self, item: Entry | Due) -> None:
        while True:
            try:
                await (self._work_due(item) if isinstance(item, Due) else self._work_entry(item))
                self.counts["turns"] += 1
                self.refusing = False
                return
            except Unavailable:
                self.refused()
                await asyncio.sleep(RETRY)
            except Exception as fault:
                self.counts["failures"] += 1
                LOG.error("%s failed: %s at %s", _id(item), type(fault).__name__, where(fault))
                if await self._count_failure(item):
                    return

    async def _work_due(self, due: Due) -> None:
        self._offer(await self._database.transaction(lambda tx: sent(tx, self._handle_due(tx, due))))
        self._due.discard((due.key, due.at))
        if due.kind == retention.KEY:
            await copies.sweep(self._database, self._folders, self._clock.now())

    def _handle_due(self, tx: Transaction, due: Due) -> list[int]:
        return router.handle_due(tx, self._house, due, self._clock.now())

    async def _work_entry(self, entry: Entry) -> None:
        if entry.attempts >= ATTEMPTS:
            return await self._put_aside(entry)
        underway.passed("taken")
        parts = await self._parts(entry)
        event = await self._event(entry) if len(parts) == 1 else albums.together(parts)
        understood = await self._understood(event)

        def turn(tx: Transaction) -> list[Pending]:
            now = _finished(tx, parts, event)
            if now is None:
                return []
            ids = router.handle(tx, self._house, now, understood, self._clock.now())
            if entry.id in self.late:
                self._sum_up(tx, event, ids, self.late.pop(entry.id))
            return sent(tx, ids)

        rows = await self._database.transaction(turn)
        underway.passed("committed")
        self._offer(rows)
        if sound_of(event):
            self._notes.used(event, understood, await self._confidential(event))
        return None

    async def _event(self, entry: Entry) -> Received:
        """A voice note becomes words once; every other event is itself."""
        note = entry.event
        if not isinstance(note, VoiceNote):
            return note
        return await self._listening.heard(entry.id, note, await self._context(note.origin))

    async def _parts(self, entry: Entry) -> list[Entry]:
        """The event, or all parts of the album that it begins; danger waits for nothing."""
        if not _is_of_album(entry.event) or self._alarm.overtakes(entry.event):
            return [entry]
        return await albums.parts(self._database, entry, self._alarm.overtakes)

    def _sum_up(self, tx: Transaction, event: Received, ids: list[int], last: bool) -> None:
        """Lines that waited through an outage are answered once in a chat: with the answers to the last of them."""
        chat = people.chat_at(tx, event.origin.channel, event.origin.chat)
        if chat is not None:
            late.sum_up(tx, ids, chat.id, self._house.texts["late.lead"] if last else None)

    async def _confidential(self, event: Received) -> bool:
        """Whether a recording may be of a quarrel; of anything else the database is not asked."""
        return bool(sound_of(event)) and await self._database.read(
            lambda tx: relay.confidential(tx, self._house, event.origin)
        )

    async def _understood(self, event: Received) -> Parse:
        if isinstance(event, Picture) and event.caption:
            event = Utterance(event.origin, event.caption)
        if not isinstance(event, Utterance):
            return router.NOTHING
        if not self._alarm.overtakes(event) and await self._database.read(lambda tx: self._is_out(tx, event.origin)):
            return router.NOTHING
        context = await self._context(event.origin)
        if event.heard is None:
            return parse_line(event.text, context)
        return understood(event, replace(context, heard=event.heard))

    def _is_out(self, tx: Transaction, origin: Origin) -> bool:
        return allowances.is_out(tx, origin.channel, origin.account, self._clock.now())

    async def _context(self, origin: Origin) -> Context:
        now = self._clock.now()
        return await self._database.read(lambda tx: context_of(tx, self._house, origin, now))

    # ------------------------------------------------------------ faults

    async def _count_failure(self, item: Entry | Due) -> bool:
        """Count a failure; True when the item is done with."""
        try:
            if isinstance(item, Due):
                return await self._database.transaction(lambda tx: queue.failed_due(tx, item)) >= ATTEMPTS
            if await self._database.transaction(lambda tx: inbox.failed(tx, item.id)) < ATTEMPTS:
                return False
            await self._put_aside(item)
            return True
        except Unavailable:
            await asyncio.sleep(RETRY)
            return False
        except Exception as fault:
            LOG.error("%s cannot be shown to the desk: %s at %s", _id(item), type(fault).__name__, where(fault))
            self.counts["stuck"] += 1
            if isinstance(item, Entry):
                await self._database.transaction(lambda tx: inbox.set_aside(tx, item.id))
            return True

    async def _put_aside(self, entry: Entry) -> None:
        """Set an event aside as it was stored last: what was heard already stays heard."""
        self._troubles.happened("aside", _id(entry))
        found: list[Received] = []

        def aside(tx: Transaction) -> list[Pending]:
            event = inbox.set_aside(tx, entry.id)
            if event is None:
                return []
            found.append(event)
            return sent(tx, router.set_aside(tx, self._house, event, self._clock.now()))

        self._offer(await self._database.transaction(aside))
        event = found[0] if found else entry.event
        self._notes.used(event, router.NOTHING, await self._confidential(event))


def _is_of_album(event: Received) -> bool:
    return isinstance(event, Picture) and bool(event.album)


def _finished(tx: Transaction, parts: list[Entry], event: Received) -> Received | None:
    """Mark the event done; as it is to be handled now, None when it was done before."""
    if _is_of_album(event):
        return albums.finish(tx, parts, event)
    return event if inbox.finish(tx, parts[0].id) else None


def sent(tx: Transaction, ids: list[int]) -> list[Pending]:
    """What a turn wrote into the outbox, for the sender."""
    return queue.pending(tx, ids) if ids else []


def _id(item: Entry | Due) -> str:
    """What a log may say of an item: ids only."""
    return f"agenda {item.kind}" if isinstance(item, Due) else f"event {item.id}"
