"""Names of places that only the neighbours know (大槐树那儿): found in what was said, to be explained once and learned."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from models.meaning import Lexicon, PlaceExpression
from nlu.grammar import table
from nlu.places import reading
from nlu.places.addresses import alternatives
from nlu.words.things import classes

_T: dict[str, Any] = table("places")["nickname"]
_NAMED = re.compile(
    rf"(?:^|[,。!?;、 ]|{alternatives(_T['strip_before'])})(?P<name>[一-鿿]{{{_T['shortest']},{_T['longest']}}}?)"
    rf"(?:{alternatives(_T['beside'])})"
)
_NEVER = re.compile(f"[{_T['never']}]")


def unknown(text: str, lexicon: Lexicon) -> str | None:
    """A name that stands where a place stands and that nobody knows yet (大槐树); None where a known place was said."""
    if reading.find(text, lexicon):
        return None
    found = _NAMED.search(text)
    name = re.sub(rf"^(?:{alternatives(_T['strip_before'])})+", "", found["name"]) if found else ""
    return name if len(name) >= _T["shortest"] and learnable(name) else None


def learnable(name: str) -> bool:
    """Whether a word may become everybody's name for a place: no person's, no thing's, nothing of somebody's own home."""
    if _NEVER.search(name) or name in _taken():
        return False
    return not any(name.endswith(word) for word in _own()) and not any(word in name for word in _people())


def meant(place: PlaceExpression, lexicon: Lexicon) -> str | None:
    """The words that a name is learned for: a public spot or a building that exists; None for somebody's own door."""
    if place.room or reading.check(place, lexicon) is not None:
        return None
    words = reading.spell(place)
    return words if words and reading.find(words, lexicon) else None


@cache
def _taken() -> frozenset[str]:
    words = classes()
    return frozenset().union(*(words[name] for name in ("any_thing", "kin", "staff", "helper", "indoor", "somebody")))


@cache
def _own() -> tuple[str, ...]:
    words = classes()
    known = {word for name in ("own_thing", "indoor") for word in words[name] if len(word) > 1}
    return tuple(sorted(known.union(_T["rooms"])))


@cache
def _people() -> tuple[str, ...]:
    return tuple(sorted(word for name in ("party", "kin") for word in classes()[name] if len(word) > 1))
