"""Engines side by side on voices of people: ``python -m bench hearing --voices DIR``, with ``manifest.jsonl`` in the folder.

The manifest has one object a line, ``{"file": …, "text": …}``; the recordings themselves are never part of the project.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bot import config, listening
from bot.hearing import Hearing, HearingSettings, engines, models
from bot.hearing.engine import EngineProcess
from bot.hearing.judging import spoken
from bot.replay.talk import BEGIN
from handlers.settings import House
from models.meaning import Context
from models.transcripts import Transcript
from nlu.parse import parse
from nlu.sound.pinyin import syllables
from nlu.sound.respelling import respell

_HAN = re.compile(r"[^一-龥]")
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Heard:
    """One recording: what was said, and what an engine made of it."""

    said: str
    transcript: Transcript
    seconds: float
    """From the file to the words."""


def run(*arguments: str) -> list[str]:
    """A table of every model that is here; ``--models DIR`` looks elsewhere for them, ``--most N`` takes about so many files."""
    voices = Path(arguments[arguments.index("--voices") + 1])
    settings = replace(listening.settings_of(config.load(None)), fetch=False)
    if "--models" in arguments:
        settings = replace(settings, models=Path(arguments[arguments.index("--models") + 1]))
    rows = [json.loads(line) for line in (voices / "manifest.jsonl").read_text("utf-8").splitlines()]
    files = [(voices / row["file"], str(row["text"])) for row in rows]
    if "--most" in arguments:
        files = files[:: max(1, len(files) // int(arguments[arguments.index("--most") + 1]))]
    names = ["starter", *(name for name in models.sources() if models.fault_of(name, settings) is None)]
    lines = [
        f"{len(files)} recordings; characters (syllables) wrong as written and respelled; figures are read out",
        "| model | wrong | respelled | passed as words | emergencies | CPU / sound | memory | p95 of a note |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in names:
        lines.append(asyncio.run(_measured(replace(settings, model=name), files)))
        print(lines[-1], flush=True)
    return lines


async def _measured(settings: HearingSettings, files: list[tuple[Path, str]]) -> str:
    """One row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        hearing = Hearing(replace(settings, spool=Path(folder)))
        await hearing.start()
        await hearing.hear(files[0][0])
        begun, found = _processor(hearing), []
        for file, said in files:
            start = time.perf_counter()
            transcript = await hearing.hear(file)
            found.append(Heard(said, transcript, time.perf_counter() - start))
        cost = (_processor(hearing) - begun) / max(sum(one.transcript.seconds for one in found), 0.1)
        memory = hearing.megabytes()
        await hearing.close()
    return _row(settings.model, found, cost, memory)


def _processor(hearing: Hearing) -> float:
    """Seconds of processor that the recognizing process has used."""
    engine = hearing._engine
    pid = engine.pid if isinstance(engine, EngineProcess) else None
    stat = Path(f"/proc/{pid}/stat")
    return sum(map(int, stat.read_text().rpartition(")")[2].split()[11:13])) / _TICK if stat.exists() else 0.0


def _row(name: str, found: list[Heard], cost: float, memory: int | None) -> str:
    house = House()
    passed = [one for one in found if one.transcript.text]
    alarms = [one for one in passed if parse(one.transcript.text, Context(BEGIN, house.lexicon())).urgency == "P0"]
    late = sorted(one.seconds for one in found)[int(len(found) * 0.95)]
    respelled: Callable[[str], str] = lambda text: respell(text, house.lexicon())  # noqa: E731
    return (
        f"| {name} | {_wrong(found, str)} | {_wrong(found, respelled)} | {len(passed)} of {len(found)} | {len(alarms)} |"
        f" {cost:.2f} | {memory} MB | {late:.1f} s |"
    )


def _wrong(found: list[Heard], change: Callable[[str], str]) -> str:
    """Share of characters, and of syllables, that are wrong; what was not passed on counts as silence."""
    pairs = [(one.said, plain(change(one.transcript.text))) for one in found]
    length = sum(len(said) for said, _ in pairs)
    signs = sum(Levenshtein.distance(*pair) for pair in pairs)
    sounds = sum(Levenshtein.distance(syllables(said), syllables(heard)) for said, heard in pairs)
    return f"{signs / length:.1%} ({sounds / length:.1%})"


def plain(text: str) -> str:
    """A text without punctuation, its figures as they are said."""
    return _HAN.sub("", spoken(re.sub(r"(?<=\d)[,.](?=\d)", "", text))[0])


__all__ = ["engines", "run"]
