"""How far each event has got, for whoever starts after a kill: what is being worked, and what left, in two small files.

What stands in the first may have caused the kill; what stands in the second was sent, and the database is told later, in groups.
Lines are ``[event, 1]`` when work begins and ``[event, 0]`` when it ends; ``[id, version, message]`` when a message left. A file
is emptied when nothing in it counts any more. The steps have names, and a test may end the process at one:

fetched ──► stored ──► taken ──► committed ──► sent ──► marked
from the    in the     by its    with its      to the   in the
platform    inbox      lane      messages      platform database

``alarmed`` lies between fetched and stored: a danger is in the alarm file, and nobody was told yet. A recording passes
three more between taken and committed: ``decoding`` and ``recognizing`` while a child works on it, ``heard`` when its words are
stored and nobody has answered them.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
from pathlib import Path

from bot.keeping import sidefiles

SHAPE = r"((fetched|alarmed|stored|taken|decoding|recognizing|heard|committed|sent|marked):\d{1,6}:(KILL|TERM))?"
"""``sent:5:KILL``: the fifth time that something is sent, this process gets that signal."""
_left: dict[str, int] = {}
_signal: dict[str, int] = {}


def arm(text: str) -> None:
    """From now on the named step counts; called only where the test's clock is on."""
    if re.fullmatch(SHAPE, text) and text:
        step, times, name = text.split(":")
        _left[step], _signal[step] = int(times), getattr(signal, f"SIG{name}")


def passed(step: str) -> None:
    """Something got as far as this."""
    if step in _left:
        _left[step] -= 1
        if _left[step] == 0:
            os.kill(os.getpid(), _signal[step])


# ---------------------------------------------------------------- what is being worked

LONGEST = 1 << 20
"""Bytes after which the file is written anew."""


class Begun:
    """An append-only file; a write survives the process, not the power, which no event can cut."""

    def __init__(self, path: Path) -> None:
        """Open or create the file; :attr:`before` is what was under way when the last process ended."""
        open_then: dict[int, None] = {}
        for number, begun in sidefiles.read(path, _event):
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


def _event(line: str) -> tuple[int, int]:
    if line.startswith("[") and not line.endswith("]"):
        return 0, 0  # torn: the process ended while it was written, before the work began
    number, begun = json.loads(line)
    if type(number) is not int or begun not in (0, 1):
        raise ValueError("no event")
    return number, begun


# ---------------------------------------------------------------- what left

LARGEST = 1 << 62
"""No number is that large."""


class Journal:
    """An append-only file; a write survives the process, not the power."""

    def __init__(self, path: Path) -> None:
        """Open or create the file, readable by its owner only; what a stranger left there is moved aside."""
        self._left = sidefiles.read(path, _message)
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


def _message(line: str) -> tuple[int, int, str] | None:
    """A whole line; a torn one was never finished. Raises for what was never one of ours."""
    if line.startswith("[") and not line.endswith("]"):
        return None
    outgoing, version, message = json.loads(line)
    if not all(type(one) is int and 0 < one < LARGEST for one in (outgoing, version)):
        raise ValueError("no numbers")
    return outgoing, version, str(message)[:200]
