"""Fetches a file over HTTP: resumed where it was left, with a progress bar, through a proxy if one is set."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import OpenerDirector, ProxyHandler, Request, build_opener

from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

_PIECE = 1 << 18
_SILENCE = 30.0
"""Seconds without a byte after which a connection counts as broken."""


class Refused(Exception):
    """The other side answered, but not with the file."""


def fetch(url: str, part: Path, size: int, proxy: str = "") -> None:
    """Append what is missing to ``part``; raises ``OSError`` when the line breaks, :class:`Refused` for a refusal."""
    have = part.stat().st_size if part.exists() else 0
    if have >= size > 0:
        return
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True) as progress:
        task = progress.add_task("", total=size or None, completed=have)
        for number, start in _pieces(opener(proxy), url, part, have, size):
            progress.update(task, completed=start + number)


def opener(proxy: str = "") -> OpenerDirector:
    """What opens addresses, through the proxy given or the environment's."""
    return build_opener(ProxyHandler({"http": proxy, "https": proxy} if proxy else None))


def _pieces(through: OpenerDirector, url: str, part: Path, have: int, size: int) -> Iterator[tuple[int, int]]:
    """Write piece after piece and tell each one's size and place."""
    request = Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        with through.open(request, timeout=_SILENCE) as answer:
            resumed = answer.status == 206
            place = have if resumed else 0
            with part.open("ab" if resumed else "wb") as out:
                while piece := answer.read(_PIECE):
                    out.write(piece)
                    yield len(piece), place
                    place += len(piece)
                    if place > size > 0:
                        return
    except HTTPError as error:
        raise Refused(f"HTTP {error.code}") from None
    except HTTPException as error:
        raise OSError(f"{type(error).__name__}") from None


def digest(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
