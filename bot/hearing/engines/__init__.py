"""The engines: each a child process of its own that can be killed, or another machine's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bot.hearing.engine import EngineProcess, Recognizer
from bot.hearing.engines import remote, sherpa, voices, vosk, whisper


@dataclass(frozen=True)
class Engine:
    """What the house knows of an engine that hears on this machine."""

    name: str
    package: str
    """What must be installed for it."""
    fault_of: Callable[[Path], str | None]
    """What is wrong with a folder, without loading anything."""
    at_once: int = 0
    """Notes heard side by side; 0: as many as there are threads."""
    seconds: float = 15.0
    """What a note may take besides three times its length."""

    @property
    def installed(self) -> bool:
        """Whether its package is here."""
        return find_spec(self.package) is not None

    def fault(self, model: Path) -> str | None:
        """Why it could not hear with a model: ``package``, or what is wrong with the folder."""
        return self.fault_of(model) if self.installed else "package"


ENGINES = {
    engine.name: engine
    for engine in (
        Engine("vosk", "vosk", vosk.fault_of),
        Engine("sherpa", "sherpa_onnx", sherpa.fault_of, at_once=1, seconds=30.0),
        Engine("whisper", "faster_whisper", whisper.fault_of, at_once=1, seconds=60.0),
    )
}
"""Name in the configuration → engine."""
VOICE = "voice"
"""What a fetched voice names as its engine: it speaks, see ``bot/speaking``."""
FOLDERS = {**ENGINES, VOICE: Engine(VOICE, "sherpa_onnx", voices.fault_of)}
"""Whatever has a folder among the models."""
REMOTE = "remote"
"""The engine whose model is an address."""


def known(name: str) -> bool:
    """Whether there is such an engine."""
    return name == REMOTE or name in ENGINES


def recognizer(name: str, model: Path | str, threads: int) -> Recognizer:
    """An engine with a model, not yet started; raises ``KeyError`` for one that is not known."""
    if name == REMOTE:
        return remote.RemoteRecognizer(str(model), threads)
    engine = ENGINES[name]
    return EngineProcess(f"bot.hearing.engines.{name}", Path(model), threads, engine.at_once, engine.seconds)
