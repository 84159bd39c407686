"""What is left of a line behind words that say something by themselves: 替我老伴 … · 不是,就是 … · /for 张大爷 …"""

from __future__ import annotations

import re

from models.meaning import Parse
from nlu.danger import table
from nlu.meaning import about
from nlu.meaning.answers import yes_no

_BUT = tuple(table("replies")["but"])
_END = re.compile(r"[\W_]+")
_FILED = re.compile(r"/\S+\s+\S+\s+(?P<rest>.*)", re.DOTALL)


def of(found: Parse) -> str:
    """The remainder of a line; empty when its first words say nothing by themselves, or all of it."""
    if filed := _FILED.fullmatch(found.text.strip()):
        return filed["rest"].strip()
    spoken = about.behalf(found.clean)
    return spoken.rest if spoken is not None else denied(found)


def denied(found: Parse) -> str:
    """What follows a plain no: 不是,就是垃圾; empty where something is taken back (不是,但是 …)."""
    denial, _, rest = _END.sub(" ", found.clean).partition(" ")
    return rest if rest and yes_no(denial, echo=False) is False and not rest.startswith(_BUT) else ""
