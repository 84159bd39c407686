"""The only place where the parts are joined: an event comes in, one transaction, then a sender delivers."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.alarm.lane import AlarmLane
from bot.channels import Channel
from bot.flow import underway
from bot.flow.backlog import STALE, Stale
from bot.flow.clock import Clock, start_ticking
from bot.flow.lanes import Lanes
from bot.flow.notes import Ears, Notes
from bot.flow.sender import Sender
from bot.flow.suspects import Alone, Suspects
from bot.flow.ticking import Ticks
from bot.flow.troubles import HELD, SPINNING, Troubles
from bot.flow.underway import Begun
from bot.flow.warming import warm
from bot.flow.work import Worker, sent
from bot.keeping.folders import Folders as Folders
from bot.make import Maker
from handlers import router
from handlers.danger import drills
from handlers.managers import holidays
from handlers.people import retention
from handlers.settings import House
from models.events import ChatChange, Due, Received, sound_of
from models.meaning import Context
from storage import inbox, queue
from storage.database import Database, Transaction, Unavailable
from storage.inbox import Entry
from storage.queue import Pending

LOG = logging.getLogger(__name__)
WAITED = "waited"
"""The lane of lines that waited through an outage."""


class App:
    """The running service."""

    def __init__(
        self,
        house: House,
        database: Database,
        clock: Clock,
        channels: Sequence[Channel],
        folders: Folders,
        ears: Ears | None = None,
    ) -> None:
        """Join the parts; nothing runs yet."""
        self.house, self.database, self.clock, self.folders = house, database, clock, folders
        self.channels: Mapping[str, Channel] = {channel.name: channel for channel in channels}
        self.alarm = AlarmLane(house, self.channels, clock, folders.data)
        self.notes = Notes(folders.spool, ears, clock)
        self._tasks: list[asyncio.Task[None]] = []
        self._ticking: Any = None
        self._maker = Maker(database, house, folders.data, self.channels)
        self.sender = self._sender()
        offer = self.sender.offer
        self.troubles = Troubles(clock, folders.data)
        self._begun = Begun(folders.data / "begun.jsonl")
        self._worker = Worker(
            house, database, clock, folders, self.channels, self.notes, self.alarm, offer, self._begun, self.troubles
        )
        self._lanes: Lanes[Entry | Due | Alone | None] = Lanes(self._work)
        self._stale = Stale(self._worker.work, lambda: self._lanes.busy, self._worker.late)
        self._suspects = Suspects(self._worker.work, self._lane)
        put = self._lanes.put
        self._ticks = Ticks(
            house, database, clock, self.channels, self.troubles, self.alarm, self.notes, self._worker, put, offer
        )
        self._look_after()

    def _sender(self) -> Sender:
        """Who delivers, with who makes what has to be made first."""
        return Sender(
            self.database,
            self.channels,
            self.clock,
            self.folders.data / "left.jsonl",
            make=self._maker.make,
            never=self._never,
            files=(self.folders.pictures, self.folders.spool / "kept"),
            menu=self.house.menu,
        )

    def _look_after(self) -> None:
        """What lasts and is wrong."""
        self.troubles.lasting = {
            "held": lambda: self.sender.turns.longest_held > HELD,
            "writer": lambda: self.database.working_for > SPINNING,
            "watchdog": lambda: self._ticks.heartbeat.failing,
            "tick": lambda: self._ticks.raised,
            "disk": self.troubles.no_room,
        }

    @property
    def counts(self) -> Counter[str]:
        """Events, turns, failures and refusals since the start."""
        return self._worker.counts

    @property
    def refusing(self) -> bool:
        """Whether the database refused the last thing it was asked."""
        return self._worker.refusing

    @property
    def working(self) -> int:
        """In how many chats something is being worked."""
        return self._lanes.busy

    async def start(self, ticking: bool = True, every: float = 1.0) -> None:
        """Take up what waits, then listen; ``every`` is the machine's seconds between two looks at the agenda."""
        warm(Context(self.clock.now(), self.house.lexicon()))
        await self.notes.start()
        await self.sender.start()
        await self._ticks.oversight.look_back()
        await self.database.transaction(lambda tx: inbox.count_restart(tx, self._begun.before))
        self._begun.counted()
        await self.database.transaction(lambda tx: retention.plant(tx, self.house, self.clock.now()))
        await self.database.transaction(lambda tx: holidays.plant(tx, self.house, self.clock.now()))
        await self._rouse()
        if ticking:
            self._ticking = start_ticking(self._ticks.guarded, every)
        self._tasks = [asyncio.create_task(channel.receive(self.accept)) for channel in self.channels.values()]

    async def _rouse(self) -> None:
        """Alert first where danger waits, then go on with what was not done."""
        await self.alarm.look(self.database)
        waiting = await self.database.read(inbox.waiting)
        self.alarm.check([entry.event for entry in waiting])
        self.alarm.tick()
        for entry in waiting:
            self.notes.expect(entry.event)
        self.notes.orphans()
        at_once, alone = self._suspects.sort(waiting)
        for entry in at_once:
            self._put(entry)
        for lane, some in alone:
            self._lanes.put(lane, some)
        await self.database.transaction(lambda tx: drills.schedule(tx, self.house, self.clock.now()))

    async def _work(self, item: Entry | Due | Alone | None) -> None:
        """Work one item; what may have ended the process is worked alone, and everything else after it."""
        if item is None:
            await self._stale.work()
        elif isinstance(item, Alone):
            for entry in await self._suspects.work(item):
                self._put(entry)
        else:
            await self._worker.work(item)

    def _put(self, entry: Entry) -> None:
        """Into its lane, unless it must wait: for what is worked alone, or because it waited for long already."""
        lane = self._lane(entry)
        if not self._suspects.none and self._suspects.keeps(entry):
            return
        old = not lane.endswith("!") and self.clock.now() - entry.event.origin.at >= STALE
        if old and self._stale.takes(entry):
            self._lanes.put(WAITED, None)
        else:
            self._lanes.put(lane, entry)

    async def stop(self, seconds: float = 3.0) -> None:
        """End within so many seconds; what was not finished stays stored."""
        if self._ticking:
            self._ticking.shutdown(wait=False)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._lanes.stop(seconds)
        await self.alarm.stop(seconds)
        await self.sender.stop()
        await self._maker.close()
        self._begun.close()
        for channel in self.channels.values():
            await channel.close()
        await self.notes.close()
        await self._ticks.end()
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
        events = [inbox.storable(event) for event in events]
        self.alarm.check(events)
        try:
            entries = await self.database.transaction(lambda tx: inbox.receive(tx, events))
        except Unavailable:
            self._worker.refused()
            self.alarm.comfort(events)
            raise
        self._worker.refusing = False
        underway.passed("stored")
        self.counts["events"] += len(entries)
        if any(isinstance(entry.event, ChatChange) and entry.event.kind == "conflict" for entry in entries):
            self.troubles.happened("conflict")
        for entry in entries:
            LOG.debug("event %d at %s", entry.id, now.isoformat())
            if sound_of(entry.event):
                self.notes.expect(entry.event)
            self._put(entry)

    def _lane(self, entry: Entry) -> str:
        """One lane per chat; danger overtakes it."""
        return f"{entry.lane}!" if self.alarm.overtakes(entry.event) else entry.lane

    async def tick(self) -> None:
        """Put into their lanes what is due."""
        await self._ticks.tick()

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

    async def _never(self, row: Pending, reason: str) -> None:
        """Somebody cannot be reached: marked so, and the desk is told."""

        def told(tx: Transaction) -> list[Pending]:
            return sent(tx, router.unreachable(tx, self.house, row.chat, reason, self.clock.now()))

        self.sender.offer(await self.database.transaction(told))
