"""The words that a Vosk model can write: a table beside its graph or, in the small published ones, inside it."""

from __future__ import annotations

from pathlib import Path
from struct import Struct, error

_MAGIC = (2125658996).to_bytes(4, "little")
"""How OpenFst begins a symbol table."""
_HEAD = 1 << 16
"""A table inside a graph begins within so many bytes."""
_MOST = 3_000_000
_SIZE, _COUNTS, _KEY = Struct("<i"), Struct("<qq"), Struct("<q")


def names_of(model: Path) -> list[str]:
    """Every word of a model, in the order of its table; none where it has no table."""
    for table in (model / "graph" / "words.txt", model / "words.txt"):
        if table.is_file():
            return [line.split(" ")[0] for line in table.read_text("utf-8", errors="replace").splitlines()]
    for graph in ("Gr.fst", "HCLG.fst"):
        for folder in (model / "graph", model):
            if (folder / graph).is_file() and (found := _inside((folder / graph).read_bytes())):
                return found
    return []


def _inside(data: bytes) -> list[str]:
    """The last of the symbol tables at the head of a graph: that of its outputs."""
    found: list[str] = []
    place = data.find(_MAGIC, 0, _HEAD)
    try:
        while place >= 0:
            found, end = _table(data, place + len(_MAGIC))
            place = end if data[end : end + len(_MAGIC)] == _MAGIC else -1
    except (error, ValueError):
        return []
    return found


def _table(data: bytes, place: int) -> tuple[list[str], int]:
    """A table's words and where it ends; raises ``ValueError`` or ``struct.error`` for what is none."""
    _, place = _text(data, place)
    _, count = _COUNTS.unpack_from(data, place)
    if not 0 < count <= _MOST:
        raise ValueError(count)
    place, words = place + _COUNTS.size, []
    for _ in range(count):
        word, place = _text(data, place)
        place += _KEY.size
        words.append(word)
    return words, place


def _text(data: bytes, place: int) -> tuple[str, int]:
    (size,) = _SIZE.unpack_from(data, place)
    if not 0 <= size <= 1 << 12:
        raise ValueError(size)
    start = place + _SIZE.size
    return data[start : start + size].decode("utf-8", "replace"), start + size
