"""Hearing as the rest of the house sees it: a file in, a transcript out, in the order in which people need it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.hearing import engines, installing, judging, models, second
from bot.hearing.community import own_model
from bot.hearing.decode import Limits
from bot.hearing.engine import Died, Heard, Recognizer, Unavailable
from bot.hearing.messages import messages
from bot.hearing.nursery import Nursery
from bot.hearing.settings import HearingSettings
from models.meaning import Question
from models.transcripts import Transcript


@dataclass(order=True)
class _Job:
    """A note that waits: urgent ones first, then short ones, each in the order of arrival."""

    rank: int
    number: int
    path: Path = field(compare=False)
    question: Question | None = field(compare=False)
    answer: asyncio.Future[Transcript] = field(compare=False)


class Hearing:
    """Decodes and recognizes notes in processes of their own; never raises for a bad sound or a missing model."""

    def __init__(self, settings: HearingSettings, tell: Callable[[str], None] = lambda line: None) -> None:
        """``tell`` gets lines for whoever runs this machine."""
        self._settings, self._tell = settings, tell
        self._name = models.engine_of(settings)
        self._bar = judging.bar_of(self._name, settings.path)
        self.installing: float | None = None
        """How far a better model is fetched, 0 to 1."""
        self._nursery = Nursery(Limits(sound_seconds=settings.max_seconds))
        self._engine: Recognizer | None = None
        self._helper: Recognizer | None = None
        self._queue: asyncio.PriorityQueue[_Job] = asyncio.PriorityQueue(settings.waiting)
        self._numbers, self._tasks = count(), list[asyncio.Task[None]]()
        self._opening: asyncio.Task[None] | None = None
        self._fault: str | None = None if engines.known(self._name) else "engine"
        self._last_note = 0.0

    async def start(self) -> None:
        """Begin to load the model; returns at once."""
        self._wake()
        self._tasks = [asyncio.create_task(self._work()) for _ in range(self._settings.workers)]
        if self._settings.idle is not None:
            self._tasks.append(asyncio.create_task(self._rest(self._settings.idle)))
        if self._settings.fetch:
            self._tasks.append(asyncio.create_task(installing.improve(self, self._settings, self._tell)))

    async def switch(self, settings: HearingSettings) -> str | None:
        """Hear with another model from the next note on, once it is loaded; why it cannot be loaded, or None."""
        name = models.engine_of(settings)
        if not engines.known(name):
            return "engine"
        engine = engines.recognizer(name, await _model(name, settings), settings.workers)
        engine.start()
        fault = await engine.loaded()
        if fault:
            await engine.close()
            return fault
        before, self._engine, self._fault = self._engine, engine, None
        helper, self._helper = self._helper, None
        if helper:
            await helper.close()
        self._settings, self._name, self._bar = settings, name, judging.bar_of(name, settings.path)
        if before:
            await before.drained()
            await before.close()
        return None

    async def hear(
        self, path: Path, *, question: Question | None = None, urgent: bool = False, seconds: float | None = None
    ) -> Transcript:
        """The words of a sound file; ``error`` of the transcript says why there are none."""
        fault = self._current_fault()
        if fault or not self._tasks:
            return Transcript("", model=self._settings.model, error="unavailable")
        job = _Job(
            _rank(path, urgent, seconds),
            next(self._numbers),
            path,
            question,
            asyncio.get_running_loop().create_future(),
        )
        try:
            self._queue.put_nowait(job)
        except asyncio.QueueFull:
            return Transcript("", model=self._settings.model, error="unavailable")
        return await job.answer

    def status(self) -> dict[str, object]:
        """What ``check`` and the page tell: model, whether it hears, and sentences for operators and for residents."""
        settings, fault = self._settings, self._current_fault()
        sentence = (
            messages()["fault"]
            .get(fault, "")
            .format(path=settings.model if self._name == engines.REMOTE else settings.path, engine=self._name)
        )
        return {
            "model": settings.model,
            "is_starter": settings.is_starter,
            "note": messages()["starter"] if self._bar.synthetic else "",
            "ready": fault is None and self._engine is not None and self._engine.ready,
            "error": fault,
            "sentence": sentence,
            "said": self._said(fault),
            "installing": self.installing,
            "waiting": self._queue.qsize(),
        }

    def _said(self, fault: str | None) -> str:
        """What residents are told, if anything; commands and paths are for the operator."""
        told = messages()["resident"]
        if self.installing is not None:
            return str(told["installing"]).format(percent=int(self.installing * 100))
        return str(told["fault"] if fault else told["synthetic"] if self._bar.synthetic else "")

    def megabytes(self) -> int | None:
        """Memory that the recognizing process holds, where the system tells it."""
        file = Path(f"/proc/{getattr(self._engine, 'pid', None)}/status")
        lines = file.read_text().splitlines() if file.is_file() else []
        return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), None)

    async def close(self) -> None:
        """End both processes; notes that still wait are answered with ``unavailable``."""
        self._fault = "closed"
        for task in [*self._tasks, *([self._opening] if self._opening else [])]:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        while not self._queue.empty():
            self._answer(self._queue.get_nowait(), self._failed("unavailable"))
        for engine in filter(None, (self._engine, self._helper)):
            await engine.close()
        await self._nursery.close()

    def _current_fault(self) -> str | None:
        return self._fault or (self._engine.fault if self._engine else None)

    def _wake(self) -> None:
        """Load the model if it is not loaded or being loaded."""
        if self._fault is None and (self._opening is None or (self._opening.done() and self._engine is None)):
            self._opening = asyncio.create_task(self._open())

    async def _open(self) -> None:
        """Make the community's words audible, then start the engine."""
        await self._nursery.start()
        model = await _model(self._name, self._settings)
        self._engine = engines.recognizer(self._name, model, self._settings.workers)
        self._engine.start()

    async def _work(self) -> None:
        """Hear one note after the other."""
        while True:
            job = await self._queue.get()
            try:
                self._answer(job, await self._listen(job))
            except asyncio.CancelledError:
                self._answer(job, self._failed("unavailable"))
                raise

    async def _listen(self, job: _Job) -> Transcript:
        self._last_note = asyncio.get_running_loop().time()
        try:
            sound = await self._nursery.decode(job.path)
            fault = judging.fault_of_sound(sound)
            if fault:
                return Transcript("", seconds=sound.seconds, model=self._settings.model, error=fault)
            ear, model, bar = await self._ear(), self._settings.model, self._bar
            heard = await ear.hear(sound.samples, judging.phrases(job.question))
            if heard.weighed != "engine" and heard.words:
                heard = await self._weighed(heard, sound.samples)
        except Unavailable:
            return self._failed("unavailable")
        except Died:
            return self._failed("broken")
        except OSError:
            return self._failed("unavailable")
        return judging.transcript(sound, heard, model, bar)

    async def _weighed(self, heard: Heard, samples: bytes) -> Heard:
        """The words with the confidence that a second recognizer gives them; as they were where there is none."""
        wanted = second.helper(self._settings) if self._helper is None else None
        if wanted is not None:
            self._helper = engines.recognizer(models.engine_of(wanted), wanted.path, wanted.workers)
            self._helper.start()
        if self._helper is None or self._helper.fault:
            return heard
        with suppress(Unavailable, Died):
            other = await self._helper.hear(samples)
            return Heard(second.weighed(heard.words, other.words), heard.alternative, "second")
        return heard

    async def _ear(self) -> Recognizer:
        """The engine, once it has begun to load."""
        self._wake()
        if self._opening and not self._opening.done():
            await asyncio.shield(self._opening)
        if self._engine is None:
            raise Unavailable(self._fault)
        return self._engine

    def _failed(self, error: str) -> Transcript:
        return Transcript("", model=self._settings.model, error=error)

    def _answer(self, job: _Job, transcript: Transcript) -> None:
        if not job.answer.done():
            job.answer.set_result(transcript)

    async def _rest(self, idle: float) -> None:
        """Give the model's memory back while nobody speaks."""
        while True:
            await asyncio.sleep(idle)
            quiet = asyncio.get_running_loop().time() - self._last_note >= idle and self._queue.empty()
            if quiet and self._engine and self._engine.ready:
                resting, self._engine, self._helper = (self._engine, self._helper), None, None
                for engine in filter(None, resting):
                    await engine.close()


async def _model(engine: str, settings: HearingSettings) -> Path | str:
    """What an engine is started with: the folder of the model, with the community's words, or an address."""
    return settings.model if engine == engines.REMOTE else await own_model(settings)


def _rank(path: Path, urgent: bool, seconds: float | None) -> int:
    """0 for chats in danger, 1 for short notes, 2 for the rest."""
    if urgent:
        return 0
    if seconds is not None:
        return 1 if seconds < judging.thresholds()["short_note_seconds"] else 2
    with suppress(OSError):
        return 1 if path.stat().st_size < judging.thresholds()["short_note_bytes"] else 2
    return 1
