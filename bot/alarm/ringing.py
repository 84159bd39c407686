"""Alerts sent straight through a channel, past database and outbox; what could not be sent is tried again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.channels import Channel, MaybeSent, Message, Never, NotSent
from bot.flow.clock import Clock

LOG = logging.getLogger(__name__)
PATIENCE = (1, 2, 4, 8, 15)
"""Seconds between tries of one alert."""
LONGEST = 15.0
"""Seconds that a platform's wait may last at most: danger asks again."""


@dataclass(frozen=True)
class Ring:
    """One message to one chat."""

    channel: str
    chat: str
    message: Message
    still: Callable[[], bool]
    """Whether it is still worth saying."""
    never: Callable[[], None] = lambda: None
    """Called when this chat can never be reached."""
    tries: int = 0


class Ringer:
    """Sends at once, and again."""

    def __init__(self, channels: Mapping[str, Channel], clock: Clock) -> None:
        """Nothing is under way."""
        self._channels, self._clock = channels, clock
        self.under_way: set[asyncio.Task[None]] = set()
        self._later: list[tuple[float, Ring]] = []

    def waiting(self, now: float) -> tuple[int, int]:
        """How many are under way or due, and how many wait for a later moment."""
        due = sum(at <= now for at, _ in self._later)
        return len(self.under_way) + due, len(self._later) - due

    def ring(self, ring: Ring) -> None:
        """Send, without waiting for it."""
        task = asyncio.create_task(self._send(ring))
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)

    def tick(self, now: float) -> None:
        """Try again what is due and still worth saying."""
        due = [ring for at, ring in self._later if at <= now]
        self._later = [(at, ring) for at, ring in self._later if at > now]
        for ring in due:
            if ring.still():
                self.ring(ring)

    async def _send(self, ring: Ring) -> None:
        channel = self._channels.get(ring.channel)
        try:
            if channel is None:
                raise Never("no_channel")
            await channel.send(ring.chat, ring.message)
        except NotSent as fault:
            self._again(ring, fault.wait)
        except MaybeSent:
            self._again(ring, None)
        except Never:
            ring.never()
        except Exception as fault:
            LOG.error("alert failed: %s", type(fault).__name__)
            self._again(ring, None)

    def _again(self, ring: Ring, wait: float | None) -> None:
        usual = PATIENCE[min(ring.tries, len(PATIENCE) - 1)]
        seconds = min(wait if wait is not None else usual, LONGEST)
        later = replace(ring, tries=ring.tries + 1)
        self._later.append((self._clock.monotonic() + seconds, later))

    async def drained(self) -> None:
        """Wait until nothing is under way."""
        while self.under_way:
            await asyncio.wait(set(self.under_way))

    async def stop(self, seconds: float) -> None:
        """Let what is under way finish for so long."""
        if self.under_way:
            _, late = await asyncio.wait(set(self.under_way), timeout=seconds)
            for task in late:
                task.cancel()
