"""A real ear by itself: while only the starter model is here, a better one is fetched in the background and put in.

The fetching is done by a process of its own, which can be ended at any moment and goes on from there the next time:

    improve ──► child: models.get(first), models.get(second) … ──one line of JSON a step──► progress, switch
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from bot.hearing import engines, models
from bot.hearing.messages import say
from bot.hearing.settings import HearingSettings

WANTED = ("vosk-model-small-cn-0.22", "whisper-base")
"""What is fetched, best liked first; the next one only where the one before cannot be had."""
_STEP = 10
"""The terminal hears of every so many per cent."""


class Ears(Protocol):
    """Whose model is changed."""

    installing: float | None

    async def switch(self, settings: HearingSettings) -> str | None:
        """Hear with another model; why it cannot be, or None."""


def at_hand(settings: HearingSettings) -> HearingSettings:
    """The settings with a real model where one was fetched before and can be used, else as they are."""
    if settings.is_starter:
        for name in WANTED:
            if models.fault_of(name, settings) is None:
                return replace(settings, model=name)
    return settings


def command(settings: HearingSettings, names: Iterable[str]) -> tuple[str, ...]:
    """The child that fetches the first of these that can be had."""
    told = {"models": str(settings.models), "mirror": settings.mirror, "proxy": settings.proxy, "names": list(names)}
    return (sys.executable, "-m", "bot.hearing.installing", json.dumps(told))


async def improve(
    ears: Ears, settings: HearingSettings, tell: Callable[[str], None], run: Sequence[str] | None = None
) -> None:
    """Fetch and use a real model, unless one was chosen; whatever fails is told in one line and changes nothing."""
    names = [name for name in WANTED if engines.ENGINES[models.sources()[name].engine].installed]
    if not settings.is_starter or not names:
        return
    try:
        name = await _fetched(run or command(settings, names), ears, tell)
        if name is None:
            tell(say("nowhere", name=WANTED[0]))
            return
        fault = await ears.switch(replace(settings, model=name))
        tell(say("unusable", name=name, reason=fault) if fault else say("switched", name=name))
    finally:
        ears.installing = None


async def _fetched(run: Sequence[str], ears: Ears, tell: Callable[[str], None]) -> str | None:
    """Follow the child until it ends; the name of what it put in place, or None."""
    quiet, pipe = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(*run, stdin=quiet, stdout=pipe, stderr=quiet)
    assert child.stdout is not None
    told, ready = -1.0, None
    try:
        while line := await child.stdout.readline():
            step = json.loads(line)
            ready = step.get("ready", ready)
            if "begun" in step:
                told, ears.installing = -1.0, 0.0
                tell(say("begun", name=step["begun"], megabytes=step["megabytes"]))
            elif "share" in step:
                ears.installing = step["share"]
                if step["share"] * 100 // _STEP > told:
                    told = step["share"] * 100 // _STEP
                    tell(say("percent", percent=int(told * _STEP)))
        await child.wait()
        return ready
    finally:
        with suppress(ProcessLookupError):
            child.terminate()
        await child.wait()


def fetch_first(settings: HearingSettings, names: Iterable[str], out: Callable[[dict[str, Any]], None]) -> bool:
    """Fetch the first model that can be had, and say every step; False when none can."""
    for name in names:
        source, shown = models.sources()[name], -1

        def progress(have: int, whole: int) -> None:
            nonlocal shown
            percent = have * 100 // max(whole, 1)
            if percent != shown:
                if shown < 0:
                    out({"begun": name, "megabytes": source.size // 1_000_000})  # noqa: B023
                shown = percent
                out({"share": percent / 100})

        try:
            if models.fault_of(name, settings) is not None:
                models.get(name, settings, progress=progress)
        except models.ModelError as error:
            out({"failed": str(error)})
            continue
        out({"ready": name})
        return True
    return False


def main() -> None:
    """The child: settings and names as JSON in the first argument, steps as JSON lines to standard output."""
    told = json.loads(sys.argv[1])
    settings = HearingSettings(Path(), models=Path(told["models"]), mirror=told["mirror"], proxy=told["proxy"])
    fetch_first(settings, told["names"], lambda step: print(json.dumps(step, ensure_ascii=False), flush=True))


if __name__ == "__main__":
    main()
