"""The only place where the parts are joined: an event comes in, one transaction, then a sender delivers."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.alarm.lane import AlarmLane
from bot.channels import Channel
from bot.flow import underway
from bot.flow.backlog import STALE, Stale
from bot.flow.clock import Clock, Watch, start_ticking
from bot.flow.heartbeat import Heartbeat
from bot.flow.lanes import Lanes
from bot.flow.notes import Ears, Notes
from bot.flow.sender import Sender
from bot.flow.troubles import HELD, SPINNING, Troubles
from bot.flow.underway import Begun
from bot.flow.work import ATTEMPTS, Worker, sent, where
from bot.keeping.folders import Folders as Folders
from bot.make import Maker
from handlers import router
from handlers.danger import drills
from handlers.managers import holidays
from handlers.people import retention
from handlers.settings import House
from handlers.tickets import trouble
from models.events import ChatChange, Due, Received, sound_of
from models.incidents import Alarm
from models.meaning import Context
from nlu.parse import parse
from storage import queue, timekeeping
from storage.database import Database, Transaction, Unavailable
from storage.queue import Entry, Pending

LOG = logging.getLogger(__name__)
ALONE = "alone"
"""The lane of events that were being worked when the last process ended."""
LAST, CALM = "last", 3.0
"""The lane of events that were there twice when the process ended, and the seconds of the machine before they are tried:
whoever kills the process again and again from outside does not hit the same one a third time."""
WAITED = "waited"
"""The lane of lines that waited through an outage."""
PULSE, GAP = 60.0, timedelta(hours=24)
"""Seconds between two notes that all is fetched; and after how long a messenger drops what nobody fetched."""
BEHIND = timedelta(minutes=2)
"""At the start: a clock that is more than this before what was written last was set back."""
WARM = ("您好", "厨房的灯不亮了,没有危险")
"""Understood once before anything else, so that nobody waits for phrases to be read from disk."""


@dataclass(frozen=True)
class Last:
    """Events that are tried once more, after everything else."""

    entries: tuple[Entry, ...]


def warm(context: Context) -> None:
    """Compile the words of understanding; they stay for good, so the collector of garbage is spared them now and later."""
    first = not gc.get_freeze_count()
    gc.disable()
    try:
        for line in WARM:
            parse(line, context)
    finally:
        if first:
            gc.freeze()
        gc.enable()


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
        self._heartbeat = Heartbeat(house.danger, clock)
        self.notes = Notes(folders.spool, ears, clock)
        self._tasks: list[asyncio.Task[None]] = []
        self._ticking: Any = None
        self._maker = Maker(database, house, folders.data, self.channels)
        self.sender = Sender(
            database,
            self.channels,
            clock,
            folders.data / "left.jsonl",
            make=self._maker.make,
            never=self._never,
            files=(folders.pictures, folders.spool / "kept"),
            menu=house.menu,
        )
        self._watch, self.troubles = Watch(clock), Troubles(clock, folders.data)
        self._begun = Begun(folders.data / "begun.jsonl")
        self._worker = Worker(
            house,
            database,
            clock,
            folders,
            self.channels,
            self.notes,
            self.alarm,
            self.sender.offer,
            self._begun,
            self.troubles,
        )
        self._lanes: Lanes[Entry | Due | list[Entry] | Last | None] = Lanes(self._work)
        self._stale = Stale(self._worker.work, lambda: self._lanes.busy, self._worker.late)
        self._held_back: list[Entry] | None = None
        self._behind: dict[str, list[Entry]] = {}
        """What waits in the chats of the very last events: nobody's later line goes before an earlier one."""
        self._raised, self._cut, self._beaten = False, False, -PULSE
        self._owed = timedelta()
        self.troubles.lasting = {
            "held": lambda: self.sender.longest_held > HELD,
            "writer": lambda: self.database.working_for > SPINNING,
            "watchdog": lambda: self._heartbeat.failing,
            "tick": lambda: self._raised,
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
        await self._look_back()
        await self.database.transaction(lambda tx: queue.count_restart(tx, self._begun.before))
        self._begun.counted()
        await self.database.transaction(lambda tx: retention.plant(tx, self.house, self.clock.now()))
        await self.database.transaction(lambda tx: holidays.plant(tx, self.house, self.clock.now()))
        await self._rouse()
        if ticking:
            self._ticking = start_ticking(self._tick, every)
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
        worst = [entry for entry in waiting if entry.attempts == ATTEMPTS - 1]
        self._behind = {self._lane(entry): [] for entry in worst}
        waiting = [entry for entry in waiting if entry not in worst]
        suspects = [entry for entry in waiting if entry.attempts and self._lane(entry) not in self._behind]
        self._held_back = [entry for entry in waiting if entry not in suspects] if suspects else None
        for entry in waiting if not suspects else []:
            self._put(entry)
        if suspects:
            self._lanes.put(ALONE, suspects)
        if worst:
            self._lanes.put(LAST, Last(tuple(worst)))
        await self.database.transaction(lambda tx: drills.schedule(tx, self.house, self.clock.now()))

    async def _work(self, item: Entry | Due | list[Entry] | Last | None) -> None:
        """Work one item; what may have ended the process is worked alone, and everything else after it."""
        if item is None:
            await self._stale.work()
        elif isinstance(item, Last):
            await asyncio.sleep(CALM)
            for entry in item.entries:
                await self._worker.work(entry)
            behind, self._behind = self._behind, {}
            for entry in (entry for entries in behind.values() for entry in entries):
                self._put(entry)
        elif isinstance(item, list):
            await self._work_alone(item)
        else:
            await self._worker.work(item)

    async def _work_alone(self, suspects: list[Entry]) -> None:
        for entry in suspects:
            await self._worker.work(entry)
        later, self._held_back = self._held_back or [], None
        for entry in later:
            self._put(entry)

    def _put(self, entry: Entry) -> None:
        """Into its lane, or behind what is worked alone; danger waits for nothing."""
        lane = self._lane(entry)
        if lane in self._behind:
            self._behind[lane].append(entry)
        elif lane.endswith("!"):
            self._lanes.put(lane, entry)
        elif self._held_back is not None:
            self._held_back.append(entry)
        elif self.clock.now() - entry.event.origin.at >= STALE and self._stale.takes(entry):
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
        await self._heartbeat.stop()
        await self.sender.stop()
        await self._maker.close()
        self._begun.close()
        for channel in self.channels.values():
            await channel.close()
        await self.notes.close()
        if self._beaten >= 0:
            with suppress(Unavailable):
                await self._beat(0.0)
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
        events = [queue.storable(event) for event in events]
        self.alarm.check(events)
        try:
            entries = await self.database.transaction(lambda tx: queue.receive(tx, events))
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

    async def _look_back(self) -> None:
        """Whether the clock was set back while nobody looked."""
        newest = await self.database.read(timekeeping.newest)
        if newest is not None and newest - self.clock.now() > BEHIND:
            await self._jumped(self.clock.now() - newest)

    async def _jumped(self, by: timedelta) -> None:
        """The wall clock was set: dangers keep their pace, and people hear of it."""
        self.troubles.happened("clock", f"set by {by.total_seconds():+.0f} s")
        self.alarm.shift(by)
        self._owed += by
        await self._shift()

    async def _shift(self) -> None:
        """Move what is stored by the jumps it has not followed yet; a locked database is tried again at the next tick."""
        if owed := self._owed:
            await self.database.transaction(lambda tx: timekeeping.shift(tx, owed))
            self._owed -= owed

    async def _beat(self, every: float = PULSE) -> None:
        """Write down from time to time that everything said so far was fetched; too long without that is a gap."""
        steady = self.clock.monotonic()
        if steady - self._beaten < every or self._silent() > 2 * PULSE:
            return
        before = await self.database.transaction(lambda tx: timekeeping.pulse(tx, self.clock.now()))
        starts, self._beaten = self._beaten < 0, steady
        if before is not None and self.clock.now() - before > GAP and (starts or self._cut):
            self.troubles.happened("gap", f"nothing was fetched since {before:%Y-%m-%d %H:%M} UTC")
        self._cut = False

    def _silent(self) -> float:
        """For how many seconds some channel could not be asked."""
        steady = self.clock.monotonic()
        reached = [at for channel in self.channels.values() if (at := getattr(channel, "reached", None)) is not None]
        return steady - min(reached, default=steady)

    async def _tell_trouble(self) -> None:
        """What people must do something about, on the desk."""
        self.troubles.look()
        for kind in sorted(self.troubles.untold):
            told = partial(self._told, kind)
            self.sender.offer(await self.database.transaction(told))
            self.troubles.untold.discard(kind)

    def _told(self, kind: str, tx: Transaction) -> list[Pending]:
        return sent(tx, trouble.tell(tx, self.house, kind, self.clock.now()))

    async def _tick(self) -> None:
        """One tick; a fault in it is told and ends nothing."""
        try:
            await self.tick()
            self._raised = False
        except Exception as fault:
            self._raised = True
            LOG.error("tick failed: %s at %s", type(fault).__name__, where(fault))

    async def tick(self) -> None:
        """Put into their lanes what is due."""
        jump = self._watch.jumped()
        now = self.clock.now()
        try:
            await (self._jumped(jump) if jump else self._shift())
            await self.alarm.look(self.database)
            rows = await self.database.read(lambda tx: queue.due(tx, now))
        except Unavailable:
            self._ring()
            return self._worker.refused()
        self._ring()
        self._put_due(rows)
        self.notes.sweep()
        self._heartbeat.tick()
        await self._adopt()
        self._cut = self._cut or self._silent() > GAP.total_seconds()
        try:
            await self._beat()
            await self._tell_trouble()
        except Unavailable:
            self._worker.refused()

    def _ring(self) -> None:
        """What the alarm lane has to say by itself now."""
        self.alarm.tick()
        self.alarm.stand_in()

    async def _adopt(self) -> None:
        """An alarm whose event was never stored gets its incident, as soon as the database allows."""
        for alarm in self.alarm.orphans():
            try:
                self.sender.offer(await self.database.transaction(partial(self._adopted, alarm)))
            except Unavailable:
                return self._worker.refused()

    def _adopted(self, alarm: Alarm, tx: Transaction) -> list[Pending]:
        return sent(tx, router.adopt(tx, self.house, alarm, self.clock.now()))

    def _put_due(self, rows: Sequence[tuple[Due, str]]) -> None:
        for due, lane in rows:
            if self._worker.fresh(due):
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

    async def _never(self, row: Pending, reason: str) -> None:
        """Somebody cannot be reached: marked so, and the desk is told."""

        def told(tx: Transaction) -> list[Pending]:
            return sent(tx, router.unreachable(tx, self.house, row.chat, reason, self.clock.now()))

        self.sender.offer(await self.database.transaction(told))
