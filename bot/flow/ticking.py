"""What happens every second: what is due goes into its lane, alarms ring on, and whoever watches the service is told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial

from bot.alarm.lane import AlarmLane
from bot.channels import Channel
from bot.flow.clock import Clock
from bot.flow.faults import where
from bot.flow.heartbeat import Heartbeat
from bot.flow.notes import Notes
from bot.flow.oversight import Oversight
from bot.flow.troubles import Troubles
from bot.flow.work import Worker, sent
from handlers import router
from handlers.danger.settings import Danger
from handlers.settings import House
from models.events import Due
from models.incidents import Alarm
from storage import queue
from storage.database import Database, Transaction, Unavailable
from storage.queue import Pending

LOG = logging.getLogger(__name__)


class Ticks:
    """One tick after the other, whatever one of them raises."""

    def __init__(
        self,
        house: House,
        database: Database,
        clock: Clock,
        channels: Mapping[str, Channel],
        troubles: Troubles,
        alarm: AlarmLane,
        notes: Notes,
        worker: Worker,
        put: Callable[[str, Due], None],
        offer: Callable[[list[Pending]], None],
    ) -> None:
        """``put`` takes what is due with its lane, ``offer`` what a committed turn has to send."""
        self._house, self._database, self._clock = house, database, clock
        self._alarm, self._notes, self._worker, self._put, self._offer = alarm, notes, worker, put, offer
        self.heartbeat = Heartbeat(house.of(Danger), clock)
        self.oversight = Oversight(house, database, clock, channels, troubles, shift=alarm.shift, offer=offer)
        self.raised = False
        """Whether the last tick raised."""

    async def guarded(self) -> None:
        """One tick; a fault in it is told and ends nothing."""
        try:
            await self.tick()
            self.raised = False
        except Exception as fault:
            self.raised = True
            LOG.error("tick failed: %s at %s", type(fault).__name__, where(fault))

    async def tick(self) -> None:
        """Put into their lanes what is due, and look after everything that waits."""
        try:
            await self.oversight.follow()
            now = self._clock.now()
            await self._alarm.look(self._database)
            rows = await self._database.read(lambda tx: queue.due(tx, now))
        except Unavailable:
            self._ring()
            return self._worker.refused()
        self._ring()
        for due, lane in rows:
            if self._worker.fresh(due):
                self._put(lane, due)
        self._notes.sweep()
        self.heartbeat.tick()
        await self._adopt()
        try:
            await self.oversight.tell()
        except Unavailable:
            self._worker.refused()

    def _ring(self) -> None:
        """What the alarm lane has to say by itself now."""
        self._alarm.tick()
        self._alarm.stand_in()

    async def _adopt(self) -> None:
        """An alarm whose event was never stored gets its incident, as soon as the database allows."""
        for alarm in self._alarm.orphans():
            try:
                self._offer(await self._database.transaction(partial(self._adopted, alarm)))
            except Unavailable:
                return self._worker.refused()

    def _adopted(self, alarm: Alarm, tx: Transaction) -> list[Pending]:
        return sent(tx, router.adopt(tx, self._house, alarm, self._clock.now()))

    async def end(self) -> None:
        """Nobody is told any more."""
        await self.heartbeat.stop()
        await self.oversight.end()
