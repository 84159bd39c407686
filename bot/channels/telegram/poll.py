"""The poll loop: ask, store, and only then confirm by asking behind what was stored.

    ask(offset) ──► page ──► bring(page) ──► stored? ──yes──► offset = last + 1, ask again (this confirms the page)
        ▲                                      │
        └──── the same offset, after a pause ◄─no

The first question has no offset, so that everything unconfirmed comes again after a crash. An empty page drops the
offset: all before it is confirmed, and update ids may restart anywhere after an idle week (an offset of the old row
would then either confirm what was never seen, or ask for the same head for ever).
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from telegram.error import Conflict, InvalidToken, RetryAfter

from bot.channels.telegram.errors import FAULTS, TOKEN_PAUSE, reason, retry_after
from bot.flow import underway

if TYPE_CHECKING:
    from bot.flow.clock import Clock

Raw: TypeAlias = Mapping[str, Any]
Ask: TypeAlias = Callable[[int | None], Awaitable[Any]]
Bring: TypeAlias = Callable[[Sequence[Raw]], Awaitable[bool]]
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
CONFLICT_PAUSES = (10.0, 30.0, 60.0, 120.0, 300.0)
REFUSED_PAUSE = 1.0
"""Seconds before a page that could not be stored is asked for again."""
TOLD = 3600.0
"""A lasting conflict is told again after so many seconds."""
_log = logging.getLogger(__name__)


class Trouble:
    """Failures in a row: how long to wait, and one line in the log when they begin and one when they end."""

    def __init__(self, clock: Clock) -> None:
        """No trouble yet."""
        self._clock = clock
        self._failures = 0
        self._last = ""

    async def wait(self, error: Exception, pauses: Sequence[float] = PAUSES) -> None:
        """Pause longer from failure to failure; a refused token and a named wait have their own length."""
        cause = reason(error)
        if cause != self._last:
            self._tell(error, cause)
        pause = pauses[min(self._failures, len(pauses) - 1)]
        if isinstance(error, RetryAfter):
            pause = retry_after(error)
        elif isinstance(error, InvalidToken):
            pause = TOKEN_PAUSE
        self._failures, self._last = self._failures + 1, cause
        await self._clock.sleep(pause)

    def over(self) -> None:
        """It worked."""
        if self._failures:
            _log.info("telegram: working again after %d failures", self._failures)
        self._failures, self._last = 0, ""

    def _tell(self, error: Exception, cause: str) -> None:
        if isinstance(error, InvalidToken):
            _log.error("telegram: the token is refused (unauthorised); correct it in the configuration")
        else:
            _log.warning("telegram: no answer (%s), trying on", cause)


class Poller:
    """Asks for updates until cancelled; no fault ends it."""

    def __init__(self, ask: Ask, bring: Bring, conflict: Callable[[], Awaitable[None]], clock: Clock) -> None:
        """``bring`` says whether the page is stored; ``conflict`` tells that another program polls with this token."""
        self._ask = ask
        self._bring = bring
        self._conflict = conflict
        self._clock = clock
        self._trouble = Trouble(clock)
        self._offset: int | None = None
        self._told: float | None = None
        self.reached = clock.monotonic()
        """When the platform answered last."""

    async def run(self) -> None:
        """For ever."""
        while True:
            await self.step()

    async def step(self) -> None:
        """One question and what follows from its answer."""
        try:
            page = readable(await self._ask(self._offset))
        except Conflict as error:
            await self._tell()
            await self._trouble.wait(error, CONFLICT_PAUSES)
            return
        except FAULTS as error:
            await self._trouble.wait(error)
            return
        self._trouble.over()
        self.reached = self._clock.monotonic()
        if page:
            underway.passed("fetched")
        if not page:
            self._offset = None
        elif await self._bring(page):
            self._offset = max(raw["update_id"] for raw in page) + 1
        else:
            await self._clock.sleep(REFUSED_PAUSE)

    async def _tell(self) -> None:
        now = self._clock.monotonic()
        if self._told is None or now - self._told >= TOLD:
            await self._conflict()
            self._told = now


def readable(page: Any) -> list[Raw]:
    """The updates of a page that have a number; raises ``ValueError`` when it is no page."""
    if not isinstance(page, list):
        raise ValueError("not a page of updates")
    return [raw for raw in page if isinstance(raw, dict) and isinstance(raw.get("update_id"), int)]
