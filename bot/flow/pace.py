"""How fast a channel may be spoken to: per chat, per group and in all, in sliding windows.

Moments are seconds of a clock that is never set: one set back would hold everybody until it catches up.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass


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
    """The last messages that count for one limit."""

    def __init__(self, limit: Limit) -> None:
        """Begin empty."""
        self._limit = limit
        self._times: deque[float] = deque(maxlen=limit.count)

    def free_at(self, now: float, reserve: float = 0.0) -> float:
        """The first moment at which one more is allowed to somebody who leaves this part of the window free."""
        allowed = self._limit.count - int(self._limit.count * reserve)
        if len(self._times) < allowed:
            return now
        return max(now, self._times[-allowed] + self._limit.seconds)

    def count(self, now: float) -> None:
        """One is being sent."""
        self._times.append(now)

    def move(self, begun: float, ended: float) -> None:
        """It was under way until now."""
        if begun in self._times:
            self._times.remove(begun)
            self._times.append(ended)


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

    def count(self, chat: int, group: bool, now: float) -> None:
        """One is being sent to this chat."""
        for window in self._windows(chat, group):
            window.count(now)

    def move(self, chat: int, group: bool, begun: float, ended: float) -> None:
        """What began then ended now: it may have arrived as late as this."""
        for window in self._windows(chat, group):
            window.move(begun, ended)

    def _windows(self, chat: int, group: bool) -> list[Window]:
        windows = [self._overall] if self._overall else []
        for name, limit in (("chat", self._limits.chat), ("group", self._limits.group if group else None)):
            if limit is not None:
                windows.append(self._chats.setdefault((chat, name), Window(limit)))
        return windows
