"""What counts as a cry for help, and what is said to it; pure, so that the alarm lane says the same without a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from handlers.danger import alerts
from handlers.settings import House
from models.meaning import Sign
from nlu.danger import signs
from nlu.words import heard

BARE = Sign("unknown", 1, "cry")
_AROUND = "\u3002\uff01!\uff1f?\uff0c,~\uff5e. \u2026"


def explicit(house: House, found: Iterable[Sign], text: str, staff: bool) -> Sign | None:
    """The explicit sign that alerts; a command or the desk's own talk holds one only when it is a bare cry."""
    if said(text).lower().removeprefix("/") in words("panic"):
        return next((sign for sign in found if sign.tier == 1), BARE)
    if staff or text.startswith("/"):
        return None
    seen = tuple(found)
    sure = next((sign for sign in seen if sign.tier == 1), None)
    closed = next((sign for sign in seen if alerts.path_of(sign.name) == "welfare"), None)
    return replace(closed, tier=1) if sure is not None and closed is not None and sure.family in BEHIND else sure


def words(kind: str) -> tuple[str, ...]:
    """The words of one kind that count when they are the whole line."""
    return heard.words(f"danger.{kind}")


BEHIND = frozenset({"medical", "lost"})
"""Families whose first aid nobody can give through a closed door."""
OTHERS = ("隔壁", "对门", "邻居", "街坊", "楼上", "楼下")
"""Words for somebody else's home at the head of a line."""
SHORT = 18
"""Characters of a line that says nothing but that it was a slip."""


def slipped(text: str) -> bool:
    """按错了, 不小心碰着了, 孙子乱按的: a short line that says that nothing was meant."""
    return said(text) in words("mistaken") or (len(text) <= SHORT and heard.says("slip.pressed", text))


def calmed(text: str) -> bool:
    """没事了, 我没事就是想说米扛不动: a line that begins with that all is well."""
    return said(text) in words("calm") or text.startswith(("没事", "我没事"))


def of_others(text: str) -> bool:
    """Whether the danger is in somebody else's home."""
    named = text.startswith(OTHERS) and "我" not in text
    return named or signs.about(text) == "neighbour"


def said(text: str) -> str:
    """A line without what people put around a word."""
    return text.strip(_AROUND)


def safe(house: House, sign: Sign, text: str) -> str:
    """What to do now, one action a line."""
    kind = alerts.kind_of(house, sign.family, sign.name)
    if kind == "quiet" and of_others(text):
        kind = "quiet_other"
    if kind == "crisis" and signs.about(text) not in (None, "self"):
        kind = "crisis_other"
    return house.texts[f"danger.safe.{kind}"]


def tail(house: House, sign: Sign) -> str:
    """That people are being looked for; nothing is promised."""
    return alerts.choose(house, "danger.tail", alerts.path_of(sign.name), "open")
