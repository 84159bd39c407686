"""What ``linsheng hear`` and ``linsheng model`` do; each returns the exit code."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

from bot.hearing import engines, models
from bot.hearing.fetch import digest
from bot.hearing.messages import messages, say
from bot.hearing.service import Hearing
from bot.hearing.settings import STARTER, HearingSettings
from models.transcripts import Transcript

SAMPLE = STARTER / "sample.ogg"
"""A short synthetic voice note, for trying a model."""


def plain_settings() -> HearingSettings:
    """Settings where no configuration is given: the starter model, nothing kept."""
    return HearingSettings(spool=Path(tempfile.gettempdir()), models=Path("models"))


def hear_files(paths: Iterable[Path], json: bool = False, settings: HearingSettings | None = None) -> int:
    """Print what the recognizer heard in each file; 1 if any could not be heard."""
    return asyncio.run(_hear_files(list(paths), json, settings or plain_settings()))


async def _hear_files(paths: list[Path], as_json: bool, settings: HearingSettings) -> int:
    hearing, failed = Hearing(settings), 0
    if settings.is_starter:
        print(messages()["starter"], file=sys.stderr)
    await hearing.start()
    try:
        for path, heard in zip(paths, [asyncio.create_task(hearing.hear(path)) for path in paths], strict=True):
            transcript = await heard
            print(_line(path, transcript, as_json), flush=True)
            failed += transcript.error is not None
        if hearing.status()["error"]:
            print(hearing.status()["sentence"], file=sys.stderr)
    finally:
        await hearing.close()
    return int(failed > 0)


def _line(path: Path, heard: Transcript, as_json: bool) -> str:
    """One file's result for a program or for a person."""
    if as_json:
        return json.dumps(
            {
                "file": str(path),
                "text": heard.text,
                "confidence": heard.confidence,
                "seconds": round(heard.seconds, 3),
                "model": heard.model,
                "error": heard.error,
            },
            ensure_ascii=False,
        )
    return f"{path}: {heard.text or '(' + messages()['error'].get(heard.error, heard.error) + ')'}"


def model_list(settings: HearingSettings | None = None) -> int:
    """Print which models there are, which are here, what they want and what this machine can carry."""
    settings = settings or plain_settings()
    print(f"starter  [{say('bundled')}]  {messages()['starter']}")
    memory = _memory()
    for source in models.sources().values():
        fault = engines.FOLDERS[source.engine].fault_of(settings.models / source.name)
        here = say("installed" if fault is None else "absent")
        print(f"{source.name}  [{here}]  {source.title}\n    {'; '.join(_facts(source, memory))}")
    return 0


def _facts(source: models.Source, memory: int | None) -> Iterable[str]:
    """What an operator weighs: size, languages, licence, errors, and whether this machine can carry it."""
    yield say("size_memory", size=source.size // 1_000_000, memory=source.memory)
    yield source.languages
    yield f"{source.licence} ({source.attribution})"
    if source.errors:
        yield say("errors", errors=source.errors)
    if source.elders:
        yield say("elders", elders=source.elders)
    yield f"engine {source.engine}" + ("" if engines.FOLDERS[source.engine].installed else f" ({say('absent')})")
    if memory is not None:
        yield say("carries" if memory > source.memory * 1.2 else "too_heavy")


def _memory() -> int | None:
    """Megabytes that are free for a model here, where the system tells it."""
    file = Path("/proc/meminfo")
    lines = file.read_text().splitlines() if file.is_file() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable")), None)


def agreed(source: models.Source, ask: Callable[[str], str] = input) -> bool:
    """Whether the operator agrees to a licence that wants it."""
    if not source.consent:
        return True
    question = say(
        "consent", name=source.name, licence=source.licence, url=source.consent, attribution=source.attribution
    )
    try:
        return ask(question + " ").strip().lower() in ("y", "yes", "是", "同意")
    except EOFError:
        return False


def model_get(name: str, settings: HearingSettings | None = None, yes: bool = False) -> int:
    """Fetch a model; one line says what became of it."""
    settings = settings or plain_settings()
    source = models.sources().get(name)
    try:
        if source is not None and not yes and not agreed(source):
            print(say("declined"), file=sys.stderr)
            return 1
        path, verified = _get(name, settings)
    except models.ModelError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(say("interrupted"), file=sys.stderr)
        return 1
    if not verified:
        print(say("unverified"), file=sys.stderr)
    voice = source is not None and source.engine == engines.VOICE
    print(say("done_voice" if voice else "done", path=path, name=name))
    return 0


def _get(name: str, settings: HearingSettings) -> tuple[Path, bool]:
    """Fetch with a bar."""
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task("", total=None)
        return models.get(name, settings, progress=lambda have, whole: bar.update(task, completed=have, total=whole))


def model_check(settings: HearingSettings | None = None) -> int:
    """Try the configured model on a bundled voice note: checksum, speed, memory; 1 if it does not hear."""
    return asyncio.run(_check(settings or plain_settings()))


async def _check(settings: HearingSettings) -> int:
    facts = await check_facts(settings)
    for name, value in facts.items():
        print(f"{name}: {value}")
    return 0 if facts["error"] is None else 1


async def check_facts(settings: HearingSettings) -> dict[str, object]:
    """What ``check`` tells of hearing: model, origin, seconds heard per second, megabytes, error."""
    hearing = Hearing(replace(settings, threads=1))
    await hearing.start()
    try:
        first = await hearing.hear(SAMPLE)
        begun = time.perf_counter()
        again = await hearing.hear(SAMPLE)
        took = time.perf_counter() - begun
        status = hearing.status()
        return {
            "model": settings.model,
            "path": str(settings.path),
            "origin": _origin(settings),
            "heard": again.text,
            "speed": round(again.seconds / took, 1),
            "megabytes": hearing.megabytes(),
            "note": status["note"],
            "sentence": status["sentence"],
            "error": status["error"] or (first.error if first.error == "unavailable" else None),
        }
    finally:
        await hearing.close()


def _origin(settings: HearingSettings) -> str:
    """Where the model came from, with the checksum that was verified then."""
    if settings.is_starter:
        return f"am/final.mdl sha256 {digest(STARTER / 'am' / 'final.mdl')}"
    file = settings.path / "ORIGIN"
    return file.read_text("utf-8").strip() if file.is_file() else "unknown"
