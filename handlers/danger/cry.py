"""What counts as a cry for help, and what is said to it; pure, so that the alarm lane says the same without a database."""

from __future__ import annotations

from collections.abc import Iterable

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
    return next((sign for sign in found if sign.tier == 1), None)


def words(kind: str) -> tuple[str, ...]:
    """The words of one kind that count when they are the whole line."""
    return heard.words(f"danger.{kind}")


def said(text: str) -> str:
    """A line without what people put around a word."""
    return text.strip(_AROUND)


def safe(house: House, sign: Sign, text: str) -> str:
    """What to do now, one action a line."""
    kind = alerts.kind_of(house, sign.family, sign.name)
    if kind == "crisis" and signs.about(text) not in (None, "self"):
        kind = "crisis_other"
    return house.texts[f"danger.safe.{kind}"]


def tail(house: House, sign: Sign) -> str:
    """That people are being looked for; nothing is promised."""
    return alerts.choose(house, "danger.tail", alerts.path_of(sign.name), "open")
