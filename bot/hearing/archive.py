"""Unpacks a model's archive so that nothing lands outside its folder and nothing grows without bound."""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath

_MOST_FILES = 2000
_PIECE = 1 << 20


class Unsafe(Exception):
    """The archive holds something that a model has no business to hold; the argument says what."""


def unpack(archive: Path, folder: Path, most: int) -> None:
    """Unpack into a new folder, at most ``most`` bytes; the archive's single top folder is left away."""
    try:
        with zipfile.ZipFile(archive) as source:
            members = [member for member in source.infolist() if not member.is_dir()]
            _check(members, most)
            top = _top(members)
            left = most
            for member in members:
                left -= _write(source, member, folder.joinpath(*PurePosixPath(member.filename).parts[top:]), left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unsafe(f"{type(error).__name__}") from None


def _check(members: list[zipfile.ZipInfo], most: int) -> None:
    """Refuse paths that lead outside, links and devices, and archives that claim to be too large."""
    if len(members) > _MOST_FILES or sum(member.file_size for member in members) > most:
        raise Unsafe("too large")
    for member in members:
        path, kind = PurePosixPath(member.filename), stat.S_IFMT(member.external_attr >> 16)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
            raise Unsafe(f"path {member.filename!r}")
        if kind not in (0, stat.S_IFREG):
            raise Unsafe(f"not a plain file: {member.filename!r}")


def _top(members: list[zipfile.ZipInfo]) -> int:
    """1 if everything lies in one folder, else 0."""
    paths = [PurePosixPath(member.filename).parts for member in members]
    return int(len({parts[0] for parts in paths}) == 1 and all(len(parts) > 1 for parts in paths))


def _write(source: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, left: int) -> int:
    """Write one file, counting what really comes out; returns its size."""
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with source.open(member) as data, target.open("xb") as out:
        while piece := data.read(_PIECE):
            size += len(piece)
            if size > left:
                raise Unsafe("too large")
            out.write(piece)
    return size


def discard(folder: Path) -> None:
    """Remove a folder and all in it."""
    shutil.rmtree(folder, ignore_errors=True)
