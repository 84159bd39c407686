"""Fetches a file over HTTP: resumed where it was left, through a proxy if one is set, given up when it hangs or crawls."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import OpenerDirector, ProxyHandler, Request, build_opener

_PIECE = 1 << 16
SILENCE = 15.0
"""Seconds without a byte after which a connection counts as broken."""
CRAWL = 60.0
"""Seconds after which a connection must have brought something worth waiting for."""
LEAST = 4096
"""Bytes a second that are worth waiting for."""


class Refused(Exception):
    """The other side answered, but not with the file."""


def fetch(
    url: str, part: Path, size: int, proxy: str = "", progress: Callable[[int], None] = lambda have: None
) -> None:
    """Append what is missing to ``part``; raises ``OSError`` when the line breaks, :class:`Refused` for a refusal."""
    have = part.stat().st_size if part.exists() else 0
    if have >= size > 0:
        return
    begun, brought = time.monotonic(), 0
    for number, start in _pieces(opener(proxy), url, part, have, size):
        progress(start + number)
        brought += number
        passed = time.monotonic() - begun
        if passed > CRAWL and brought < LEAST * passed:
            raise OSError("too slow")


def opener(proxy: str = "") -> OpenerDirector:
    """What opens addresses, through the proxy given or the environment's."""
    return build_opener(ProxyHandler({"http": proxy, "https": proxy} if proxy else None))


def _pieces(through: OpenerDirector, url: str, part: Path, have: int, size: int) -> Iterator[tuple[int, int]]:
    """Write piece after piece and tell each one's size and place."""
    request = Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        with through.open(request, timeout=SILENCE) as answer:
            resumed = answer.status == 206
            place = have if resumed else 0
            with part.open("ab" if resumed else "wb") as out:
                while piece := answer.read1(_PIECE):
                    out.write(piece)
                    yield len(piece), place
                    place += len(piece)
                    if place > size > 0:
                        return
    except HTTPError as error:
        raise Refused(f"HTTP {error.code}") from None
    except (HTTPException, ValueError) as error:
        raise OSError(f"{type(error).__name__}") from None


def digest(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
