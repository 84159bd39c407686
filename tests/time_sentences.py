"""Reads the sentences with times in tests/sentences/zh/times (their format is in its README)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent / "sentences" / "zh" / "times"
ZONE = ZoneInfo("Asia/Shanghai")
FIELDS = ("start", "end", "grain", "every")


@dataclass(frozen=True)
class Sentence:
    """A sentence, when it was said, and what it must mean."""

    text: str
    now: datetime
    times: tuple[dict[str, str | None], ...]
    impossible: tuple[str, ...]
    conflict: bool
    kept_aside: bool
    topic: str


def sentences(kept_aside: bool | None = None) -> list[Sentence]:
    """All sentences, or only those kept aside from tuning, or only the others."""
    found = [sentence for path in sorted(FOLDER.glob("*.txt")) for sentence in _read(path)]
    return [one for one in found if kept_aside is None or one.kept_aside == kept_aside]


def _read(path: Path) -> Iterator[Sentence]:
    now, number = datetime(2026, 3, 2, 9, tzinfo=ZONE), 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            now = datetime.fromisoformat(line.strip("= ")).replace(tzinfo=ZONE)
        elif line.strip() and not line.startswith("#"):
            number += 1
            yield _sentence(line, now, number % 2 == 0, path.stem)


def _sentence(line: str, now: datetime, kept_aside: bool, topic: str) -> Sentence:
    text, _, expected = line.partition(" → ")
    times, _, impossible = expected.partition(" ! ")
    listed = times.replace(" <> ", " ; ").split(" ; ")
    known = tuple(_time(one) for one in listed if one.strip() != "-")
    named = tuple(word.strip() for word in impossible.split(" ; ") if word.strip())
    return Sentence(text, now, known, named, "<>" in expected, kept_aside, topic)


def _time(source: str) -> dict[str, str | None]:
    cells = [cell.strip() for cell in source.split("|")]
    return {name: None if cell == "-" else cell for name, cell in zip(FIELDS, cells, strict=True)}
