"""Which part of what was read back is wrong, where nothing new is said of it: 地方不对 · 时间没错,门牌写错了 · 不是那个点."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from nlu.grammar import table

_RULES = table("answers")["correction"]
PARTS = ("place", "time")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_RULES[name])


@cache
def _words() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(words) for name, words in _RULES["part"].items()}


@cache
def _open() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(words) for name, words in _RULES["open"].items()}


def part(text: str, known: Sequence[str]) -> str | None:
    """The part that will not do, of those that were read back; None where none is said to, or it cannot be told which."""
    if text.endswith(tuple(_RULES["asked"])):
        return None
    clauses = [one for one in re.split(_RULES["stop"], text) if one]
    right = {name for clause in clauses if _pattern("right").search(clause) for name in _named(clause)}
    wrong = [clause for clause in clauses if _is_wrong(clause)]
    named = [name for clause in wrong for name in _named(clause) if name in known]
    if named:
        return next((name for name in named if name not in right), named[-1])
    said = [name for clause in clauses for name in _named(clause) if name in known and name not in right]
    left = [name for name in known if name not in right]
    return next(iter(said or (left if len(left) == 1 else [])), None) if wrong else None


def unsuited(text: str, known: Sequence[str]) -> str | None:
    """The part that does not suit: 那天有事, 太早了, 不是这栋."""
    return next((name for name, pattern in _open().items() if name in known and pattern.search(text)), None)


def agrees(text: str) -> bool:
    """Whether a line says that it is right, and names nothing that is not."""
    return bool(_pattern("agreed").search(text)) and not _pattern("changes").search(_pattern("right").sub("", text))


def _is_wrong(clause: str) -> bool:
    """Whether a clause says that something is wrong; 没错 and 哪有错 are not."""
    return bool(_pattern("wrong").search(_pattern("right").sub("", clause)))


def _named(clause: str) -> list[str]:
    """The parts that a clause speaks of; what was read back by its look (不是这屋, 不是那个点) is one too."""
    return [name for name in PARTS if _words()[name].search(clause) or _open()[name].search(clause)]
