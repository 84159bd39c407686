"""The waist between hearing and its engines, and the process in which an engine runs."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from bot.flow import underway
from models.transcripts import Word

_BYTES_A_SECOND = 32000
_TRIES_TO_LOAD = 2
_LONGEST_ANSWER = 1 << 22
_MOST_AT_ONCE = 64


class Unavailable(Exception):
    """The engine cannot hear at all; its argument is the key of the reason."""


class Died(Exception):
    """The engine's process ended while it heard this sound."""


@dataclass(frozen=True)
class Heard:
    """Words of a sound, and with a grammar the words that were nearest to it."""

    words: tuple[Word, ...]
    alternative: tuple[Word, ...] | None = None
    weighed: str = "engine"
    """Who tells how sure the words are, as in a transcript."""


class Recognizer(Protocol):
    """Anything that turns 16 kHz samples into words."""

    @property
    def fault(self) -> str | None:
        """Why it cannot hear (``missing``, ``broken``, ``language`` …), or None."""

    @property
    def ready(self) -> bool:
        """Whether a sound would be heard at once."""

    def start(self) -> None:
        """Begin to load; returns at once."""

    async def hear(self, samples: bytes, grammar: Sequence[str] = ()) -> Heard:
        """Words of a sound; raises :class:`Unavailable` or :class:`Died`."""

    async def loaded(self) -> str | None:
        """Wait until it hears or never will; why it never will, or None."""

    async def drained(self) -> None:
        """Wait until every sound that was given to it is answered."""

    async def close(self) -> None:
        """Give everything back."""


class EngineProcess:
    """A model in a process of its own, started again when it dies."""

    def __init__(self, module: str, model: Path, threads: int, at_once: int = 0, seconds: float = 15.0) -> None:
        """``module`` is the child's; at most ``at_once`` notes are given to it side by side, 0 leaves that to its threads."""
        self._module, self._model, self._threads, self._seconds = module, model, threads, seconds
        self._process: asyncio.subprocess.Process | None = None
        self._running: asyncio.Task[None] | None = None
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._numbers, self._loaded, self._failed = count(1), asyncio.Event(), 0
        self._at_once = at_once or _MOST_AT_ONCE
        self._room = asyncio.Semaphore(self._at_once)
        self.fault: str | None = None

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return self._loaded.is_set() and self.fault is None

    @property
    def pid(self) -> int | None:
        """The process, while it runs."""
        return self._process.pid if self._process and self._process.returncode is None else None

    def start(self) -> None:
        """Begin to load the model; returns at once."""
        if self._running is None or self._running.done():
            self.fault, self._failed = None, 0
            self._loaded.clear()
            self._running = asyncio.create_task(self._run())

    async def hear(self, samples: bytes, grammar: Sequence[str] = ()) -> Heard:
        """Words of a sound; a sound in which the process dies is tried once more."""
        async with self._room:
            try:
                return await self._once(samples, grammar)
            except Died:
                return await self._once(samples, grammar)

    async def loaded(self) -> str | None:
        """Wait until it hears or never will; why it never will, or None."""
        await self._loaded.wait()
        return self.fault

    async def _once(self, samples: bytes, grammar: Sequence[str]) -> Heard:
        await self._loaded.wait()
        if self.fault:
            raise Unavailable(self.fault)
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        head = json.dumps({"id": number, "size": len(samples), "grammar": list(grammar)}, ensure_ascii=False)
        try:
            self._send(head.encode() + b"\n" + samples)
            underway.passed("recognizing")
            found = await asyncio.wait_for(answer, self._seconds + 3 * len(samples) / _BYTES_A_SECOND)
        except TimeoutError:
            self._kill()
            raise Died from None
        finally:
            self._waiting.pop(number, None)
        if "fault" in found:
            raise Died
        alternative = words_of(found["alternative"]) if "alternative" in found else None
        return Heard(words_of(found["words"]), alternative, weighed_by(found["words"]))

    async def drained(self) -> None:
        """Wait until every sound that was given to it is answered."""
        await emptied(self._room, self._at_once)

    def _send(self, data: bytes) -> None:
        if self._process is None or self._process.stdin is None or self._process.stdin.is_closing():
            self._loaded.clear()  # its end is not noticed yet; the next try waits for the process that follows
            raise Died
        self._process.stdin.write(data)

    async def _run(self) -> None:
        """Keep the process alive; give up when it dies twice before the model is loaded."""
        while self.fault is None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self._module,
                str(self._model),
                str(self._threads),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=_LONGEST_ANSWER,
            )
            loaded = await self._listen(self._process)
            await self._process.wait()
            self._failed = 0 if loaded else self._failed + 1
            self._loaded.clear()
            self._give_up_waiting()
            if self._failed >= _TRIES_TO_LOAD:
                self.fault = "broken"
        self._loaded.set()

    async def _listen(self, process: asyncio.subprocess.Process) -> bool:
        """Pass answers on until the process ends; whether it had loaded its model."""
        assert process.stdout is not None
        loaded = False
        while line := await process.stdout.readline():
            answer = json.loads(line)
            if "ready" in answer:
                loaded = True
                self._loaded.set()
            elif "id" not in answer:
                self.fault = answer["fault"]
            elif (future := self._waiting.get(answer["id"])) and not future.done():
                future.set_result(answer)
        return loaded

    def _give_up_waiting(self) -> None:
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(Died())

    def _kill(self) -> None:
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    async def close(self) -> None:
        """End the process."""
        if self._running:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
        self._kill()
        if self._process:
            await self._process.wait()
        self._give_up_waiting()
        self.fault = self.fault or "closed"
        self._loaded.set()


async def emptied(room: asyncio.Semaphore, places: int) -> None:
    """Wait until nobody is left in a room."""
    for _ in range(places):
        await room.acquire()
    for _ in range(places):
        room.release()


def words_of(found: list[dict[str, Any]]) -> tuple[Word, ...]:
    """An engine's words as ours; one without a confidence is neither sure nor unsure."""
    return tuple(
        Word(word["word"], UNTOLD if word.get("conf") is None else round(word["conf"], 3), word["start"], word["end"])
        for word in found
    )


def weighed_by(found: list[dict[str, Any]]) -> str:
    """Whether the engine itself tells how sure it is; some give no confidences."""
    return "engine" if all(word.get("conf") is not None for word in found) else "nobody"


UNTOLD = 0.6
"""The confidence of a word whose engine gives none."""
