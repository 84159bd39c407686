"""Sound and pictures: which file of a message is meant, and what it will be called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from telegram import Audio, Document, Message, PhotoSize, VideoNote, Voice

SIZE_LIMIT = 20_000_000
"""What the Bot API lets a bot download."""
_SOUNDS = {".ogg", ".oga", ".opus", ".mp3", ".m4a", ".mp4", ".amr", ".wav", ".webm", ".aac", ".flac"}
_KINDS: dict[type, str] = {Voice: "voice", Audio: "audio", VideoNote: "round", Document: "document"}
_PICTURES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
_NAMED = {".jpg": ".jpg", ".jpeg": ".jpg", ".png": ".png", ".webp": ".webp"}
"""How the name of a picture ends when a phone does not say what kind of file it is."""
_UNSAID = {"", "application/octet-stream"}


@dataclass(frozen=True)
class Fetch:
    """A file that an event waits for; the same update always gets the same name."""

    file_id: str
    name: str
    size: int
    folder: str
    """``spool`` or ``pictures``."""
    kind: str
    """A row of ``budgets.toml``."""
    seconds: float | None = None


def sound_of(message: Message, key: str) -> Fetch | None:
    """The recording in a message: a voice note, an audio file, or the sound of a round video."""
    sound: Voice | Audio | VideoNote | Document | None = message.voice or message.audio or message.video_note
    if sound is None and message.document and (message.document.mime_type or "").startswith("audio/"):
        sound = message.document
    if sound is None:
        return None
    seconds = sound.to_dict().get("duration")  # the attribute changes its type between versions and warns about it
    kind = _KINDS[type(sound)]
    return Fetch(sound.file_id, _name(sound, key, _sound_suffix(sound)), sound.file_size or 0, "spool", kind, seconds)


def picture_of(message: Message, key: str) -> Fetch | None:
    """The largest size of a photograph, or a picture sent as a file."""
    if message.photo:
        fitting = [size for size in message.photo if (size.file_size or 0) <= SIZE_LIMIT] or list(message.photo)
        largest = max(fitting, key=lambda size: size.width * size.height)
        return Fetch(largest.file_id, _name(largest, key, ".jpg"), largest.file_size or 0, "pictures", "picture")
    document = message.document
    suffix = _picture_suffix(document) if document is not None else None
    if document is None or suffix is None:
        return None
    name = _name(document, key, suffix)
    return Fetch(document.file_id, name, document.file_size or 0, "pictures", "picture")


def _name(file: Voice | Audio | VideoNote | Document | PhotoSize, key: str, suffix: str) -> str:
    return re.sub(r"[^0-9A-Za-z_-]", "-", f"{key}-{file.file_unique_id}") + suffix


def _picture_suffix(document: Document) -> str | None:
    kind = document.mime_type or ""
    named = _NAMED.get(Path(document.file_name or "").suffix.lower())
    return _PICTURES.get(kind) or (named if kind in _UNSAID else None)


def _sound_suffix(sound: Voice | Audio | VideoNote | Document) -> str:
    if isinstance(sound, Voice | VideoNote):
        return ".ogg" if isinstance(sound, Voice) else ".mp4"
    suffix = Path(sound.file_name or "").suffix.lower()
    return suffix if suffix in _SOUNDS else ".bin"
