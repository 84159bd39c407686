"""What the try page still knows after a restart: a file with one JSON object a line, the newest last."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO


class Kept:
    """A file that grows by a line with everything that happens; without a folder nothing is kept."""

    def __init__(self, file: Path | None) -> None:
        """Read what is there; a line that was cut off by a crash does not count."""
        self._file = file
        self.lines: list[dict[str, Any]] = list(_read(file)) if file and file.is_file() else []
        self._sink: TextIO | None = None

    @property
    def last(self) -> datetime | None:
        """The latest time of the try-out that was written down."""
        return max((datetime.fromisoformat(line["now"]) for line in self.lines if "now" in line), default=None)

    def every(self, what: str) -> Iterator[Any]:
        """What was written under that name, in order."""
        return (line[what] for line in self.lines if what in line)

    def begin(self, lines: Iterable[dict[str, Any]]) -> None:
        """Write the file anew with what is still worth keeping, and go on behind it."""
        self.lines = []
        if self._file is None:
            return
        fresh = self._file.with_suffix(".new")
        handle = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        self._sink = os.fdopen(handle, "w", encoding="utf-8")
        for line in lines:
            self.add(**line)
        fresh.replace(self._file)

    def add(self, **line: Any) -> None:
        """Write one thing down at once."""
        if self._sink:
            print(json.dumps(line, ensure_ascii=False), file=self._sink, flush=True)


def _read(file: Path) -> Iterator[dict[str, Any]]:
    for raw in file.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            line = json.loads(raw)
        except ValueError:
            continue
        if isinstance(line, dict):
            yield line
