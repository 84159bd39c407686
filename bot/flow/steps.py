"""The named steps of an event's way; a test may end the process at one, otherwise passing them does nothing.

fetched ──► stored ──► taken ──► committed ──► sent ──► marked
from the    in the     by its    with its      to the   in the
platform    inbox      lane      messages      platform database

``alarmed`` lies between fetched and stored: a danger is in the alarm file, and nobody was told yet. A recording passes
three more between taken and committed: ``decoding`` and ``recognizing`` while a child works on it, ``heard`` when its words are
stored and nobody has answered them.
"""

from __future__ import annotations

import os
import re
import signal

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
