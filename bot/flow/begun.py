"""Which events are being worked at this moment, in a small file: what stands there after a kill may have caused it.

A line is ``[event, 1]`` when work on it begins and ``[event, 0]`` when it ends; the file is emptied when nothing is under way.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from bot.keeping import sidefiles

LONGEST = 1 << 20
"""Bytes after which the file is written anew."""


class Begun:
    """An append-only file; a write survives the process, not the power, which no event can cut."""

    def __init__(self, path: Path) -> None:
        """Open or create the file; :attr:`before` is what was under way when the last process ended."""
        open_then: dict[int, None] = {}
        for number, begun in sidefiles.read(path, _parsed):
            if begun:
                open_then[number] = None
            else:
                open_then.pop(number, None)
        self.before = frozenset(open_then)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self._now: set[int] = set()

    def begin(self, event: int) -> None:
        """Work on it begins."""
        self._now.add(event)
        self._write(event, 1)

    def end(self, event: int) -> None:
        """It is done with, for now."""
        self._now.discard(event)
        if not self._now:
            self._empty()
        else:
            self._write(event, 0)

    def counted(self) -> None:
        """The database knows what was under way before."""
        self._empty()

    def close(self) -> None:
        """An end in peace: nothing was under way that could have caused it."""
        self._empty()
        os.close(self._file)

    def _empty(self) -> None:
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, 0)
            for event in self._now:
                self._write(event, 1)

    def _write(self, event: int, begun: int) -> None:
        with contextlib.suppress(OSError):
            os.write(self._file, f"[{event}, {begun}]\n".encode())
            if begun and os.lseek(self._file, 0, os.SEEK_END) > LONGEST:
                self._empty()


def _parsed(line: str) -> tuple[int, int]:
    if line.startswith("[") and not line.endswith("]"):
        return 0, 0  # torn: the process ended while it was written, before the work began
    number, begun = json.loads(line)
    if type(number) is not int or begun not in (0, 1):
        raise ValueError("no event")
    return number, begun
