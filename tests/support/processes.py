"""Processes that tests start: none outlives its test, nor the one who runs the tests, however either ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Any

CLI = """
import ctypes, runpy
try:
    ctypes.CDLL(None).prctl(1, 9)
except (AttributeError, OSError):
    pass
runpy.run_module("bot.cli", run_name="__main__", alter_sys=True)
"""
"""``python -m bot.cli``, ended by the kernel (PR_SET_PDEATHSIG, SIGKILL) when the one who started it is gone."""
_started: list[subprocess.Popen[str]] = []


def linsheng(*arguments: str, **how: Any) -> subprocess.Popen[str]:
    """Start the command line, in a process group of its own so that its children end with it."""
    command = [sys.executable, "-c", CLI, *arguments]
    process = subprocess.Popen(command, text=True, start_new_session=True, **how)
    _started.append(process)
    return process


def end_all() -> list[int]:
    """Kill what still runs, children too; returns the numbers of those that had not ended by themselves."""
    left = [process for process in _started if process.poll() is None]
    for process in _started:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    _started.clear()
    return [process.pid for process in left]
