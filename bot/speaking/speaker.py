"""Speaking as the rest of the house sees it: a text in, the file of a voice note out, made once for each text and speed."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from bot.speaking import voices, wording
from bot.speaking.manner import Manner

LONGEST = 60.0
"""Seconds of one voice note; messengers refuse more."""
_PATIENCE = 90.0
"""Seconds after which the child counts as hanging; a fetched voice needs half as long as it speaks."""
_PREFIX, _PLAIN = "aloud-", Manner()


class Mute(Exception):
    """Nothing can be spoken here; a key says why: ``package``, ``empty``, ``broken``."""


class Speaker:
    """A child that speaks, started with the first text and again when it died."""

    def __init__(self, folder: Path, *commands: Sequence[str]) -> None:
        """Voice notes are kept in ``folder``, whose files go when a person is erased and after a day.

        The first of the commands speaks, the next one where it cannot; without any, espeak-ng where it is installed.
        """
        self._folder = folder
        self._commands = [tuple(command) for command in commands or voices.commands()]
        self._process: asyncio.subprocess.Process | None = None
        self._running: Sequence[str] = ()
        self._one = asyncio.Lock()

    @property
    def fault(self) -> str | None:
        """Why nothing can be spoken, or None."""
        return None if self._commands else "package"

    async def note(self, text: str, today: date, manner: Manner = _PLAIN, first_only: bool = False) -> Path:
        """The file of a voice note; ``first_only`` speaks the first sentence alone. Raises :class:`Mute`."""
        sentences = wording.sentences(wording.said(text[: wording.MOST], today))
        if not sentences or self.fault:
            raise Mute(self.fault or "empty")
        request = {
            "sentences": sentences[:1] if first_only else sentences,
            "speed": manner.speed,
            "volume": manner.volume,
            "most": LONGEST,
            "last": wording.words()["wording"]["more"],
        }
        line = json.dumps(request, ensure_ascii=False)
        key = hashlib.sha256(f"{self._commands[0]} {line}".encode()).hexdigest()[:24]
        path = self._folder / f"{_PREFIX}{key}.ogg"
        if not path.is_file():
            _write(path, await self._spoken(line))
        return path

    async def _spoken(self, line: str) -> bytes:
        """Ask the child; one that dies or hangs is replaced and asked once more, then the next voice is asked."""
        async with self._one:
            for command in [one for one in self._commands for _ in range(2)]:
                try:
                    return await asyncio.wait_for(self._ask(command, line), _PATIENCE)
                except (OSError, ValueError, KeyError, TimeoutError, asyncio.IncompleteReadError):
                    await self._end()
        raise Mute("broken")

    async def _ask(self, command: Sequence[str], line: str) -> bytes:
        if self._process is not None and command != self._running:
            await self._end()
        if self._process is None or self._process.returncode is not None:
            pipe, self._running = asyncio.subprocess.PIPE, command
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
            )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(line.encode() + b"\n")
        await self._process.stdin.drain()
        head = json.loads(await self._process.stdout.readline())
        return await self._process.stdout.readexactly(head["size"])

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process and process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
            await process.wait()

    async def close(self) -> None:
        """End the child."""
        async with self._one:
            await self._end()


def _write(path: Path, note: bytes) -> None:
    """Put a voice note in place whole, readable by its owner only."""
    part = path.with_suffix(".part")
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "wb") as out:
        out.write(note)
    part.replace(path)
