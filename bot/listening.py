"""Joins hearing to the rest; a machine that cannot hear still reads, and says so."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.flow.notes import Ears
from models.meaning import Lexicon

if TYPE_CHECKING:
    from bot.hearing import HearingSettings

DEAF = "这里听不了语音,请打字。"


def for_tryout(folder: Path, words: Lexicon) -> tuple[Ears, HearingSettings]:
    """A real model where ``linsheng model get`` left one, else the bundled starter model; and what was chosen."""
    from bot import config
    from bot.hearing import Hearing
    from bot.hearing.offer import at_hand

    settings = at_hand(replace(settings_of(config.load(None)), spool=folder, words=words))
    return Hearing(settings), settings


async def offered(settings: HearingSettings) -> None:
    """Offer the real model in the terminal, when there is one and a network."""
    from bot.hearing.offer import enter, offer

    await offer(settings, lambda line: print(f"  {line}", flush=True), enter if sys.stdin.isatty() else None)


def configured(settings: Settings) -> Ears | None:
    """The recognizer that the settings name, or none."""
    if not settings.hearing.enabled:
        return None
    from bot.hearing import Hearing

    return Hearing(settings_of(settings))


def settings_of(settings: Settings) -> HearingSettings:
    """The hearing part of the settings, with this community's words."""
    from bot.hearing import HearingSettings

    folder, hearing = settings.data.folder, settings.hearing
    return HearingSettings(
        folder / "spool", hearing.engine, hearing.model, folder / "models", hearing.max_seconds, hearing.threads,
        settings.house().lexicon(), mirror=hearing.mirror, proxy=hearing.proxy,
    )  # fmt: skip


def sentence(ears: Ears | None) -> Callable[[], str]:
    """What the page says about hearing."""

    def said() -> str:
        if ears is None:
            return DEAF
        status = ears.status()
        return " ".join(filter(None, (status["sentence"], status["note"])))

    return said
