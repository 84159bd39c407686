"""Writes OpenFst's plain vector format (arcs of type ``standard``), so that no other package is needed for it."""

from __future__ import annotations

from array import array
from pathlib import Path
from struct import Struct
from typing import NamedTuple

_MAGIC, _VERSION = 2125659606, 2
_EXPANDED, _MUTABLE = 0x1, 0x2
ACCEPTOR, INPUT_SORTED, OUTPUT_SORTED = 0x10000, 0x10000000, 0x40000000
"""OpenFst's property bits for what the caller knows of its arcs."""
_HEADER, _STATE, _ARC = Struct("<iiQqqq"), Struct("<fq"), Struct("<iifi")


class Arc(NamedTuple):
    """One step: a label in, a label out (0 is none), its cost, and the state it leads to."""

    input: int
    output: int
    cost: float
    to: int


class Machine:
    """States with arcs and final costs; state 0 is the start."""

    def __init__(self) -> None:
        self.arcs: list[list[Arc]] = []
        self.finals: dict[int, float] = {}

    def add_state(self) -> int:
        """A new state's number."""
        self.arcs.append([])
        return len(self.arcs) - 1

    def add(self, state: int, input: int, output: int, cost: float, to: int) -> None:
        """A new arc."""
        self.arcs[state].append(Arc(input, output, cost, to))

    def write(self, file: Path, properties: int, order: int) -> None:
        """Write the machine with each state's arcs in the order of their ``order``-th field (0 input, 1 output)."""
        parts = [_header(properties, len(self.arcs), sum(map(len, self.arcs)))]
        for state, arcs in enumerate(self.arcs):
            parts.append(_STATE.pack(self.finals.get(state, float("inf")), len(arcs)))
            parts.extend(_ARC.pack(*arc) for arc in sorted(arcs, key=lambda arc: arc[order]))
        file.write_bytes(b"".join(parts))


def _text(text: str) -> bytes:
    return array("i", [len(text)]).tobytes() + text.encode()


def _header(properties: int, states: int, arcs: int) -> bytes:
    """The file's head: what kind of machine it is and how large."""
    head = array("i", [_MAGIC]).tobytes() + _text("vector") + _text("standard")
    return head + _HEADER.pack(_VERSION, 0, properties | _EXPANDED | _MUTABLE, 0, states, arcs)
