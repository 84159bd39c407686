"""What is told of the service itself, tick by tick: a clock that was set, a gap in which nothing was fetched, other troubles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial

from bot.channels import Channel
from bot.flow.clock import Clock, Watch
from bot.flow.troubles import Troubles
from bot.flow.work import sent
from handlers.settings import House
from handlers.tickets import trouble
from storage import timekeeping
from storage.database import Database, Transaction, Unavailable
from storage.queue import Pending

PULSE, GAP = 60.0, timedelta(hours=24)
"""Seconds between two notes that all is fetched; and after how long a messenger drops what nobody fetched."""
BEHIND = timedelta(minutes=2)
"""At the start: a clock that is more than this before what was written last was set back."""


class Oversight:
    """Looks at clock, channels and troubles; what people must do something about lies on the desk."""

    def __init__(
        self,
        house: House,
        database: Database,
        clock: Clock,
        channels: Mapping[str, Channel],
        troubles: Troubles,
        *,
        shift: Callable[[timedelta], None],
        offer: Callable[[list[Pending]], None],
    ) -> None:
        """``shift`` lets alerts keep their pace when the clock is set, ``offer`` takes what is to be sent."""
        self._house, self._database, self._clock, self._channels = house, database, clock, channels
        self._troubles, self._shift_alerts, self._offer = troubles, shift, offer
        self._watch, self._owed = Watch(clock), timedelta()
        self._cut, self._beaten = False, -PULSE

    async def look_back(self) -> None:
        """Whether the clock was set back while nobody looked."""
        newest = await self._database.read(timekeeping.newest)
        if newest is not None and newest - self._clock.now() > BEHIND:
            await self._jumped(self._clock.now() - newest)

    async def follow(self) -> None:
        """Follow the wall clock where it was set since the last tick."""
        jump = self._watch.jumped()
        await (self._jumped(jump) if jump else self._shift())

    async def _jumped(self, by: timedelta) -> None:
        """The wall clock was set: dangers keep their pace, and people hear of it."""
        self._troubles.happened("clock", f"set by {by.total_seconds():+.0f} s")
        self._shift_alerts(by)
        self._owed += by
        await self._shift()

    async def _shift(self) -> None:
        """Move what is stored by the jumps it has not followed yet; a locked database is tried again at the next tick."""
        if owed := self._owed:
            await self._database.transaction(lambda tx: timekeeping.shift(tx, owed))
            self._owed -= owed

    async def tell(self) -> None:
        """Note that all is fetched, and lay on the desk what people must do something about."""
        self._cut = self._cut or self._silent() > GAP.total_seconds()
        await self._beat(PULSE)
        self._troubles.look()
        for kind in sorted(self._troubles.untold):
            self._offer(await self._database.transaction(partial(self._told, kind)))
            self._troubles.untold.discard(kind)

    def _told(self, kind: str, tx: Transaction) -> list[Pending]:
        return sent(tx, trouble.tell(tx, self._house, kind, self._clock.now()))

    async def _beat(self, every: float) -> None:
        """Write down from time to time that everything said so far was fetched; too long without that is a gap."""
        steady = self._clock.monotonic()
        if steady - self._beaten < every or self._silent() > 2 * PULSE:
            return
        before = await self._database.transaction(lambda tx: timekeeping.pulse(tx, self._clock.now()))
        starts, self._beaten = self._beaten < 0, steady
        if before is not None and self._clock.now() - before > GAP and (starts or self._cut):
            self._troubles.happened("gap", f"nothing was fetched since {before:%Y-%m-%d %H:%M} UTC")
        self._cut = False

    def _silent(self) -> float:
        """For how many seconds some channel could not be asked."""
        steady = self._clock.monotonic()
        reached = [at for channel in self._channels.values() if (at := getattr(channel, "reached", None)) is not None]
        return steady - min(reached, default=steady)

    async def end(self) -> None:
        """Everything was fetched until now."""
        if self._beaten >= 0:
            with suppress(Unavailable):
                await self._beat(0.0)
