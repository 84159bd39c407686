"""Signs of danger in what somebody says.

Elderly people describe what they see, seldom a keyword: 叫不应, 嘴歪了, 嗞嗞冒火星. A missed sign costs a life, a false alarm
costs trust, so there are two tiers:

    text ─► clauses ─┬─► rules, by characters ─► harmless stretch? ─► limits, support ─┬─► Tier 1   alert at once
                     │                           (吓死我了, 煤气费)     (nearest decides) ├─► Tier 2   one yes/no question
                     │                                                                 └─► nothing
                     └─► rules, by sound ──────► heard closely enough? ─► the same ──────► Tier 2, never Tier 1

A rule joins what is said of somebody (``<kin>``), what happened (``叫不应``) and where, with gaps between; the tables in
``nlu/danger/zh`` hold them all. A limit (told on television, years ago, feared, denied, a drill) silences the signs in its
scope only: 电视还开着,老伴倒地上了 is an alarm, 电视里演的老头倒地上了 is none. What is said to calm (没事) is no limit.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.meaning import Sign
from nlu.danger import table
from nlu.danger.cleaning import clean
from nlu.danger.hearing import heard
from nlu.danger.judging import Scene, judged
from nlu.danger.people import person

_ORDER = ("fire", "gas", "crisis", "security", "medical", "trapped", "lost", "scam", "unknown")
_FIRST: list[str] = table("witnesses")["severity"]["first"]


def find(text: str) -> tuple[Sign, ...]:
    """The signs of danger in a text, most severe first; each sign once."""
    scene = Scene(clean(text))
    candidates = scene.reading.candidates()
    signs = judged(scene, candidates)
    if not any(sign.tier == 1 for sign in signs):
        signs += heard(scene, candidates)
    return _sorted(signs)


def _sorted(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """The most severe finding of each sign, most severe sign first."""
    best: dict[str, Sign] = {}
    for sign in sorted(signs, key=_severity):
        best.setdefault(sign.name, sign)
    return tuple(best.values())


def _severity(sign: Sign) -> tuple[int, int, int, int]:
    """The order of signs: explicit ones, by family, within it what tells best what to do (a stroke before a fall)."""
    rank = _FIRST.index(sign.name) if sign.name in _FIRST else len(_FIRST)
    return sign.tier, _ORDER.index(sign.family), rank, -len(sign.text)


def urgency(signs: Iterable[Sign]) -> str | None:
    """``P0`` with a Tier 1 sign, ``P1`` with any other, None without."""
    tiers = [sign.tier for sign in signs]
    return f"P{min(tiers) - 1}" if tiers else None


def about(text: str) -> str | None:
    """Who it is about, as a key of ``people.toml``: ``self``, ``spouse``, ``neighbour`` …; None when nobody is named."""
    return person(clean(text), [sign.text for sign in find(text)])
