"""Whose turn it is to be spoken to: by class, in order within a chat, and no faster than a channel may be spoken to.

Limits are per chat, per group and in all, in sliding windows. A chat that must wait (429, spacing, a fault) waits alone.

Moments are seconds of a clock that is never set: one set back would hold everybody until it catches up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from bot.flow.clock import Clock
from storage.queue import Pending

EMERGENCY = 0
"""Rank of messages about danger: they try again soon, and do not wait for what was refused before them."""
ANSWER = 1
"""Rank of answers to who just wrote, and of cards."""
UNDER_WAY = 0.05
"""Seconds after which it is looked at again when a limit is filled by what is under way."""
CARD_LEAVES, LATER_LEAVES = 0.1, 0.3
"""Parts of a limit that cards in groups, and everything that can wait, leave to what is more urgent."""

Turn = tuple[int, int, int]


@dataclass(frozen=True)
class Limit:
    """At most ``count`` messages within any ``seconds``."""

    count: int
    seconds: float


@dataclass(frozen=True)
class Limits:
    """What a platform allows."""

    chat: Limit | None = None
    group: Limit | None = None
    overall: Limit | None = None


class Window:
    """The last messages that count for one limit, and how many are under way."""

    def __init__(self, limit: Limit) -> None:
        """Begin empty."""
        self._limit = limit
        self._times: deque[float] = deque(maxlen=limit.count)
        self._under_way = 0

    def free_at(self, now: float, reserve: float = 0.0) -> float:
        """The first moment at which one more is allowed to somebody who leaves this part of the window free."""
        allowed = self._limit.count - int(self._limit.count * reserve) - self._under_way
        if allowed <= 0:
            return now + UNDER_WAY
        if len(self._times) < allowed:
            return now
        return max(now, self._times[-allowed] + self._limit.seconds)

    def begin(self) -> None:
        """One is being sent: it may arrive at any moment until it is answered."""
        self._under_way += 1

    def end(self, now: float) -> None:
        """It was answered: it may have arrived as late as this."""
        self._under_way -= 1
        self._times.append(now)


class Pace:
    """The windows of one channel."""

    def __init__(self, limits: Limits) -> None:
        """Begin with empty windows."""
        self._limits = limits
        self._overall = Window(limits.overall) if limits.overall else None
        self._chats: dict[tuple[int, str], Window] = {}

    def free_at(self, chat: int, group: bool, now: float, reserve: float = 0.0) -> float:
        """The first moment at which a message to this chat is allowed, when this part is left for what is more urgent."""
        return max((window.free_at(now, reserve) for window in self._windows(chat, group)), default=now)

    def begin(self, chat: int, group: bool) -> None:
        """One is being sent to this chat."""
        for window in self._windows(chat, group):
            window.begin()

    def end(self, chat: int, group: bool, now: float) -> None:
        """What was being sent to this chat was answered, or failed."""
        for window in self._windows(chat, group):
            window.end(now)

    def _windows(self, chat: int, group: bool) -> list[Window]:
        windows = [self._overall] if self._overall else []
        for name, limit in (("chat", self._limits.chat), ("group", self._limits.group if group else None)):
            if limit is not None:
                windows.append(self._chats.setdefault((chat, name), Window(limit)))
        return windows


# ---------------------------------------------------------------- whose turn


class Turns:
    """What waits to be sent, chat by chat."""

    def __init__(self, clock: Clock, limits: Mapping[str, Limits]) -> None:
        """``limits`` of each channel."""
        self._clock = clock
        self.paces = {name: Pace(one) for name, one in limits.items()}
        self.busy: set[int] = set()
        """Chats that are being spoken to."""
        self.ready: list[tuple[Turn, int]] = []
        """Chats that may be, the most urgent first."""
        self._rows: dict[int, Pending] = {}
        self._queues: dict[int, list[Turn]] = {}
        self._order = count()
        self._later: dict[int, float] = {}
        self._since: dict[int, float] = {}

    def offer(self, row: Pending) -> None:
        """Take up a message; one about danger waits for nothing that was refused before."""
        self._rows[row.id] = row
        heappush(self._queues.setdefault(row.chat, []), self._turn(row))
        if row.rank == EMERGENCY:
            self._later.pop(row.chat, None)
        self._activate(row.chat)

    def next(self) -> Pending | None:
        """The most urgent message whose chat may be spoken to now; the chat is busy with it until :meth:`over`."""
        now = self._clock.monotonic()
        for chat in [chat for chat, at in self._later.items() if at <= now]:
            del self._later[chat]
            self._activate(chat)
        while self.ready:
            turn, chat = heappop(self.ready)
            waiting = self._queues.get(chat)
            if not waiting or waiting[0] != turn or chat in self.busy or chat in self._later:
                continue
            row = self._rows.get(turn[2])
            if row is None:
                heappop(waiting)
                self._activate(chat)
            elif not self._must_wait(row, now):
                heappop(waiting)
                self.busy.add(chat)
                return row
        return None

    def over(self, chat: int) -> None:
        """The chat was spoken to."""
        self.busy.discard(chat)
        self._activate(chat)

    def done(self, row: Pending) -> None:
        """This version is done with; a newer one stays."""
        self._since.pop(row.chat, None)
        if self._rows.get(row.id, row).version == row.version:
            self._rows.pop(row.id, None)

    def put_back(self, row: Pending) -> None:
        """It is to be sent once more, unless a newer version waits."""
        if self._rows.get(row.id, row).version == row.version:
            self._rows[row.id] = row
            heappush(self._queues.setdefault(row.chat, []), self._turn(row))

    def hold(self, chat: int, until: float) -> None:
        """This chat alone waits so long."""
        self._since.setdefault(chat, self._clock.monotonic())
        self._later[chat] = until

    @property
    def free_at(self) -> float | None:
        """The moment at which the first waiting chat is free."""
        return min(self._later.values(), default=None)

    @property
    def sendable(self) -> int:
        """In how many chats something is being sent, or could be at this moment."""
        now = self._clock.monotonic()
        return len(self.busy) + len(self.ready) + sum(at <= now for at in self._later.values())

    @property
    def held(self) -> int:
        """How many chats wait for a later moment: limits, a 429, a fault."""
        return sum(at > self._clock.monotonic() for at in self._later.values())

    @property
    def longest_held(self) -> float:
        """Seconds for which some chat has been waiting without a message getting through."""
        now = self._clock.monotonic()
        return max((now - self._since.get(chat, now) for chat in self._later), default=0.0)

    def _turn(self, row: Pending) -> Turn:
        """When it is a message's turn: by class, then as it was offered; a card that changes on and on goes before nobody."""
        return row.rank, row.id if row.rank == EMERGENCY else next(self._order), row.id

    def _activate(self, chat: int) -> None:
        """A chat whose turn it may be."""
        waiting = self._queues.get(chat)
        if waiting and chat not in self.busy and chat not in self._later:
            heappush(self.ready, (waiting[0], chat))

    def _must_wait(self, row: Pending, now: float) -> bool:
        """Whether the platform's limits hold this chat back; then it is looked at again in time."""
        pace = self.paces.get(row.channel)
        free = pace.free_at(row.chat, row.group, now, _reserve(row)) if pace else now
        if free > now:
            self.hold(row.chat, free)
        return free > now


def _reserve(row: Pending) -> float:
    """The part of each limit that this message leaves to those before it: danger may use all, a card in a group most."""
    if row.rank == EMERGENCY:
        return 0.0
    if row.rank == ANSWER:
        return (CARD_LEAVES if row.key is not None else LATER_LEAVES) if row.group else 0.0
    return LATER_LEAVES
