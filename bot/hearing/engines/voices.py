"""Voices that can be fetched beside the ears: what a folder must hold for ``bot/speaking`` to speak with it."""

from __future__ import annotations

import re
from pathlib import Path

_NETS = ("model.onnx", "model.int8.onnx")
_LEAST = 1000
"""Bytes of a net: what is smaller is a pointer to one."""


def net_of(folder: Path) -> Path | None:
    """The net's file."""
    files = (folder / name for name in _NETS)
    return next((file for file in files if file.is_file() and file.stat().st_size > _LEAST), None)


def fault_of(folder: Path) -> str | None:
    """What is wrong with a voice's folder: ``missing``, ``broken``, ``language`` or None; a bad net ends its process."""
    if not folder.is_dir():
        return "missing"
    words, tokens = folder / "lexicon.txt", folder / "tokens.txt"
    if net_of(folder) is None or not words.is_file() or not tokens.is_file() or not tokens.stat().st_size:
        return "broken"
    with words.open("rb") as file:
        head = file.read(1 << 20).decode("utf-8", "replace")
    return None if re.search(r"[一-龥]", head) else "language"
