"""Unpacks a model's archive so that nothing lands outside its folder and nothing grows without bound."""

from __future__ import annotations

import lzma
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

_MOST_FILES = 2000
_PIECE = 1 << 20


_Opener = Callable[[str], IO[bytes]]
_CORRUPT = (zlib.error, lzma.LZMAError, ValueError)


class Unsafe(Exception):
    """The archive holds something that a model has no business to hold; the argument says what."""


@dataclass(frozen=True)
class _Member:
    """One file of an archive, whatever its kind."""

    name: str
    size: int
    plain: bool
    """A file, and no link, device or pipe."""


def unpack(archive: Path, folder: Path, most: int) -> None:
    """Unpack into a new folder, at most ``most`` bytes; the archive's single top folder is left away."""
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as zipped:
                _unpack(_zipped(zipped), lambda name: zipped.open(name), folder, most)
        else:
            with tarfile.open(archive, "r:*") as packed:
                _unpack(_packed(packed, most), lambda name: _opened(packed, name), folder, most)
    except (zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError, EOFError, *_CORRUPT) as error:
        raise Unsafe(f"{type(error).__name__}") from None


def _zipped(archive: zipfile.ZipFile) -> list[_Member]:
    return [
        _Member(one.filename, one.file_size, stat.S_IFMT(one.external_attr >> 16) in (0, stat.S_IFREG))
        for one in archive.infolist()
        if not one.is_dir()
    ]


def _packed(archive: tarfile.TarFile, most: int) -> list[_Member]:
    """The members of a tar; reading ends where there are too many, or too much is in them."""
    found: list[_Member] = []
    for one in archive:
        most -= max(one.size, 0)
        if len(found) > _MOST_FILES or most < 0:
            raise Unsafe("too large")
        if not one.isdir():
            found.append(_Member(one.name.removeprefix("./"), one.size, one.isreg()))
    return found


def _opened(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    """The data of a member by its plain name."""
    names = archive.getnames()
    data = archive.extractfile(name if name in names else f"./{name}")
    assert data is not None
    return data


def _unpack(members: list[_Member], opened: _Opener, folder: Path, most: int) -> None:
    _check(members, most)
    top, left = _top(members), most
    for member in members:
        target = folder.joinpath(*PurePosixPath(member.name).parts[top:])
        with opened(member.name) as data:
            left -= _write(data, target, left)


def _check(members: list[_Member], most: int) -> None:
    """Refuse paths that lead outside, links and devices, and archives that claim to be too large."""
    if len(members) > _MOST_FILES or sum(member.size for member in members) > most:
        raise Unsafe("too large")
    for member in members:
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts or "\\" in member.name or ":" in member.name or not path.parts:
            raise Unsafe(f"path {member.name!r}")
        if not member.plain:
            raise Unsafe(f"not a plain file: {member.name!r}")


def _top(members: list[_Member]) -> int:
    """1 if everything lies in one folder, else 0."""
    paths = [PurePosixPath(member.name).parts for member in members]
    return int(len({parts[0] for parts in paths}) == 1 and all(len(parts) > 1 for parts in paths))


def _write(data: IO[bytes], target: Path, left: int) -> int:
    """Write one file, counting what really comes out; returns its size."""
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with target.open("xb") as out:
        while piece := data.read(_PIECE):
            size += len(piece)
            if size > left:
                raise Unsafe("too large")
            out.write(piece)
    return size


def discard(folder: Path) -> None:
    """Remove a folder and all in it."""
    shutil.rmtree(folder, ignore_errors=True)
