"""Which kind of sound file this is, by its first bytes alone: the name that FFmpeg is then held to."""

from __future__ import annotations

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"OggS", "ogg"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (4, b"ftyp", "mov"),
    (0, b"#!AMR\n", "amr"),
    (0, b"#!AMR-WB\n", "amr"),
    (8, b"WAVE", "wav"),
    (0, b"ID3", "mp3"),
)
"""Offset, bytes, FFmpeg's name. Playlists, session descriptions and all else that names other files have no row."""


def container_of(head: bytes) -> str | None:
    """FFmpeg's name for a file that begins with these bytes, or None for what is not a sound file."""
    for offset, signature, name in _SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return name
    return "mp3" if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 else None
