"""What ``linsheng hear`` and ``linsheng model`` do; each returns the exit code."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.hearing import models
from bot.hearing.fetch import digest
from bot.hearing.messages import messages, say
from bot.hearing.recognize import fault_of
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
    """Print which models there are and which are here."""
    settings = settings or plain_settings()
    print(f"starter  [{say('bundled')}]  {messages()['starter']}")
    for source in models.sources().values():
        here = say("installed" if fault_of(settings.models / source.name) is None else "absent")
        print(f"{source.name}  [{here}]  {source.title}  {source.licence}")
    return 0


def model_get(name: str, settings: HearingSettings | None = None) -> int:
    """Fetch a model; one line says what became of it."""
    try:
        path, verified = models.get(name, settings or plain_settings())
    except models.ModelError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(say("interrupted"), file=sys.stderr)
        return 1
    if not verified:
        print(say("unverified"), file=sys.stderr)
    print(say("done", path=path, name=name))
    return 0


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
