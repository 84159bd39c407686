"""Telegram's limits, measured in sliding windows of the clock it is given."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Window:
    """At most ``count`` messages in any stretch of ``seconds``."""

    count: int
    seconds: float


OVERALL = (Window(30, 1),)
CHAT = (Window(3, 1), Window(5, 3), Window(12, 10))
"""One a second, with the short burst that Telegram tolerates."""
GROUP = (*CHAT, Window(20, 60))


class Limits:
    """What was let through, per chat and in all."""

    def __init__(self, enabled: bool = True) -> None:
        self.enabled = enabled
        self._times: dict[int | None, list[datetime]] = defaultdict(list)

    def wait(self, chat: int, group: bool, now: datetime) -> int:
        """0, or the whole seconds after which it may be tried again."""
        if not self.enabled:
            return 0
        scopes = ((None, OVERALL), (chat, GROUP if group else CHAT))
        waits = [self._wait(scope, window, now) for scope, windows in scopes for window in windows]
        return max(1, math.ceil(max(waits))) if max(waits) > 0 else 0

    def count(self, chat: int, now: datetime) -> None:
        """A message or an edit went through."""
        if self.enabled:
            for scope in (None, chat):
                self._times[scope] = [*(at for at in self._times[scope] if now - at < timedelta(minutes=2)), now]

    def _wait(self, scope: int | None, window: Window, now: datetime) -> float:
        since = now - timedelta(seconds=window.seconds)
        inside = [at for at in self._times[scope] if at > since]
        if len(inside) < window.count:
            return 0.0
        return (inside[-window.count] - since).total_seconds()


def most(times: list[datetime], seconds: float) -> int:
    """The largest number of these times within any half-open stretch of that length."""
    times = sorted(times)
    span = timedelta(seconds=seconds)
    best = start = 0
    for end, at in enumerate(times):
        while at - times[start] >= span:
            start += 1
        best = max(best, end - start + 1)
    return best
