"""Joins hearing to the rest; a machine that cannot hear still reads, and says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.notes import Ears
from models.meaning import Lexicon

if TYPE_CHECKING:
    from bot.hearing import HearingSettings

DEAF = "这里听不了语音,请打字。"


def starter(folder: Path, words: Lexicon) -> Ears:
    """The bundled starter model, for the try-out."""
    from bot.hearing import Hearing, HearingSettings

    return Hearing(HearingSettings(folder, words=words))


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
