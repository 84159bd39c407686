"""What a browser sends: one JSON object, or one line of JSON followed by the bytes of a recording or a picture."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.page.controls import Refused
from models.events import Origin, Picture, Press, Received, Utterance, VoiceNote

BYTES = 19 * 1024 * 1024
"""Largest recording or picture; the socket itself takes one megabyte more."""
SOUNDS = ((b"\x1a\x45\xdf\xa3", 0, ".webm"), (b"ftyp", 4, ".mp4"), (b"OggS", 0, ".ogg"), (b"RIFF", 0, ".wav"))
IMAGES = ((b"\xff\xd8\xff", 0, ".jpg"), (b"\x89PNG\r\n", 0, ".png"), (b"GIF8", 0, ".gif"), (b"WEBP", 8, ".webp"))
"""Mark, its place in the file, and the suffix the file gets."""


@dataclass(frozen=True)
class Request:
    """One thing a person did at the page."""

    do: str
    """``say``, ``amend`` (what was heard in a recording), ``press``, ``voice``, ``picture`` or ``move``."""
    id: str
    """The browser's number for it, named in the answer."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    body: bytes = b""

    def text(self, name: str) -> str:
        """A field that should be text; anything else counts as empty."""
        value = self.fields.get(name)
        return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def read(raw: str | bytes) -> Request:
    """The request in a frame; raises ``Refused``."""
    head, body = (raw, b"") if isinstance(raw, str) else _split(raw)
    try:
        fields = json.loads(head)
        return Request(str(fields["do"]), str(fields.get("id", "")), fields, body)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refused("这一条我没看懂") from error


def _split(raw: bytes) -> tuple[bytes, bytes]:
    head, _, body = raw.partition(b"\n")
    return head, body


def suffix(request: Request) -> str:
    """The suffix for the file a request carries, by its first bytes; raises ``Refused`` for what cannot be taken."""
    if not request.body or len(request.body) > BYTES:
        raise Refused("文件是空的" if not request.body else "文件太大了，最多 19 兆")
    for mark, place, ending in SOUNDS if request.do == "voice" else IMAGES:
        if request.body[place:].startswith(mark):
            return ending
    if request.do == "picture":
        raise Refused("这个不是图片，请换一张照片")
    return ".bin"


def keep(file: Path, body: bytes) -> None:
    """Write the file for its owner alone, down to the disk, or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as sink:
            sink.write(body)
            sink.flush()
            os.fsync(sink.fileno())
    except OSError:
        file.unlink(missing_ok=True)
        raise


def seconds(request: Request) -> float | None:
    """How long a recording says it is, when that can be."""
    value = request.fields.get("seconds")
    return float(value) if isinstance(value, int | float) and 0 <= value < 86_400 else None


EVENTS: Mapping[str, Callable[[Request, Origin, str], Received]] = {
    "say": lambda request, origin, file: Utterance(origin, request.text("text")),
    "amend": lambda request, origin, file: Utterance(
        origin, request.text("text"), first=origin.at.timestamp(), amends=True
    ),
    "press": lambda request, origin, file: Press(origin, request.text("data")),
    "voice": lambda request, origin, file: VoiceNote(origin, file, seconds(request)),
    "picture": lambda request, origin, file: Picture(origin, file, request.text("text")),
}
"""Request → the event it is; ``file`` is a name in the spool or the pictures folder."""
