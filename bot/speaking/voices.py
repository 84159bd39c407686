"""Who speaks here: a voice that was fetched, else espeak-ng where it is installed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from bot.hearing import engines, models

_RUN = (sys.executable, "-m")


def commands(folders: Iterable[Path] = ()) -> list[tuple[str, ...]]:
    """The children that can speak, best liked first; ``folders`` are searched for fetched voices."""
    found = [(*_RUN, "bot.speaking.sherpa", str(folder)) for folder in _fetched(folders)]
    espeak = [(*_RUN, "bot.speaking.espeak")] if find_spec("espeakng_loader") else []
    return [*found[:1], *espeak]


def _fetched(folders: Iterable[Path]) -> Iterable[Path]:
    """Voices that can be used, in the order of ``models.toml``."""
    names = [source.name for source in models.sources().values() if source.engine == engines.VOICE]
    usable = engines.FOLDERS[engines.VOICE].fault
    return (folder / name for folder in folders for name in names if usable(folder / name) is None)
