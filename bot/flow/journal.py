"""A small file of messages that left: written the moment they did, so that a killed process repeats at most one.

The database is told later, in groups. A line is ``[id, version, message]``; the file is emptied once all is told.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from bot.keeping import sidefiles

LARGEST = 1 << 62
"""No number is that large."""


class Journal:
    """An append-only file; a write survives the process, not the power."""

    def __init__(self, path: Path) -> None:
        """Open or create the file, readable by its owner only; what a stranger left there is moved aside."""
        self._left = sidefiles.read(path, _parsed)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self._open = 0

    def left(self) -> list[tuple[int, int, str]]:
        """What left before the process ended: id, version and the channel's id of each message."""
        return [one for one in self._left if one]

    def write(self, outgoing: int, version: int, message: str) -> None:
        """A message left just now; on a full disk only the database will hear of it."""
        self._open += 1
        with contextlib.suppress(OSError):
            os.write(
                self._file, ("\n" + json.dumps([outgoing, version, message]) + "\n").encode()
            )  # a torn line ends here

    def told(self, count: int) -> None:
        """So many of them are in the database now."""
        self._open -= count
        if self._open == 0:
            self.clear()

    def clear(self) -> None:
        """Everything is in the database."""
        os.ftruncate(self._file, 0)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)


def _parsed(line: str) -> tuple[int, int, str] | None:
    """A whole line; a torn one was never finished. Raises for what was never one of ours."""
    if line.startswith("[") and not line.endswith("]"):
        return None
    outgoing, version, message = json.loads(line)
    if not all(type(one) is int and 0 < one < LARGEST for one in (outgoing, version)):
        raise ValueError("no numbers")
    return outgoing, version, str(message)[:200]
