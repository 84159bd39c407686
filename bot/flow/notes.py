"""Recordings: heard once, erased after the turn that used them, kept a day when nobody understood them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from bot.flow.clock import Clock
from models.events import Received, Utterance, VoiceNote, sound_of
from models.meaning import Context, Parse, Question
from models.transcripts import Transcript
from nlu.parse import parse, parse_line
from nlu.sound import likelihood
from nlu.sound.respelling import respell

KEPT = timedelta(hours=24)
"""How long a recording that was not understood may still be listened to by the desk."""
HOUR = 3600.0
"""Seconds between two looks at what is kept."""
QUOTA, ROOM = 10_000_000, 200_000_000
"""Bytes of such recordings that are kept of one person, and of all; the oldest leave first."""

WHOLE = 8
"""A single word of so many characters is a whole stretch: its recognizer writes characters, not words."""
NUMBER = "dialog.choice"
"""A number by itself (一号) means nothing where no choice is open, and 接一号 may have been said."""


class Ears(Protocol):
    """Whoever turns a recording into words."""

    async def start(self) -> None:
        """Begin to make ready; returns at once."""

    async def hear(
        self, path: Path, *, question: Question | None = None, urgent: bool = False, seconds: float | None = None
    ) -> Transcript:
        """Never raises for bad sound; the transcript's error says why nothing was heard."""

    async def close(self) -> None:
        """End what runs."""

    def status(self) -> dict[str, Any]:
        """What can be said about it."""


class Notes:
    """The spool folder and whoever listens to what lies in it."""

    def __init__(self, spool: Path, ears: Ears | None, clock: Clock) -> None:
        """Without ears every recording is answered with ``unavailable``."""
        self._spool, self._ears, self._clock = spool, ears, clock
        self._kept = spool / "kept"
        self._kept.mkdir(mode=0o700, exist_ok=True)
        self._waiting: set[str] = set()
        self._swept = -HOUR

    async def start(self) -> None:
        """Make ready to listen."""
        if self._ears:
            await self._ears.start()

    def orphans(self) -> None:
        """At the start: what no stored event waits for was used already, its process ended before it was erased."""
        for file in self._spool.iterdir():
            if file.is_file() and file.name not in self._waiting:
                file.unlink(missing_ok=True)

    async def close(self) -> None:
        """Stop listening."""
        if self._ears:
            await self._ears.close()

    def expect(self, event: Received) -> None:
        """A recording that is still to be heard must not be swept away."""
        name = sound_of(event)
        if name:
            self._waiting.add(name)

    async def hear(self, note: VoiceNote, context: Context) -> Utterance:
        """The note's words, or why there are none."""
        name = Path(note.file).name
        if not name:
            return Utterance(note.origin, "", Transcript("", error=note.fault or "broken"))
        if self._ears is None:
            return Utterance(note.origin, "", Transcript("", error="unavailable"), sound=name)
        heard = await self._ears.hear(
            self._spool / name, question=_expected(context), urgent=context.urgent, seconds=note.seconds
        )
        text = await _spelled(heard, context)
        if heard.weighed == "nobody":
            heard = replace(heard, words=await asyncio.to_thread(likelihood.words, heard.text, text, context.lexicon))
        return Utterance(note.origin, text, heard, sound=name)

    def used(self, event: Received, understood: Parse, confidential: bool = False) -> None:
        """The turn is committed: the recording goes, unless nobody understood it; what may be of a quarrel always goes."""
        name = sound_of(event)
        if not name:
            return
        self._waiting.discard(name)
        file = self._spool / name
        meant = understood.intents or understood.places or understood.times or understood.signs
        if confidential or (meant and not _is_cut(event)):
            file.unlink(missing_ok=True)
        elif file.is_file():
            folder = self._kept / owner(event.origin.channel, event.origin.account)
            folder.mkdir(mode=0o700, exist_ok=True)
            file.replace(folder / name)
            _trim(folder.iterdir(), QUOTA)
            _trim(self._kept.glob("*/*"), ROOM)

    def sweep(self) -> None:
        """Once an hour, erase what was kept for a day."""
        now, steady = self._clock.now(), self._clock.monotonic()
        if steady - self._swept < HOUR:
            return
        self._swept = steady
        for file in [path for path in self._kept.rglob("*") if path.is_file()]:
            if now - _written(file) >= KEPT:
                file.unlink(missing_ok=True)
        for folder in [path for path in self._kept.iterdir() if path.is_dir()]:
            if not any(folder.iterdir()):
                folder.rmdir()


def _is_cut(event: Received) -> bool:
    """Whether only the beginning of a recording was heard."""
    return isinstance(event, Utterance) and event.heard is not None and event.heard.cut


def owner(channel: str, account: str) -> str:
    """The folder of somebody's kept recordings: found again when they are erased, and it names nobody."""
    return hashlib.sha256(f"{channel}:{account}".encode("utf-8", "replace")).hexdigest()[:16]


def _trim(files: Iterable[Path], most: int) -> None:
    """The newest that fit stay."""
    total = 0
    for file in sorted(files, key=lambda one: one.stat().st_mtime, reverse=True):
        total += file.stat().st_size
        if total > most:
            file.unlink(missing_ok=True)


async def _spelled(heard: Transcript, context: Context) -> str:
    """The words; of a recognizer that knows no words, only characters, spelled again by their sound."""
    characters = len(heard.words) == 1 or heard.weighed != "engine"
    if not characters or len(heard.text) < WHOLE:
        return heard.text
    return await asyncio.to_thread(respell, heard.text, context.lexicon)


def _expected(context: Context) -> Question | None:
    """Whose answers a second recognizer listens for: the open question's, else what is likely to be said."""
    question = context.question
    return question if question is not None and question.answers else context.listen or question


def understood(said: Utterance, context: Context) -> Parse:
    """What was heard means; where its words mean nothing, what the second recognizer heard stands in for them."""
    found = parse_line(said.text, context)
    other = said.heard.alternative if said.heard and context.listen else None
    if not other or found.places or any(match.intent != NUMBER and not match.ask for match in found.intents):
        return found
    second = parse(other, context)
    return second if second.intents or second.places else found


def _written(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
