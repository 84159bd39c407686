"""Sound and pictures: which file of a message is meant, and fetching it before its event is accepted."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from telegram import Audio, Bot, Document, Message, PhotoSize, VideoNote, Voice
from telegram.error import BadRequest

from bot.channels.telegram.errors import FAULTS, reason

if TYPE_CHECKING:
    from bot.clock import Clock

SIZE_LIMIT = 20_000_000
"""What the Bot API lets a bot download."""
PAUSES = (1.0, 2.0)
"""Seconds between the attempts to fetch one file."""
PATIENCE = 3.0
"""Seconds that one page waits for its files; then the rest is accepted and the page asked for again."""
_SOUNDS = {".ogg", ".oga", ".opus", ".mp3", ".m4a", ".mp4", ".amr", ".wav", ".webm", ".aac", ".flac"}
_PICTURES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fetch:
    """A file that an event waits for; the same update always gets the same name."""

    file_id: str
    name: str
    size: int
    folder: str
    """``spool`` or ``pictures``."""
    seconds: float | None = None


def sound_of(message: Message, key: str) -> Fetch | None:
    """The recording in a message: a voice note, an audio file, or the sound of a round video."""
    sound: Voice | Audio | VideoNote | Document | None = message.voice or message.audio or message.video_note
    if sound is None and message.document and (message.document.mime_type or "").startswith("audio/"):
        sound = message.document
    if sound is None:
        return None
    seconds = sound.to_dict().get("duration")  # the attribute changes its type between versions and warns about it
    return Fetch(sound.file_id, _name(sound, key, _sound_suffix(sound)), sound.file_size or 0, "spool", seconds)


def picture_of(message: Message, key: str) -> Fetch | None:
    """The largest size of a photograph, or a picture sent as a file."""
    if message.photo:
        fitting = [size for size in message.photo if (size.file_size or 0) <= SIZE_LIMIT] or list(message.photo)
        largest = max(fitting, key=lambda size: size.width * size.height)
        return Fetch(largest.file_id, _name(largest, key, ".jpg"), largest.file_size or 0, "pictures")
    document = message.document
    if document is None or document.mime_type not in _PICTURES:
        return None
    name = _name(document, key, _PICTURES[document.mime_type])
    return Fetch(document.file_id, name, document.file_size or 0, "pictures")


def _name(file: Voice | Audio | VideoNote | Document | PhotoSize, key: str, suffix: str) -> str:
    return re.sub(r"[^0-9A-Za-z_-]", "-", f"{key}-{file.file_unique_id}") + suffix


def _sound_suffix(sound: Voice | Audio | VideoNote | Document) -> str:
    if isinstance(sound, Voice | VideoNote):
        return ".ogg" if isinstance(sound, Voice) else ".mp4"
    suffix = Path(sound.file_name or "").suffix.lower()
    return suffix if suffix in _SOUNDS else ".bin"


class Downloads:
    """Files on their way; they go on while their page is asked for again."""

    def __init__(self, bot: Bot, clock: Clock, spool: Path, pictures: Path) -> None:
        """Nothing is fetched yet."""
        self._bot = bot
        self._clock = clock
        self._folders = {"spool": spool, "pictures": pictures}
        self._tasks: dict[str, asyncio.Task[str]] = {}

    async def collect(self, wanted: Sequence[Fetch]) -> dict[str, str]:
        """Name → name, or "" when it cannot be had; missing when it is still on its way or found no room on disk."""
        tasks = {item.name: self._start(item) for item in wanted}
        if tasks:
            await asyncio.wait(tasks.values(), timeout=PATIENCE)
        ready = {}
        for name, task in tasks.items():
            if task.done() and (problem := task.exception()):
                _log.warning("telegram: a file could not be stored (%s)", type(problem).__name__)
                del self._tasks[name]
            elif task.done():
                ready[name] = task.result()
        return ready

    def forget(self, wanted: Sequence[Fetch]) -> None:
        """Their events are accepted."""
        for item in wanted:
            self._tasks.pop(item.name, None)

    def close(self) -> None:
        """Stop what is still on its way."""
        for task in self._tasks.values():
            task.cancel()

    def _start(self, item: Fetch) -> asyncio.Task[str]:
        if item.name not in self._tasks:
            self._tasks[item.name] = asyncio.create_task(self._fetch(item))
        return self._tasks[item.name]

    async def _fetch(self, item: Fetch) -> str:
        path = self._folders[item.folder] / item.name
        if await asyncio.to_thread(_present, path):
            return item.name
        sound = await self._load(item) if item.size <= SIZE_LIMIT else None
        if sound is None or not 0 < len(sound) <= SIZE_LIMIT:
            return ""
        await asyncio.to_thread(_write, path, sound)
        return item.name

    async def _load(self, item: Fetch) -> bytes | None:
        for pause in (*PAUSES, None):
            try:
                file = await self._bot.get_file(item.file_id)
                return bytes(await file.download_as_bytearray())
            except FAULTS as error:
                _log.warning("telegram: a file could not be fetched (%s)", reason(error))
                if pause is None or isinstance(error, BadRequest):
                    return None
            await self._clock.sleep(pause)
        return None


def _present(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _write(path: Path, content: bytes) -> None:
    """On disk before its event is accepted, and never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
