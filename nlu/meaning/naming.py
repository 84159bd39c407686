"""Words that name a thing and say nothing of it: 就那个水管的, 理发那个呢. Pure; the words are ``grammar/zh/work.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from nlu.grammar import table


@cache
def _besides() -> re.Pattern[str]:
    """What may stand around a name."""
    return re.compile(f"(?:{'|'.join(map(re.escape, sorted(table('work')['naming']['besides'], key=len)[::-1]))})*")


def only(text: str, names: Iterable[str]) -> bool:
    """Whether a line is one of these names, or its end (那个灯), and nothing that asks for, reports or answers something."""
    said = re.sub(r"[\W_]+", "", text)
    tails = (name[at:] for name in names for at in range(len(name)))
    return any(tail in said and _besides().fullmatch(said.replace(tail, "", 1)) is not None for tail in tails)
