"""What a line wants, decided from the scorer's shares and the phrases that fit.

shares of the line ─┬─► sure enough for what a mistake costs ──────► acted on
phrases that fit ───┘─► between ─► asked about, with its rival       (thresholds.toml)
                      ─► below  ─► nothing
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from models import files as tables
from models.meaning import Match
from nlu.meaning import belonging, learning, slots
from nlu.meaning.intents import Found
from nlu.meaning.scorer import NOTHING, Scorer, Scores, scorer
from nlu.meaning.vocabulary import asked, place, vocabulary, voice
from nlu.words.phrasebook import Case, phrasebook
from nlu.words.utterance import Said

_ALERT, _UNKNOWN = "vol.alert", "emergency.unknown"
_EDGES = " ,,。;!?、"
_GENERAL = ("object", "place", "time", "for")
"""Slots of an intent that no phrase file speaks of."""


@dataclass(frozen=True)
class Need:
    """A meaning of an utterance, with the case it is and where in the utterance it is said."""

    match: Match
    case: str
    span: tuple[int, int]
    kind: str = ""
    """The list that its phrase stands in; empty where the scorer alone found it."""


@cache
def thresholds() -> dict[str, Any]:
    """``thresholds.toml``."""
    return tables.table(files("nlu.meaning") / "thresholds.toml", "nlu/meaning/thresholds.toml")


def shares(known: Scorer, said: Said, text: str) -> Scores:
    """How likely each meaning of some words is, from this speaker with this work in hand."""
    context = said.context
    found = _scores(known, text, voice(context.role), place(context), asked(context.question))
    if context.lexicon.said or learning.added(known):
        found = learning.raised(found, text, context.lexicon.said, known)
    found = _at(found, asked(context.question))
    barred = _unsaid(_barred(context.role, context.holds_task or context.group), text)
    if not barred:
        return found
    kept = {one: share for one, share in found.intents.items() if one not in barred}
    total = sum(kept.values()) or 1.0
    return replace(found, intents={one: share / total for one, share in kept.items()})


def _at(found: Scores, question: str) -> Scores:
    """The scores with what is the same at this question put together: 又滴水了, said to "is it fixed?", is a no."""
    moved = dict(found.intents)
    for other, own in thresholds()["same"].get(question, {}).items():
        moved[own] = moved.get(own, 0.0) + moved.pop(other, 0.0)
    return replace(found, intents=moved)


def is_likely(said: Said, *intents: str) -> bool:
    """Whether the scorer, where there is one, holds one of the intents likely that rules alone found."""
    known = scorer()
    least: float = thresholds()["exact"]["unasked"]
    if known is None:
        return True
    found = shares(known, said, said.text)
    return sum(map(found.of, intents)) >= least


def danger(known: Scorer, said: Said, text: str) -> Scores:
    """The scores of the line, or of its beginning, for danger.

    What only a helper would call an alert is an emergency from anybody else.
    """
    context = said.context
    found = _scores(known, text, voice(context.role), place(context), asked(context.question))
    if _ALERT not in _barred(context.role, True):
        return found
    moved = found.of(_ALERT) + found.of(_UNKNOWN)
    return replace(found, intents={**found.intents, _ALERT: 0.0, _UNKNOWN: moved})


@lru_cache(maxsize=256)
def _scores(known: Scorer, text: str, role: str, where: str, question: str) -> Scores:
    return known.scores(text, role, where, question)


@cache
def _barred(role: str, works: bool) -> frozenset[str]:
    """What somebody of this role does not say; some words only who has a task in hand."""
    rules = thresholds()["speakers"]
    barred = set(rules["never"].get(role, ())) | set(() if works or role == "any" else rules["with_a_task"])
    return frozenset(one for one in vocabulary().intents if one in barred or one.partition(".")[0] in barred)


def _unsaid(barred: frozenset[str], text: str) -> frozenset[str]:
    """What is barred, without what its own words speak for: a resident offers help only in words that offer it."""
    rules: Mapping[str, str] = thresholds()["speakers"]["unless"]
    return frozenset(one for one in barred if one not in rules or not re.search(rules[one], text))


def weighed(found: Scores, phrases: Iterable[Need]) -> dict[str, float]:
    """The shares with what the phrases say for their meanings, best first."""
    worth: dict[str, float] = {}
    for need in phrases:
        factor = thresholds()["phrase"].get(need.kind, 1.0)
        worth[need.match.intent] = max(worth.get(need.match.intent, 0.0), factor)
    raised = {intent: share * worth.get(intent, 1.0) for intent, share in found.intents.items()}
    for intent in worth.keys() - raised.keys():
        raised[intent] = 0.01 * worth[intent]
    total = sum(raised.values()) or 1.0
    return {intent: share / total for intent, share in sorted(raised.items(), key=lambda one: -one[1])}


def acts_from(intent: str) -> float:
    """The share from which an intent is acted on without a question."""
    least: float = thresholds()["act"][cost(intent)]
    return least


def cost(intent: str) -> str:
    """What a mistake costs: ``answered``, ``read_back``, ``opened`` (read back too) or ``final``."""
    return _costs().get(intent) or _costs().get(intent.partition(".")[0]) or "read_back"


@cache
def _costs() -> dict[str, str]:
    """Intent or domain → what a mistake costs."""
    return {one: cost for cost, some in thresholds()["cost"].items() for one in some}


def decide(said: Said, found: Scores, phrases: Sequence[Need]) -> tuple[Need, ...]:
    """The need of some words: acted on, asked about with its rival, or none."""
    exact = tuple(need for need in phrases if need.kind == "whole" and _stands(said, found, need.match.intent))
    if exact:
        return exact[:1]
    likely = weighed(found, phrases)
    ranked = [(intent, share) for intent, share in likely.items() if not intent.startswith("emergency.")]
    best, share = ranked[0] if ranked[0][0] != NOTHING else ranked[1]
    firm = share >= (_named(said, best) or acts_from(best)) and not belonging.at_odds(said.text, best)
    if best == ranked[0][0] and firm:
        return (_need(said, found, phrases, best, share),)
    if share < thresholds()["ask"]["least"]:
        return ()
    rivals = [one for one in ranked if one[0] not in (NOTHING, best)][:1]
    return tuple(_asked(_need(said, found, phrases, intent, much)) for intent, much in ((best, share), *rivals))


def _named(said: Said, intent: str) -> float | None:
    """The share that is enough for a booking where both the service and the time were named."""
    both = intent == "booking.create" and said.services and said.times
    return float(thresholds()["act"]["named"]) if both else None


def _stands(said: Said, found: Scores, intent: str) -> bool:
    """Whether an exact wording means what it says here: small talk, and answers to some questions, need the scorer too."""
    rules = thresholds()["exact"]
    if intent in rules["described"] or intent.partition(".")[0] in rules["described"]:
        return False
    named = {intent, intent.partition(".")[0]} & set(rules["doubtful"])
    doubtful = named or asked(said.context.question) in rules["questions"]
    return not doubtful or found.of(intent) >= rules["least"]


def _asked(need: Need) -> Need:
    return replace(need, match=replace(need.match, ask=True))


def _need(said: Said, found: Scores, phrases: Sequence[Need], intent: str, share: float) -> Need:
    """The need of that intent, with the slots of its phrase where one fits."""
    need = next((one for one in phrases if one.match.intent == intent), None) or _described(said, found, intent)
    match = replace(need.match, score=round(min(0.99, share), 3), ask=False, text=said.text.strip(_EDGES))
    if intent == "issue.report":
        match = replace(match, slots={**match.slots, "category": _category(match.slots, found)})
        match = belonging.agreeing(said.text, match)
    return replace(need, match=match)


def _category(named: Mapping[str, str], found: Scores) -> str:
    """What is wrong: as likely as the scorer holds it, and a few times more where the thing was named."""
    rules = thresholds()["category"]
    thing = rules["renamed"].get(named.get("category", ""), named.get("category"))
    if thing not in found.categories:
        return str(thing or next(iter(found.categories)))
    return max(found.categories, key=lambda one: found.categories[one] * (rules["named"] if one == thing else 1.0))


@cache
def _case(intent: str) -> Case:
    """The general case of an intent, also of one that no phrase file speaks of."""
    known = {one.name: one for one in phrasebook().cases}
    own = [one for one in phrasebook().cases if one.intent == intent]
    every = tuple(dict.fromkeys(slot for one in own for slot in one.slots)) or _GENERAL
    general = known.get(intent) or Case(intent, intent, "P2", every, {}, (), False, False, "", (), ())
    return replace(general, slots=every, sets={})


def _described(said: Said, found: Scores, intent: str) -> Need:
    """A need that no phrase spells out, with the slots its words fill."""
    span = (0, len(said.plain.text))
    case = _case(intent)
    values = slots.read(said, Found(case, 0.0, span, span, case.urgency))
    urgency = next(level for level in found.urgencies if level != "P0")
    return Need(Match(intent, 0.0, values, text=said.text, urgency=urgency), case.name, (0, len(said.text)))
