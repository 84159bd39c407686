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

import re
from collections.abc import Iterable
from functools import cached_property

from models.meaning import Sign
from nlu.danger import table
from nlu.danger.hearing import heard
from nlu.danger.marks import ASK, SILENT, Surroundings
from nlu.danger.matching import Found
from nlu.danger.patterns import BREAK
from nlu.danger.people import person
from nlu.danger.rules import Reading, Rule

_TABLE = table("cleaning")
_VARIANTS = str.maketrans(dict(_TABLE["variants"]))
_SIGNS: dict[str, str] = _TABLE["signs"]
_FILLERS = re.compile(_TABLE["fillers"])
_OTHER = re.compile(r"[\W_]+")
_REPEATED = re.compile(r"(.)\1{2,}")
_DECIMAL = re.compile(r"(?<=\d)[.．](?=\d)")
_SPACED = 2.2
"""Below this average length, stretches between spaces are a recognizer's words, not clauses."""
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


# ---------------------------------------------------------------- from a text to its signs


def clean(text: str) -> str:
    """The text in simplified characters without fillers, a ``，`` at both ends and wherever something ends a clause."""
    for symbol, words in _SIGNS.items():
        if symbol in text:
            text = text.replace(symbol, words)
    pieces = text.split()
    if len(pieces) > 2 and sum(map(len, pieces)) < _SPACED * len(pieces):
        text = "".join(pieces)
    text = _DECIMAL.sub("点", text).lower().translate(_VARIANTS)
    text = _FILLERS.sub("", _OTHER.sub(BREAK, f"{BREAK}{text}{BREAK}"))
    return _REPEATED.sub(r"\1", text)


class Scene:
    """A cleaned text in which something was found; what stands around is looked up once, when needed."""

    def __init__(self, text: str) -> None:
        self.text, self.reading = text, Reading(text)

    @cached_property
    def around(self) -> Surroundings:
        """The words that limit or support."""
        return Surroundings(self.text)

    def tier(self, rule: Rule, found: Found, misheard: bool = False) -> int:
        """1, 2 or, for no sign at all, 0; what ends a limit may have been misheard too."""
        if self.reading.excuses(rule.sign, found.slots):
            return 0
        effect = self.around.effect(found, rule, misheard)
        if effect == SILENT:
            return 0
        if rule.strength == "tier1":
            return 2 if effect == ASK else 1
        supported = rule.strength != "tier2" and self.around.supported(found)
        if rule.strength == "hinted":
            return 2 if supported else 0
        return 1 if supported and effect != ASK else 2


def judged(scene: Scene, candidates: Iterable[tuple[Rule, Found]]) -> list[Sign]:
    """The signs among the candidates; a sign that already alerts is not looked at again."""
    signs: list[Sign] = []
    loud: set[str] = set()
    for rule, found in candidates:
        tier = 0 if rule.sign in loud else scene.tier(rule, found)
        if tier:
            signs.append(Sign(rule.family, tier, rule.sign, scene.text[slice(*found.span)]))
        if tier == 1:
            loud.add(rule.sign)
    return signs
