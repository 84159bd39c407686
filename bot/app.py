"""The only place where the parts are joined: an event comes in, one transaction, then a sender delivers."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot import keeping, steps
from bot.alarm import AlarmLane
from bot.channels import Channel
from bot.clock import Clock, start_ticking
from bot.folders import Folders as Folders
from bot.heartbeat import Heartbeat
from bot.lanes import Lanes
from bot.make import Maker
from bot.notes import Ears, Notes
from bot.sender import Sender
from handlers import drills, retention, router
from handlers.context import context_of
from handlers.house import House
from models.events import Due, Origin, Received, Utterance, VoiceNote
from models.incidents import Alarm
from models.meaning import Context, Parse
from nlu.parse import parse
from storage import queue
from storage.database import Database, Transaction, Unavailable
from storage.queue import Entry, Pending

LOG = logging.getLogger(__name__)
ATTEMPTS = 3
"""The third failure of an event puts it aside."""
WARM = "您好"
"""Understood once before anything else, so that nobody waits for phrases to be read from disk."""
RETRY = 0.2
"""Seconds (of the machine) between tries while the database refuses."""


class App:
    """The running service."""

    def __init__(
        self, house: House, database: Database, clock: Clock, channels: Sequence[Channel], folders: Folders,
        ears: Ears | None = None,
    ) -> None:  # fmt: skip
        """Join the parts; nothing runs yet."""
        self.house, self.database, self.clock, self.folders = house, database, clock, folders
        self.channels: Mapping[str, Channel] = {channel.name: channel for channel in channels}
        self.counts: Counter[str] = Counter()
        self.refusing = False
        self.alarm = AlarmLane(house, self.channels, clock, folders.data)
        self._heartbeat = Heartbeat(house.danger, clock)
        self.notes = Notes(folders.spool, ears, clock)
        self._lanes: Lanes[Entry | Due] = Lanes(self._work)
        self._due: set[tuple[str, datetime]] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._ticking: Any = None
        self.sender = Sender(
            database, self.channels, clock, folders.data / "left.jsonl",
            make=Maker(database, house, folders.data).make, never=self._never, files=(folders.pictures, folders.spool / "kept"),
            menu=house.menu,
        )  # fmt: skip

    @property
    def working(self) -> int:
        """In how many chats something is being worked."""
        return self._lanes.busy

    async def start(self, ticking: bool = True, every: float = 1.0) -> None:
        """Take up what waits, then listen; ``every`` is the machine's seconds between two looks at the agenda."""
        parse(WARM, Context(self.clock.now(), self.house.lexicon()))
        await self.notes.start()
        await self.sender.start()
        await self.database.transaction(queue.count_restart)
        await self.database.transaction(lambda tx: retention.plant(tx, self.house, self.clock.now()))
        await self._rouse()
        if ticking:
            self._ticking = start_ticking(self.tick, every)
        self._tasks = [asyncio.create_task(channel.receive(self.accept)) for channel in self.channels.values()]

    async def _rouse(self) -> None:
        """Alert first where danger waits, then go on with what was not done."""
        await self.alarm.look(self.database)
        waiting = await self.database.read(queue.waiting)
        self.alarm.check([entry.event for entry in waiting])
        self.alarm.tick()
        for entry in waiting:
            self.notes.expect(entry.event)
        self.notes.orphans()
        for entry in waiting:
            self._lanes.put(self._lane(entry), entry)
        await self.database.transaction(lambda tx: drills.schedule(tx, self.house, self.clock.now()))

    async def stop(self, seconds: float = 3.0) -> None:
        """End within so many seconds; what was not finished stays stored."""
        if self._ticking:
            self._ticking.shutdown(wait=False)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._lanes.stop(seconds)
        await self.alarm.stop(seconds)
        await self._heartbeat.stop()
        await self.sender.stop()
        for channel in self.channels.values():
            await channel.close()
        await self.notes.close()
        await self.database.close()

    async def failed(self) -> None:
        """Wait until a channel ends by itself, which it should not; raises what ended it."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    # ------------------------------------------------------------ coming in

    async def accept(self, events: Sequence[Received]) -> None:
        """Store events; afterwards they may be confirmed to the platform. Raises ``Unavailable``."""
        now = self.clock.now()
        self.alarm.check(events)
        try:
            entries = await self.database.transaction(lambda tx: queue.receive(tx, events))
        except Unavailable:
            self._refused()
            self.alarm.comfort(events)
            raise
        self.refusing = False
        steps.passed("stored")
        self.counts["events"] += len(entries)
        for entry in entries:
            LOG.debug("event %d at %s", entry.id, now.isoformat())
            self.notes.expect(entry.event)
            self._lanes.put(self._lane(entry), entry)

    def _lane(self, entry: Entry) -> str:
        """One lane per chat; danger overtakes it."""
        return f"{entry.lane}!" if self.alarm.overtakes(entry.event) else entry.lane

    def _refused(self) -> None:
        self.counts["refusals"] += 1
        self.refusing = True

    async def tick(self) -> None:
        """Put into their lanes what is due."""
        now = self.clock.now()
        try:
            await self.alarm.look(self.database)
            rows = await self.database.read(lambda tx: queue.due(tx, now))
        except Unavailable:
            self._ring()
            return self._refused()
        self._ring()
        self._put_due(rows)
        self.notes.sweep()
        self._heartbeat.tick()
        await self._adopt()

    def _ring(self) -> None:
        """What the alarm lane has to say by itself now."""
        self.alarm.tick()
        self.alarm.stand_in()

    async def _adopt(self) -> None:
        """An alarm whose event was never stored gets its incident, as soon as the database allows."""
        for alarm in self.alarm.orphans():
            try:
                self._offer(await self.database.transaction(partial(self._adopted, alarm)))
            except Unavailable:
                return self._refused()

    def _adopted(self, alarm: Alarm, tx: Transaction) -> list[Pending]:
        return self._sent(tx, router.adopt(tx, self.house, alarm, self.clock.now()))

    def _put_due(self, rows: Sequence[tuple[Due, str]]) -> None:
        for due, lane in rows:
            if (due.key, due.at) not in self._due:
                self._due.add((due.key, due.at))
                self._lanes.put(lane, due)

    async def settle(self) -> None:
        """Wait until nothing is being worked and nothing can be sent now."""
        await self._lanes.drained()
        await self.alarm.drained()
        await self.sender.drained()

    async def walk(self, to: datetime, move: Any) -> None:
        """Walk a moved clock through every due moment in order."""
        await self.settle()
        while (due := await self.database.read(queue.next_due)) is not None and due <= to:
            move(due)
            await self.tick()
            await self.settle()
        move(to)
        await self.settle()

    # ------------------------------------------------------------ one turn

    async def _work(self, item: Entry | Due) -> None:
        """Work one item until it is done, put aside, or left to the next start."""
        while True:
            try:
                await (self._work_due(item) if isinstance(item, Due) else self._work_entry(item))
                self.counts["turns"] += 1
                self.refusing = False
                return
            except Unavailable:
                self._refused()
                await asyncio.sleep(RETRY)
            except Exception as fault:
                self.counts["failures"] += 1
                LOG.error("%s failed: %s at %s", _id(item), type(fault).__name__, _where(fault))
                if await self._count_failure(item):
                    return

    async def _work_due(self, due: Due) -> None:
        self._offer(await self.database.transaction(lambda tx: self._sent(tx, self._handle_due(tx, due))))
        self._due.discard((due.key, due.at))
        if due.kind == retention.KEY:
            await keeping.sweep(self.database, self.folders, self.clock.now())

    def _handle_due(self, tx: Transaction, due: Due) -> list[int]:
        return router.handle_due(tx, self.house, due, self.clock.now())

    async def _work_entry(self, entry: Entry) -> None:
        if entry.attempts >= ATTEMPTS:
            return await self._put_aside(entry)
        steps.passed("taken")
        event = await self._heard(entry)
        understood = await self._understood(event)

        def turn(tx: Transaction) -> list[Pending]:
            if not queue.finish(tx, entry.id):
                return []
            return self._sent(tx, router.handle(tx, self.house, event, understood, self.clock.now()))

        rows = await self.database.transaction(turn)
        steps.passed("committed")
        self._offer(rows)
        self.notes.used(event, understood)
        return None

    def _sent(self, tx: Transaction, ids: list[int]) -> list[Pending]:
        return queue.pending(tx, ids) if ids else []

    def _offer(self, rows: list[Pending]) -> None:
        self.sender.offer(rows)

    async def _understood(self, event: Received) -> Parse:
        if not isinstance(event, Utterance):
            return router.NOTHING
        context = await self._context(event.origin)
        return parse(event.text, replace(context, heard=event.heard))

    async def _context(self, origin: Origin) -> Context:
        now = self.clock.now()
        return await self.database.read(lambda tx: context_of(tx, self.house, origin, now))

    # ------------------------------------------------------------ sound

    async def _heard(self, entry: Entry) -> Received:
        """A voice note becomes words once; every other event is itself."""
        note = entry.event
        if not isinstance(note, VoiceNote):
            return note
        channel = self.channels.get(note.origin.channel)
        if channel is not None:
            await channel.receipt(note.origin.chat, "listening", note.origin.key)
        said = await self.notes.hear(note, await self._context(note.origin))
        self.alarm.check([said])
        await self.database.transaction(lambda tx: queue.heard(tx, entry.id, said))
        return said

    # ------------------------------------------------------------ faults

    async def _count_failure(self, item: Entry | Due) -> bool:
        """Count a failure; True when the item is done with."""
        try:
            if isinstance(item, Due):
                return await self.database.transaction(lambda tx: queue.failed_due(tx, item)) >= ATTEMPTS
            if await self.database.transaction(lambda tx: queue.failed(tx, item.id)) < ATTEMPTS:
                return False
            await self._put_aside(item)
            return True
        except Unavailable:
            await asyncio.sleep(RETRY)
            return False

    async def _put_aside(self, entry: Entry) -> None:
        def aside(tx: Transaction) -> list[Pending]:
            if not queue.set_aside(tx, entry.id):
                return []
            return self._sent(tx, router.set_aside(tx, self.house, entry.event, self.clock.now()))

        self._offer(await self.database.transaction(aside))

    async def _never(self, row: Pending, reason: str) -> None:
        """Somebody cannot be reached: marked so, and the desk is told."""

        def told(tx: Transaction) -> list[Pending]:
            return self._sent(tx, router.unreachable(tx, self.house, row.chat, reason, self.clock.now()))

        self._offer(await self.database.transaction(told))


def _id(item: Entry | Due) -> str:
    """What a log may say of an item: ids only."""
    return f"agenda {item.kind}" if isinstance(item, Due) else f"event {item.id}"


def _where(fault: BaseException) -> str:
    """Files and lines, innermost first; never the fault's own words, which may quote people."""
    frames = traceback.extract_tb(fault.__traceback__)[-4:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
