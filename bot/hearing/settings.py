"""What hearing needs to know before it starts."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from models.meaning import Lexicon

STARTER = Path(str(files("bot.hearing").joinpath("starter_model")))
"""The bundled model."""


@dataclass(frozen=True)
class HearingSettings:
    """Which engine and model, where files lie, and what one note may cost."""

    spool: Path
    """Where words of this community's own are kept for the starter model; recordings lie here too."""
    engine: str = "vosk"
    model: str = "starter"
    """``starter``, the name of a model in ``models``, a path, or an address for the engine ``remote``."""
    models: Path = Path("models")
    """Where fetched models lie."""
    max_seconds: float = 120.0
    threads: int = 0
    """0: as many as this machine has cores."""
    words: Lexicon = field(default_factory=Lexicon)
    """The community's services, places and names, made audible for the starter model."""
    idle: float | None = None
    """Seconds without a note after which the model's memory is given back; None keeps it."""
    waiting: int = 500
    """Notes that may wait; one more is told that hearing is not available."""

    mirror: str = ""
    """Where models are fetched from instead of their publisher."""
    proxy: str = ""
    """A proxy for fetching; by default the environment's."""
    fetch: bool = False
    """While only the starter model is here, a better one is fetched in the background and used from then on."""

    @property
    def is_starter(self) -> bool:
        """Whether the bundled model is meant."""
        return self.model == "starter"

    @property
    def path(self) -> Path:
        """The model's folder."""
        if self.is_starter:
            return STARTER
        named = self.models / self.model
        return named if len(Path(self.model).parts) == 1 and not Path(self.model).exists() else Path(self.model)

    @property
    def workers(self) -> int:
        """Notes that are heard at once."""
        return self.threads or os.cpu_count() or 1
