"""A shorter life with the same fault: what need not have happened is left out, the larger pieces first."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.support.lives.acts import Act, without
from tests.support.lives.life import Life

NUMBER = re.compile(r"\d+")


def kind(fault: str) -> str:
    """What a fault is, without its hour, its numbers and its words."""
    return NUMBER.sub("", fault[12:].split(": ")[0])


def faults(seed: int, acts: Sequence[Act]) -> list[str]:
    """What goes wrong when this is lived."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(Life(Path(folder), seed).again(acts)).faults


def shrunk(seed: int, acts: Sequence[Act], fault: str, tries: int = 60) -> list[Act]:
    """As few acts as so many tries can find, after which the same fault is found."""
    wanted, left = kind(fault), list(acts)
    size = max(1, len(left) // 2)
    while tries and size:
        at = len(left) - size
        while tries and at > -size and len(left) > 1:
            shorter = without(left, max(0, at), size + min(0, at))
            tries -= 1
            if any(kind(one) == wanted for one in faults(seed, shorter)):
                left = shorter
            at -= size
        size //= 2
    return left
