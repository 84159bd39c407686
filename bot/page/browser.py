"""One open window of the page, and how far it may lag behind."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

BEHIND = 2000
"""Messages a browser may lag behind before it is let go; it comes back and reads the history."""


@dataclass(eq=False)
class Browser:
    """One open window."""

    waiting: asyncio.Queue[dict[str, Any] | None] = field(default_factory=lambda: asyncio.Queue(BEHIND))

    def tell(self, message: dict[str, Any] | None) -> None:
        """Queue a message, None to close; a window that lags too far behind is closed."""
        if self.waiting.full():
            self.waiting = asyncio.Queue(BEHIND)
            message = None
        self.waiting.put_nowait(message)
