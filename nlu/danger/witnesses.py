"""Two witnesses of danger: what the rules found, and how likely the scorer holds an emergency.

A rule that is right 9 times in 10 alerts alone. Others need the scorer; a very sure scorer alerts alone; what is weaker asks.
Without a scorer the rules alert alone, as they do in the alarm lane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.meaning import Sign
from nlu.danger import table

_TABLE = table("witnesses")
_SHARES: dict[str, float] = {name: one for name, one in _TABLE["scorer"].items() if name != "spared"}
_SPARED = frozenset(_TABLE["scorer"]["spared"])
_SCAM: dict[str, float] = _TABLE["scam"]
_ALONE = frozenset(_TABLE["alone"]["signs"])
_WARY = frozenset(_TABLE["wary"]["signs"])
_ASKED = frozenset(_TABLE["asked"]["families"])
_FIRST = frozenset(_TABLE["order"]["first"])
LEAST = min(_SHARES["ask"], _SHARES["alone"])
"""Below this the scorer alone sees nothing."""
SEEN = "seen"
"""The name of a sign that the scorer alone sees."""


def witnessed(
    found: Sequence[Sign], danger: float, now: float, family: str, text: str, scam: float = 1.0
) -> tuple[Sign, ...]:
    """The signs as both witnesses have it.

    ``danger``: how likely some emergency is, ``now``: how likely it cannot wait; ``family``: which it is most likely;
    ``scam``: how likely it speaks of a fraud.
    """
    weighed = (_paid(one, scam) if one.family == "scam" else _weighed(one, danger, now) for one in found)
    heard = tuple(
        sorted((one for one in weighed if one is not None), key=lambda one: (one.tier, one.name not in _FIRST))
    )
    if any(sign.family != "scam" and sign.tier == 1 for sign in heard):
        return heard
    if danger * now >= _SHARES["alone"] and family not in _ASKED:
        return (_named(found, family, 1, text), *heard)
    if danger >= _SHARES["ask"] and not any(sign.family != "scam" for sign in heard):
        return (*heard, _named(found, family, 2, text))
    return heard


def _named(found: Sequence[Sign], family: str, tier: int, text: str) -> Sign:
    """What the scorer sees, called by a rule that saw something too: a door nobody opens is nobody who is lost."""
    seen = next((one for one in found if one.family != "scam"), None)
    return Sign(family, tier, SEEN, text) if seen is None else replace(seen, tier=tier)


def once(text: str) -> str:
    """A line without the word that says it has been so before: 又着火了 burns no less."""
    return text.removeprefix(next((word for word in _TABLE["again"]["words"] if text.startswith(word)), ""))


def alone(sign: Sign) -> bool:
    """Whether the rule of this sign alerts without the scorer."""
    return sign.name in _ALONE


def least(question: str) -> float:
    """How likely an emergency must be, without any rule, where a question of this kind is open."""
    return _TABLE["open"].get(question, _TABLE["open"]["others"] if question != "-" else 0.0)  # type: ignore[no-any-return]


def _paid(sign: Sign, scam: float) -> Sign | None:
    """A sign of money about to move, as far as the scorer holds it to be a fraud."""
    if sign.tier > 1 or scam >= _SCAM["beside"]:
        return sign
    return replace(sign, tier=2) if scam >= _SCAM["doubt"] else None


def _weighed(sign: Sign, danger: float, now: float) -> Sign | None:
    """A sign with the tier that the scorer leaves it, or None."""
    if sign.tier == 1 and sign.name in _ALONE:
        return sign
    alerts, asks = ("beside", "doubt") if sign.tier == 1 else ("weak", "drop")
    least = _SHARES["wary" if sign.tier == 1 and sign.name in _WARY else alerts]
    if (danger if sign.tier == 1 else danger * now) >= least:
        return sign if sign.family in _ASKED else replace(sign, tier=1)
    spared = sign.tier == 1 and sign.family in _SPARED
    return replace(sign, tier=2) if spared or danger >= _SHARES[asks] else None
