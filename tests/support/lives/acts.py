"""What somebody did in a life, so that it can be done again: the same life, or a shorter one with the same fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Act:
    """One thing that happens from outside, at a moment."""

    at: datetime
    kind: str
    """say, press, kill, restart, down, back, gone, look."""
    account: str = ""
    chat: str = ""
    words: str = ""
    """What is said, or the label of the button."""
    data: str = ""
    """What the button carried the first time."""
    span: timedelta = timedelta()
    """How long the process is down, or how far the clock is set back."""

    def __str__(self) -> str:
        """As a line of a report."""
        where = "" if self.chat == self.account else f"@{self.chat}"
        mark = {"say": ">", "press": "!"}.get(self.kind, "==")
        told = f" {self.span}" if self.span else ""
        return f"{self.at.astimezone(ZONE):%m-%d %H:%M} {self.account}{where} {mark} {self.words or self.kind}{told}".replace(
            "  ", " "
        )

    @property
    def verb(self) -> str:
        """What the button does."""
        return self.data.split(":")[0]


def without(acts: Sequence[Act], start: int, count: int) -> list[Act]:
    """A life in which some of it did not happen."""
    return [*acts[:start], *acts[start + count :]]
