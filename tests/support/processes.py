"""Processes that tests start: none outlives its test, nor the one who runs the tests, however either ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from tests.support.seed import MOST

ROOT = Path(__file__).parents[2]
COLD = bool(os.environ.get("SOAK")) or not hasattr(socket, "send_fds")
"""Whether every process begins from nothing, as it does for users."""
CLI = """
import ctypes, runpy
try:
    ctypes.CDLL(None).prctl(1, 9)
except (AttributeError, OSError):
    pass
runpy.run_module("bot.cli", run_name="__main__", alter_sys=True)
"""
"""``python -m bot.cli``, ended by the kernel (PR_SET_PDEATHSIG, SIGKILL) when the one who started it is gone."""


class Seed:
    """The process that divides (:mod:`tests.support.seed`), and what it told of its children."""

    def __init__(self) -> None:
        """Start it; it goes when this end of the line is closed."""
        self._line, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "tests.support.seed", str(far.fileno())]
        self._process = subprocess.Popen(command, cwd=ROOT, pass_fds=[far.fileno()], start_new_session=True)
        far.close()
        self._told, self._codes = threading.Lock(), dict[int, int]()

    def start(self, asked: Mapping[str, Any], files: list[int]) -> int:
        """The number of a new child."""
        with self._told:
            socket.send_fds(self._line, [json.dumps(asked).encode()], files)
            while "begun" not in (told := self._hear(None)):
                pass
            return int(told["begun"])

    def code(self, number: int, seconds: float | None) -> int | None:
        """The exit code of a child, once it ended within this time; None waits for ever."""
        with self._told, suppress(TimeoutError, BlockingIOError):
            while number not in self._codes:
                self._hear(seconds)
        return self._codes.get(number)

    def _hear(self, seconds: float | None) -> dict[str, int]:
        self._line.settimeout(seconds)
        told: dict[str, int] = json.loads(self._line.recv(MOST))
        if "ended" in told:
            self._codes[told["ended"]] = told["code"]
        return told


class Child(subprocess.Popen[str]):
    """A child of the seed, to be held like any process that was started."""

    def __init__(self, seed: Seed, asked: Mapping[str, Any], error: int) -> None:
        """Start it; its words are read from ``stdout``."""
        self._child_created = False  # nothing of it is ours to be waited for
        self._seed, self.args, self.returncode = seed, asked["words"], None
        self.stdin = self.stderr = None
        ours, its = os.pipe()
        self.stdout: IO[str] = os.fdopen(ours, encoding="utf-8")
        try:
            self.pid = seed.start(asked, [its, error])
        finally:
            os.close(its)

    def poll(self) -> int | None:
        """Its exit code, when it has ended."""
        if self.returncode is None:
            self.returncode = self._seed.code(self.pid, 0.0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code; raises :class:`subprocess.TimeoutExpired`."""
        if self.returncode is None:
            self.returncode = self._seed.code(self.pid, timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0.0)
        return self.returncode


_started: list[subprocess.Popen[str]] = []
_seeds: list[Seed] = []


def linsheng(*words: str, **how: Any) -> subprocess.Popen[str]:
    """Start the command line, in a process group of its own so that its children end with it."""
    if COLD or not _is_plain(**how):
        process = subprocess.Popen([sys.executable, "-c", CLI, *words], text=True, start_new_session=True, **how)
    else:
        process = _child(words, **how)
    _started.append(process)
    return process


def _is_plain(env: Mapping[str, str], **how: Any) -> bool:
    """Whether a child can stand for it: no other code than ours, no limits, its words to us and its faults to a file."""
    ours = env.get("PYTHONPATH") == str(ROOT) and not how.get("preexec_fn")
    return ours and how.get("stdout") == subprocess.PIPE and how.get("stderr") != subprocess.PIPE


def _child(words: tuple[str, ...], env: Mapping[str, str], cwd: Path | None = None, **how: Any) -> Child:
    if not _seeds:
        _seeds.append(Seed())
    os.umask(umask := os.umask(0))
    asked = {"words": words, "environment": dict(env), "folder": str(cwd or Path.cwd()), "umask": umask}
    error = how.get("stderr")
    return Child(_seeds[0], asked, error.fileno() if error is not None else 2)


def end_all() -> list[int]:
    """Kill what still runs, children too; returns the numbers of those that had not ended by themselves."""
    left = [process for process in _started if process.poll() is None]
    for process in _started:
        process.kill()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    _started.clear()
    return [process.pid for process in left]
