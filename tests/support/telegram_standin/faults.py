"""What may go wrong between a client and the Bot API, injected by kind, method, chat, number of times or time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

KINDS = (
    "status",  # refused with an HTTP status, nothing processed
    "status_after",  # processed, then an HTTP status all the same
    "retry_after",  # 429 with parameters
    "hang",  # read, never answered, nothing processed
    "hang_after",  # processed, never answered
    "cut",  # the connection is cut, nothing processed
    "cut_after",  # processed, then cut
    "garbage",  # processed, the answer is not JSON
    "shapeless",  # processed, the answer is JSON without a result
)


@dataclass
class Fault:
    """One injected fault; ``times`` None lasts until ``until`` or until it is cleared."""

    kind: str
    method: str = "*"
    chat: int | None = None
    times: int | None = 1
    until: datetime | None = None
    status: int = 502
    seconds: int = 3
    hits: int = 0

    def __post_init__(self) -> None:
        assert self.kind in KINDS, self.kind

    def fits(self, method: str, chat: int | None, now: datetime) -> bool:
        """Whether it strikes this call."""
        if self.times == 0 or (self.until is not None and now >= self.until):
            return False
        return self.method in ("*", method) and self.chat in (None, chat)

    def strike(self) -> None:
        """Count a hit."""
        self.hits += 1
        if self.times is not None:
            self.times -= 1


class Faults:
    """The faults in force, oldest first."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """From now on."""
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """All is well again."""
        self._faults.clear()

    def next(self, method: str, chat: int | None, now: datetime) -> Fault | None:
        """The fault that strikes this call, counted."""
        for fault in self._faults:
            if fault.fits(method, chat, now):
                fault.strike()
                return fault
        return None
