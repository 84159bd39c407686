"""From places where a rule matches to signs: what the words around them leave of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from models.meaning import Sign
from nlu.danger.marks import ASK, SILENT, Surroundings
from nlu.danger.matching import Found
from nlu.danger.rules import Reading, Rule


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
