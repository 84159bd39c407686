"""Joins hearing to the rest; a machine that cannot hear still reads, and says so."""

from __future__ import annotations

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


def for_tryout(folder: Path, words: Lexicon) -> Ears:
    """A real model where one was fetched before, else the bundled starter model until a real one is fetched."""
    from bot import config
    from bot.hearing import Hearing
    from bot.hearing.installing import at_hand

    settings = replace(settings_of(config.load(None)), spool=folder, words=words)
    return Hearing(at_hand(settings) if settings.fetch else settings, _tell)


def configured(settings: Settings) -> Ears | None:
    """The recognizer that the settings name, or none."""
    if not settings.hearing.enabled:
        return None
    from bot.hearing import Hearing
    from bot.hearing.installing import at_hand

    wanted = settings_of(settings)
    return Hearing(at_hand(wanted) if wanted.fetch else wanted, _tell)


def _tell(line: str) -> None:
    """A line in the terminal, for whoever runs this."""
    print(f"  {line}", flush=True)


def settings_of(settings: Settings) -> HearingSettings:
    """The hearing part of the settings, with this community's words."""
    from bot.hearing import HearingSettings

    folder, hearing = settings.data.folder, settings.hearing
    return HearingSettings(
        folder / "spool",
        hearing.engine,
        hearing.model,
        folder / "models",
        hearing.max_seconds,
        hearing.threads,
        settings.house().lexicon(),
        mirror=hearing.mirror,
        proxy=hearing.proxy,
        fetch=hearing.fetch,
    )


def sentence(ears: Ears | None) -> Callable[[], str]:
    """What the page says about hearing."""

    def said() -> str:
        return DEAF if ears is None else str(ears.status().get("said", ""))

    return said


def with_model(config_file: Path | None, model: str) -> HearingSettings:
    """The hearing settings of the file, with another model."""
    from bot import config

    return replace(settings_of(config.load(config_file)), model=model)
