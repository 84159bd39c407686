"""The service's side of decoding: keeps the nursery alive and asks it for one child per note."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from bot.flow import underway
from bot.hearing.decode import Limits, Sound

_LOADING = 60.0
"""Seconds that loading may take before it is tried all the same."""
_GRACE = 2.0
"""Seconds that a child may take longer than its limit before it is given up."""


class Nursery:
    """Decodes files in children that are gone afterwards; started with the first file, and again when it died."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: asyncio.subprocess.Process | None = None
        self._channel: socket.socket | None = None
        self._starting = asyncio.Lock()
        self._loading: asyncio.Task[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The nursery's process, whose children decode."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Start the process if it does not run; returns before it is ready."""
        async with self._starting:
            if self._answers():
                return
            await self._end()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            read, ready = os.pipe()
            with theirs:
                self._process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    "-m",
                    "bot.hearing.decode",
                    str(theirs.fileno()),
                    str(ready),
                    pass_fds=[theirs.fileno(), ready],
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=asyncio.subprocess.DEVNULL,
                    stderr=asyncio.subprocess.DEVNULL,
                )
            os.close(ready)
            self._channel, self._loading = ours, asyncio.create_task(_read_all(read))

    def _answers(self) -> bool:
        """Whether the process still holds its end of the channel; its exit status is known only later."""
        if self._channel is None:
            return False
        try:
            return self._channel.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    async def decode(self, path: Path) -> Sound:
        """The sound of a file; a child or nursery that dies in the middle is tried once more."""
        for _ in range(2):
            await self.start()
            await self._loaded()
            sound = await self._once(path)
            if sound:
                return sound
        return Sound(error="broken")

    async def _loaded(self) -> None:
        """Wait until the process can fork: on a busy machine that takes longer than many a note."""
        if self._loading:
            await asyncio.wait({self._loading}, timeout=_LOADING)

    async def _once(self, path: Path) -> Sound | None:
        """One try; None when the process died."""
        try:
            source = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return Sound(error="broken")
        try:
            answer = self._ask(source)
        except OSError:
            return None
        underway.passed("decoding")
        try:
            return _sound(await asyncio.wait_for(_read_all(answer), self._limits.seconds + _GRACE))
        except TimeoutError:
            return Sound(error="timeout")

    def _ask(self, source: int) -> int:
        """Send the open file and the writing end of a pipe; the reading end is returned."""
        read, write = os.pipe()
        try:
            assert self._channel is not None
            socket.send_fds(self._channel, [json.dumps(asdict(self._limits)).encode()], [source, write])
        except OSError:
            os.close(read)
            raise
        finally:
            os.close(source)
            os.close(write)
        return read

    async def _end(self) -> None:
        """End the process, if it has not ended by itself."""
        if self._channel:
            self._channel.close()
            self._channel = None
        if self._loading:
            self._loading.cancel()
            self._loading = None
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):  # os.kill, as Process.kill() would race with asyncio for the exit status
                os.kill(self._process.pid, signal.SIGKILL)
            await self._process.wait()

    async def close(self) -> None:
        """End the process; its children end by their own limits."""
        async with self._starting:
            await self._end()


async def _read_all(read: int) -> bytes:
    """Everything that comes through a pipe until it is closed."""
    loop, reader = asyncio.get_running_loop(), asyncio.StreamReader()
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(read, "rb"))
    try:
        return await reader.read()
    finally:
        transport.close()


def _sound(answer: bytes) -> Sound | None:
    """The child's answer, or None if it was cut off."""
    head, _, samples = answer.partition(b"\n")
    try:
        fields = json.loads(head)
    except ValueError:
        return None
    if fields.pop("samples") != len(samples):
        return None
    return Sound(**{**fields, "samples": samples})
