"""The words around a time that decide how it is placed: past words, habits, refusals."""

from __future__ import annotations

import re
from functools import cache

from nlu.grammar import table

_REACH = 24
"""Characters on either side in which a cue counts."""


@cache
def cue(name: str) -> re.Pattern[str]:
    """A compiled rule of [cue] or [glue]."""
    data = table("times")
    source: str = data["cue"].get(name) or data["glue"][name]
    return re.compile(source.replace("{events}", data["cue"]["events"]))


def clause(text: str, start: int, end: int, edge: str = "pause") -> tuple[str, str]:
    """What stands before and behind an expression in its clause."""
    before, behind = text[max(0, start - _REACH) : start].rstrip(" "), text[end : end + _REACH].lstrip(" ")
    return cue(edge).split(before)[-1], cue(edge).split(behind)[0]


def past(text: str, start: int, end: int, deep: bool) -> str | None:
    """``happened``: surely behind us; ``over``: not to be moved on; None: nothing is known.

    What befell somebody at night (``deep``) is often told in the next clause.
    """
    before, behind = clause(text, start, end, "stop" if deep else "pause")
    whole = "".join(clause(text, start, end, "stop"))
    if cue("ahead").search(before + behind):
        return None
    if cue("past").search(before + behind) or cue("since").search(whole) or cue("happened").search(behind):
        return "happened"
    return "over" if cue("over").search(behind) or cue("promised").search(before) else None


def habit(text: str, start: int, end: int) -> str | None:
    """起床 or 睡前 nearby: the half of the day that a bare hour means."""
    nearby = "".join(clause(text, start, end))
    if cue("nap").search(nearby):
        return None
    return next((f"{name}_habit" for name in ("morning", "evening", "night") if cue(name).search(nearby)), None)


def refused(text: str, start: int, end: int) -> str | None:
    """``no``: it does not suit or is not meant; ``declined``: only if another time follows."""
    if cue("refused").match(text, end):
        return "no"
    if is_denied(text, start) and not cue("asked").match(text, end):
        return "no"
    return "declined" if cue("declined").match(text, end) else None


def is_denied(text: str, start: int) -> bool:
    """Whether 不是 or 除了 stands right before."""
    return bool(cue("denied").search(text, max(0, start - 8), start))
