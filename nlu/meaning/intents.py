"""What is wanted: which of the meanings of the phrase files a text carries, and which of them stands where several fit.

The rules of what beats what are in ``grammar/zh/ambiguity.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from models.meaning import Context
from nlu.grammar import table
from nlu.words.matching import Scanned, Span, match
from nlu.words.phrasebook import Case, Line, phrasebook
from nlu.words.templates import Template, compile_template
from nlu.words.things import classes

SCORES = {"sure": 0.95, "phrases": 0.85}
"""How far a phrase of each list is trusted."""
ANYONE = frozenset({"", "any"})
"""Roles that speak everybody's words."""
STAFF = frozenset({"manager", "desk", "property"})
"""Roles that speak volunteers' words where they work: in a group, or holding a task."""
_HOLDS: Mapping[str, Callable[[Context], bool]] = {
    "open_tickets": lambda context: bool(context.open_tickets) and context.flow is None,
}
_PER_CHARACTER, _MOST = 0.002, 20
_FILLERS = 24
"""Characters of fillers that a whole utterance may hold besides its phrase."""


@dataclass(frozen=True)
class Found:
    """A case found in a text."""

    case: Case
    score: float
    span: Span
    """Where its best phrase stands."""
    extent: Span
    """From the first to the last of all its phrases."""
    urgency: str
    kind: str = "phrases"
    """The list its phrase stands in; ``whole`` where it is all that was said."""


@cache
def anytime() -> frozenset[str]:
    """Intents that an open question does not hide."""
    return frozenset(case.intent for case in phrasebook().cases if case.anytime)


def find(scanned: Scanned, context: Context) -> tuple[Found, ...]:
    """The meanings of a text, best first."""
    best: dict[str, Found] = {}
    present = phrasebook().present(scanned.where)
    for line in _candidates(scanned, present):
        before = best.get(line.case.name)
        if _may_say(line.case, context) and (spans := match(line.template, scanned)) is not None:
            best[line.case.name] = _better(before, _found(line, spans))
    allowed = [found for found in best.values() if not _any(found.case.unless, scanned, present)]
    if context.role in ANYONE and not _any(_work(), scanned, present):
        allowed = _residents_first(allowed)
    return tuple(_urgent(found, scanned, present) for found in settle(allowed, context))


def _residents_first(found: list[Found]) -> list[Found]:
    """Without those that only somebody at work says, where a resident's meaning is plain."""
    plain = [one for one in found if not one.case.roles]
    company = ("dialog", "chat")
    firm = any(one.case.intent.split(".")[0] not in company for one in plain)
    return plain if firm else found


@cache
def _work() -> tuple[Template, ...]:
    """Phrases that speak of work, not of one's own affairs."""
    return tuple(compile_template(source, classes()) for source in table("ambiguity")["work"]["phrases"])


def _better(before: Found | None, found: Found) -> Found:
    """The better of two findings of one case, reaching as far as both."""
    if before is None:
        return found
    extent = min(before.extent[0], found.extent[0]), max(before.extent[1], found.extent[1])
    return replace(found if found.score > before.score else before, extent=extent)


def _any(templates: Iterable[Template], scanned: Scanned, present: int) -> bool:
    return any(present & one.needs == one.needs and match(one, scanned) is not None for one in templates)


def _candidates(scanned: Scanned, present: int) -> Iterator[Line]:
    """The lines of which every step that is needed can be some word of the text."""
    book, seen = phrasebook(), set[int]()
    size = len(scanned.text) - _FILLERS
    for word in scanned.where:
        for needs, longest, line in book.by_word.get(word, ()):
            if present & needs == needs and not 0 < longest < size and id(line) not in seen:
                seen.add(id(line))
                yield line


def _may_say(case: Case, context: Context) -> bool:
    """Whether the speaker's role, and what is open, allows these words."""
    if case.when and not _HOLDS[case.when](context):
        return False
    if not case.roles or context.role in ANYONE:
        return True
    works = context.holds_task or context.group
    return (context.role in case.roles and (works or not case.task)) or (context.role in STAFF and works)


def _found(line: Line, spans: list[Span]) -> Found:
    span = min(span[0] for span in spans), max(span[1] for span in spans)
    score = SCORES[line.kind] + _PER_CHARACTER * min(span[1] - span[0], _MOST)
    kind = "whole" if line.template.longest else line.kind
    return Found(line.case, score, span, span, line.case.urgency, kind)


def _urgent(found: Found, scanned: Scanned, present: int) -> Found:
    """The meaning with the urgency that its words raise or lower it to."""
    levels = (level for level, templates in found.case.levels if _any(templates, scanned, present))
    return replace(found, urgency=next(levels, found.urgency))


# ---------------------------------------------------------------- which stands

Rules = frozenset[tuple[str, str]]
_TABLE = table("ambiguity")
_ANY_OTHER = 4
"""The strength of a rule that names only one of the two."""


def settle(found: Iterable[Found], context: Context) -> tuple[Found, ...]:
    """What is left when every meaning beaten by another is gone, best first."""
    ranked = sorted(found, key=lambda one: (-_weight(one, context), one.span, one.case.name))
    rules = _rules(bool(context.open_tickets))
    return tuple(_kept(_standing(ranked, rules)))


def _standing(pool: Sequence[Found], rules: Rules) -> list[Found]:
    """Those that nobody who stands beats: who is beaten beats nobody."""
    standing: list[Found] = []
    while pool:
        free = [one for one in pool if not any(_beats(other, one, rules) for other in pool if other is not one)]
        standing += free or pool[:1]
        pool = [one for one in pool if one not in standing and not any(_beats(won, one, rules) for won in standing)]
    return standing


def _weight(found: Found, context: Context) -> float:
    """The score; words of a role weigh more from that role, less from a stranger."""
    if not found.case.roles:
        return found.score
    return found.score + (0.1 if context.role in found.case.roles else -0.01)


def _kept(standing: Sequence[Found]) -> Iterator[Found]:
    """The best one, and those that may stand beside all that are kept already."""
    kept: list[Found] = []
    for one in standing:
        if all(_beside(one, other) for other in kept):
            kept.append(one)
    return iter(kept)


def _beside(one: Found, other: Found) -> bool:
    apart = one.span[1] <= other.span[0] or other.span[1] <= one.span[0]
    if one.case.intent == other.case.intent:
        return apart and one.case.sets != other.case.sets and min(one.score, other.score) > 0.9
    near = abs(one.score - other.score) <= _TABLE["margin"]
    return near and (one.case.intent, other.case.intent) in _together()


@cache
def _together() -> frozenset[tuple[str, str]]:
    pairs = [tuple(pair) for pair in _TABLE["together"]]
    return frozenset(pairs) | frozenset((second, first) for first, second in pairs)


def _beats(winner: Found, loser: Found, rules: Rules) -> bool:
    if winner.case.intent == loser.case.intent and bool(winner.case.sets) != bool(loser.case.sets):
        return bool(winner.case.sets)
    there, back = _strength(winner, loser, rules), _strength(loser, winner, rules)
    if there > _ANY_OTHER and winner.score < loser.score - _TABLE["reach"]:
        return False
    return there > back or (there == back > 0 and winner.score > loser.score)


def _strength(winner: Found, loser: Found, rules: Rules) -> int:
    """How exactly a rule names the two: 0 where none does."""
    named = (
        1 + first + second
        for first, one in enumerate(_names(winner))
        for second, other in enumerate(_names(loser))
        if (one, other) in rules
    )
    return max(named, default=0)


def _names(found: Found) -> tuple[str, ...]:
    """The names a rule may call it by, the least exact first."""
    name = found.case.name if found.case.name != found.case.intent else f"{found.case.intent}/"
    return ("*", f"{found.case.intent.split('.')[0]}.*", found.case.intent, name)


@cache
def _rules(open_tickets: bool) -> Rules:
    """Pairs of winner and loser."""
    besides: dict[str, list[str]] = _TABLE["with_open_tickets"] if open_tickets else {}
    rules = {(winner, loser) for winner, losers in _TABLE["beats"].items() for loser in losers}
    now = {(winner, loser) for winner, losers in besides.items() for loser in losers}
    extremes = {(name, "*") for name in _TABLE["first"]} | {("*", name) for name in _TABLE["last"]}
    return frozenset((rules - {(loser, winner) for winner, loser in now}) | now | extremes)
