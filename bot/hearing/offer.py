"""The try-out's offer of a real model: looked up in the background, made only when it can be had, never waited for."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from http.client import HTTPException
from urllib.request import Request

from bot.hearing import models
from bot.hearing.fetch import opener
from bot.hearing.messages import say
from bot.hearing.recognize import fault_of
from bot.hearing.settings import HearingSettings

REAL = "vosk-model-small-cn-0.22"
COMMAND = (sys.executable, "-m", "bot.cli", "model", "get", REAL)
_PATIENCE = 5.0
"""Seconds after which whoever serves models counts as out of reach."""


def at_hand(settings: HearingSettings) -> HearingSettings:
    """The settings with the real model where it was fetched before, else as they are."""
    fetched = fault_of(settings.models / REAL) is None
    return replace(settings, model=REAL) if settings.is_starter and fetched else settings


async def offer(
    settings: HearingSettings, tell: Callable[[str], None], agreed: Callable[[], Awaitable[object]] | None,
    command: Sequence[str] = COMMAND,
) -> None:  # fmt: skip
    """Say that a real model can be fetched, and fetch it in a process of its own once somebody agreed."""
    if not settings.is_starter or not await asyncio.to_thread(_can_be_had, settings):
        return
    megabytes = models.sources()[REAL].size // 1_000_000
    tell(say("offer" if agreed else "offer_command", name=REAL, megabytes=megabytes))
    if agreed is None:
        return
    await agreed()
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.DEVNULL)
    try:
        if await process.wait() == 0:
            tell(say("offer_done"))
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        raise


def _can_be_had(settings: HearingSettings) -> bool:
    """Whether the archive answers now; nothing is fetched."""
    request = Request(models.address(REAL, settings), method="HEAD")
    try:
        with opener(settings.proxy).open(request, timeout=_PATIENCE) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException, ValueError):
        return False


async def enter() -> None:
    """Wait until Enter is pressed in the terminal."""
    loop, pressed = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), pressed.set)
    try:
        await pressed.wait()
        sys.stdin.readline()
    finally:
        loop.remove_reader(sys.stdin.fileno())
