"""The child's side of an engine: a fault inside the engine ends this process alone.

Requests and answers are one line of JSON each; a request's line is followed by its samples. The first line out says
that the model is loaded, or why it cannot be. As many notes are heard at once as the engine has threads for.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import IO, Any, Protocol

RATE = 16000


class Ear(Protocol):
    """A loaded model."""

    at_once: int
    """Notes that it hears side by side."""

    def hear(self, samples: bytes, phrases: list[str]) -> dict[str, Any]:
        """``words`` of 16 kHz samples (dicts of word, conf, start, end); ``alternative`` where it can listen for phrases."""


Open = Callable[[Path, int], Ear]
"""Loads a model for so many threads."""


class Desk:
    """Takes requests, lets the ear hear them in its threads and writes the answers."""

    def __init__(self, ear: Ear, out: IO[str]) -> None:
        self._ear, self._out, self._lock = ear, out, Lock()
        self._pool = ThreadPoolExecutor(ear.at_once)

    def say(self, answer: Mapping[str, Any]) -> None:
        """Write one line."""
        with self._lock:
            self._out.write(json.dumps(answer, ensure_ascii=False) + "\n")
            self._out.flush()

    def serve(self, source: IO[bytes]) -> None:
        """Take requests until the source ends."""
        while line := source.readline():
            request = json.loads(line)
            self._pool.submit(self._answer, request, source.read(request["size"]))

    def _answer(self, request: Mapping[str, Any], samples: bytes) -> None:
        try:
            heard = self._ear.hear(samples, request["grammar"])
        except Exception as error:
            heard = {"words": [], "fault": type(error).__name__}
        self.say({"id": request["id"], **heard})


def main(open_ear: Open, fault_of: Callable[[Path], str | None]) -> None:
    """Load the model and serve standard input and output; whatever the engine prints goes to standard error."""
    model, threads = Path(sys.argv[1]), int(sys.argv[2])
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    fault, ear = fault_of(model), None
    try:
        ear = None if fault else open_ear(model, threads)
    except ImportError:
        fault = "package"
    except Exception:
        fault = "broken"
    if ear is None:
        out.write(json.dumps({"fault": fault}) + "\n")
        return
    desk = Desk(ear, out)
    desk.say({"ready": True})
    desk.serve(sys.stdin.buffer)
    os._exit(0)
