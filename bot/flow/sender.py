"""Delivers what the outbox holds: by class, in order within a chat, one after another.

One message is under way at a time, unless the network is slow: so a killed process repeats at most one. What left is written into
the journal at once and told to the database in groups. Messages at most once are marked before they are sent, all others after.
"""

from __future__ import annotations

import asyncio
import glob
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.channels import CardGone, Channel, MaybeSent, Message, Never, NotSent
from bot.flow import underway
from bot.flow.clock import Clock, until
from bot.flow.pace import EMERGENCY, Limits, Turns
from bot.flow.underway import Journal
from models.outgoing import AT_MOST_ONCE
from storage import queue
from storage.database import Database, Unavailable
from storage.queue import Pending

LOG = logging.getLogger(__name__)
SLOW = 1.0
"""Seconds after which the next message no longer waits for this one."""
PATIENCE = (1, 2, 4, 8, 15, 30, 60)
"""Seconds between tries of one message."""
URGENT = 15.0
"""Seconds that such a message waits at most, whatever the platform named."""
STRANGE = 8
"""Tries of a message that fails for a reason nobody foresaw."""

Made = Callable[[Pending], Awaitable[Message]]


class Sender:
    """The one who sends."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        clock: Clock,
        journal: Path,
        *,
        make: Made,
        never: Callable[[Pending, str], Awaitable[None]],
        files: tuple[Path, ...],
        menu: tuple[str, ...] = (),
    ) -> None:
        """``make`` finishes what has to be made, ``never`` hears of what cannot be delivered, ``menu`` is a resident's."""
        self._database, self._channels, self._clock = database, channels, clock
        self._journal = Journal(journal)
        self._make, self._never, self._files, self._menu = make, never, files, menu
        self.counts: Counter[str] = Counter()
        self.turns = Turns(clock, {name: getattr(channel, "limits", Limits()) for name, channel in channels.items()})
        self._tries: dict[int, int] = {}
        self._cards: dict[int, str] = {}
        self._told: list[tuple[int, int, str]] = []
        self._telling = asyncio.Lock()
        self._wake, self._idle = asyncio.Event(), asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._sending: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Tell the database what left before the last end, then take up what waits."""
        if left := self._journal.left():
            await self._database.transaction(lambda tx: queue.sent_all(tx, left))
        self._journal.clear()
        self.offer(await self._database.read(queue.pending))
        self._spawn(self._run())
        self._spawn(self._tell())

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def offer(self, rows: Iterable[Pending]) -> None:
        """Take up messages that were just stored."""
        for row in rows:
            self.turns.offer(row)
        self._wake.set()

    async def _run(self) -> None:
        """Send for ever."""
        while True:
            row = self.turns.next()
            if row is None:
                await self._wait()
                continue
            task = asyncio.ensure_future(self._deliver(row))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
            await asyncio.wait({task}, timeout=SLOW)

    async def _wait(self) -> None:
        """Until something new is offered, or the first waiting chat is free."""
        if not self.turns.busy:
            self._idle.set()
        self._wake.clear()
        waits: list[asyncio.Future[Any]] = [asyncio.ensure_future(self._wake.wait())]
        if (moment := self.turns.free_at) is not None:
            waits.append(asyncio.ensure_future(until(self._clock, moment)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiting in waits:
                waiting.cancel()

    # ------------------------------------------------------------ delivering

    async def _deliver(self, row: Pending) -> None:
        """Send one message and decide what its outcome means."""
        try:
            await self._send(row)
        except NotSent as fault:
            self._again(row, fault.wait)
        except MaybeSent:
            self._again(row, None) if row.kind not in AT_MOST_ONCE else self._forget(row)
        except CardGone:
            self._cards.pop(row.id, None)
            self.turns.put_back(replace(row, message=None))
        except Never as fault:
            await self._undeliverable(row, str(fault))
        except Unavailable:
            self._again(row, None)
        except Exception as fault:
            LOG.error("message %d failed: %s", row.id, type(fault).__name__)
            await self._strange(row)
        finally:
            self.turns.over(row.chat)
            self._wake.set()

    async def _send(self, row: Pending) -> None:
        if (channel := self._channels.get(row.channel)) is None:
            raise NotSent(f"channel {row.channel} is off", 60)
        if row.kind in AT_MOST_ONCE and not self._tries.get(row.id):
            await self._database.transaction(lambda tx: queue.sent(tx, row.id, row.version, ""))
        message = await self._message(row)
        reference = await self._paced(row, message, channel)
        underway.passed("sent")
        self._journal.write(row.id, row.version, reference)
        self._told.append((row.id, row.version, reference))
        self.counts[f"sent.{row.kind}"] += 1
        if row.key is not None:
            self._cards[row.id] = reference
        self._forget(row)

    async def _paced(self, row: Pending, message: Message, channel: Channel) -> str:
        """Send and count: as under way, then at the moment of the answer, the latest it can have arrived."""
        pace = self.turns.paces[row.channel]
        pace.begin(row.chat, row.group)
        try:
            return await channel.send(row.address, message, self._edited(row))
        finally:
            pace.end(row.chat, row.group, self._clock.monotonic())

    def _edited(self, row: Pending) -> str | None:
        return None if row.key is None or row.content.get("anew") else self._cards.get(row.id, row.message)

    async def _message(self, row: Pending) -> Message:
        if "task" in row.content:
            return await self._make(row)
        menu = self._menu if row.content.get("menu") else ()
        return Message(str(row.content["text"]), row.buttons, self._file(row.content.get("file")), row.kind, menu)

    def _file(self, name: str | None) -> Path | None:
        """The file of that name, as long as it is kept."""
        plain = Path(name or "").name
        found = (path for folder in self._files for path in (folder / plain, *folder.glob(f"*/{glob.escape(plain)}")))
        return next((path for path in found if path.is_file()), None) if plain else None

    def _forget(self, row: Pending) -> None:
        """This version is done with; a newer one stays."""
        self._tries.pop(row.id, None)
        self.turns.done(row)

    def _again(self, row: Pending, wait: float | None) -> None:
        """Later, this chat alone."""
        self.counts["retries"] += 1
        tries = self._tries.get(row.id, 0)
        self._tries[row.id] = tries + 1
        seconds = wait if wait is not None else PATIENCE[min(tries, len(PATIENCE) - 1)]
        if row.rank == EMERGENCY:
            seconds = min(seconds, URGENT)
        self.turns.put_back(row)
        self.turns.hold(row.chat, self._clock.monotonic() + seconds)

    async def _strange(self, row: Pending) -> None:
        if self._tries.get(row.id, 0) + 1 >= STRANGE:
            await self._undeliverable(row, "failed")
        else:
            self._again(row, None)

    async def _undeliverable(self, row: Pending, reason: str) -> None:
        self.counts["undeliverable"] += 1
        self._forget(row)
        try:
            await self._database.transaction(lambda tx: queue.give_up(tx, row.id))
            await self._never(row, reason)
        except Unavailable:
            self._again(row, None)

    # ------------------------------------------------------------ telling

    async def _tell(self) -> None:
        """Tell the database, in groups, what left."""
        while True:
            await asyncio.sleep(0.01)
            await self._tell_once()

    async def _tell_once(self) -> None:
        async with self._telling:
            marks, self._told = self._told, []
            if not marks:
                return
            try:
                await self._database.transaction(lambda tx: queue.sent_all(tx, marks))
                underway.passed("marked")
                self._journal.told(len(marks))
            except Unavailable:
                self._told = marks + self._told
                await asyncio.sleep(0.5)

    async def drained(self) -> None:
        """Wait until nothing can be sent now, and the database knows what was."""
        self._wake.set()
        while self.turns.ready or self.turns.busy:
            self._idle.clear()
            await self._idle.wait()
        while self._told or self._telling.locked():
            await self._tell_once()

    async def stop(self, seconds: float = 2.0) -> None:
        """Finish within so many seconds what is under way, and tell what left; the rest stays stored."""
        for task in list(self._tasks):
            task.cancel()
        if self._sending:
            _, late = await asyncio.wait(set(self._sending), timeout=seconds)
            for task in late:
                task.cancel()
        await asyncio.gather(*self._tasks, *self._sending, return_exceptions=True)
        await self._tell_once()
        self._journal.close()
