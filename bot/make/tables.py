"""Tables that spreadsheets open, without a formula that somebody's words could hold."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these could be taken for a formula."""


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write a CSV file, readable by its owner only; returns its path."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(0o600)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([safe(str(cell)) for cell in row] for row in rows)
    return path


def safe(cell: str) -> str:
    """The cell, with a quotation mark before whatever could be a formula."""
    return f"'{cell}" if cell.startswith(RISKY) else cell
