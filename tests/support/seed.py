"""A process in which the service is read and warmed, and that divides: each child runs one command of the command line.

Reading code and words takes seconds of a processor, and tests start the service hundreds of times. A child is a process
of its own in all that tests do to it; ``make soak`` starts every one from nothing.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import select
import signal
import socket
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

MOST = 1 << 20
"""Bytes of one request."""
DIE_WITH_PARENT = (1, signal.SIGKILL)
"""PR_SET_PDEATHSIG: the kernel ends it when the one who started it is gone."""


def grow() -> None:
    """Read everything that a service needs."""
    from bot import app, cli, listening, service, tryout  # noqa: F401
    from bot.flow.warming import warm
    from models.meaning import Context, Lexicon

    warm(Context(datetime.now(UTC), Lexicon()))


def serve(door: socket.socket) -> dict[str, Any] | None:
    """Divide for whoever asks, and tell who ended; returns in each child with what was asked."""
    ends, bell = os.pipe()
    os.set_blocking(bell, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(bell)
    while True:
        ready = select.select([door, ends], [], [])[0]
        if ends in ready:
            os.read(ends, 512)
            _tell_ends(door)
        if door in ready:
            words, files, _, _ = socket.recv_fds(door, MOST, 2)
            if not words:
                sys.exit(0)
            if (asked := _divide(door, json.loads(words), files)) is not None:
                os.close(ends)
                os.close(bell)
                return asked


def _tell_ends(door: socket.socket) -> None:
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            door.send(json.dumps({"ended": ended[0], "code": os.waitstatus_to_exitcode(ended[1])}).encode())


def _divide(door: socket.socket, asked: dict[str, Any], files: list[int]) -> dict[str, Any] | None:
    """What was asked, in the child."""
    number = os.fork()
    if number:
        for file in files:
            os.close(file)
        door.send(json.dumps({"begun": number}).encode())
        return None
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    door.close()
    for number, file in enumerate(files, start=1):
        os.dup2(file, number)
        os.close(file)
    return asked


def become(asked: dict[str, Any]) -> None:
    """Run the command in the place, with the environment and the rights that were asked for."""
    os.setsid()
    ctypes.CDLL(None).prctl(*DIE_WITH_PARENT)
    os.chdir(asked["folder"])
    os.umask(asked["umask"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    random.seed()
    sys.argv = ["linsheng", *asked["words"]]
    from bot import cli

    cli.main()


if __name__ == "__main__":  # it ends with the other end of its line, not with the thread that happened to start it
    grow()
    if (wanted := serve(socket.socket(fileno=int(sys.argv[1])))) is not None:
        become(wanted)
