"""A copy of the house in a folder of its own, to which files are added as a contributor would add them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("models", "nlu", "storage", "handlers", "bot")
HEAVY = frozenset({"starter_model", "font"})
"""Folders that are linked, not copied."""


def copied(folder: Path) -> Path:
    """The packages, copied; returns the folder."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=_heavy, symlinks=True)
    return folder


def _heavy(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__" or name in HEAVY}


def linked(folder: Path) -> None:
    """Link what was too heavy to copy."""
    for room in ROOMS:
        for heavy in (path for path in (ROOT / room).rglob("*") if path.name in HEAVY and path.is_dir()):
            there = folder / heavy.relative_to(ROOT)
            if not there.exists():
                there.symlink_to(heavy)


def prints(folder: Path) -> dict[str, str]:
    """File → a print of what stands in it."""
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def add(folder: Path, files: Mapping[str, str]) -> None:
    """Add files that are not there yet."""
    for name, text in files.items():
        path = folder / name
        assert not path.exists(), f"{name} exists already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def linsheng(folder: Path, *arguments: str, words: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line of the copy."""
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=folder,
        input=words,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )
