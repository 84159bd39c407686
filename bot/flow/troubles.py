"""What is wrong with the service itself: for ``/health``, for the figures, and for the people who must do something.

What lasts is looked at each time (a sender that is held, a full disk); what happened once (a jump of the clock, a gap, an
event put aside) stands there for ten minutes. Each is counted, and the desk is told once.
"""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.flow.clock import Clock

LOG = logging.getLogger(__name__)
STANDS = 600.0
"""Seconds for which something that happened makes the service call itself unwell."""
HELD = 60.0
"""Seconds that a chat may be held back without a message getting through."""
SPINNING = 10.0
"""Seconds of the machine that one piece of work may hold the writer."""
ROOM = 50_000_000
"""Bytes that must be free beside the database."""
KINDS = ("clock", "gap", "disk", "watchdog", "held", "tick", "writer", "aside", "conflict")
"""Everything that can be wrong."""
TOLD = ("clock", "gap", "disk", "watchdog", "held", "tick", "writer")
"""What the desk hears of from here; the others are told where they happen."""


class Troubles:
    """What happened, and what lasts."""

    def __init__(self, clock: Clock, folder: Path) -> None:
        """All is well."""
        self._clock, self._folder = clock, folder
        self._happened: dict[str, float] = {}
        self._standing: frozenset[str] = frozenset()
        self.lasting: Mapping[str, Callable[[], bool]] = {}
        """Kind → whether it is so now."""
        self.counts: Counter[str] = Counter()
        self.untold: set[str] = set()
        """Kinds that the desk is still to be told of."""

    def happened(self, kind: str, why: str = "") -> None:
        """Something happened just now."""
        LOG.error("trouble: %s%s", kind, f" ({why})" if why else "")
        self._happened[kind] = self._clock.monotonic()
        self._begun(kind)

    def _begun(self, kind: str) -> None:
        self.counts[kind] += 1
        if kind in TOLD:
            self.untold.add(kind)

    def look(self) -> None:
        """Once in a while: what lasts now that did not before?"""
        now = frozenset(kind for kind, is_so in self.lasting.items() if is_so())
        for kind in now - self._standing:
            LOG.error("trouble: %s", kind)
            self._begun(kind)
        for kind in self._standing - now:
            LOG.warning("trouble over: %s", kind)
        self._standing = now

    def reasons(self) -> list[str]:
        """Why the service is not well; empty when it is."""
        since = self._clock.monotonic() - STANDS
        recent = {kind for kind, at in self._happened.items() if at >= since}
        return sorted(recent | {kind for kind, is_so in self.lasting.items() if is_so()})

    def no_room(self) -> bool:
        """Whether the disk is nearly full."""
        try:
            return shutil.disk_usage(self._folder).free < ROOM
        except OSError:
            return True
