"""Which meaning stands where several fit the same words; the rules are in ``grammar/zh/ambiguity.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from models.meaning import Context
from nlu.grammar import table

if TYPE_CHECKING:
    from nlu.meaning.intents import Found

Rules = frozenset[tuple[str, str]]
_TABLE = table("ambiguity")
_ANY_OTHER = 4
"""The strength of a rule that names only one of the two."""


def settle(found: Iterable[Found], context: Context) -> tuple[Found, ...]:
    """What is left when every meaning beaten by another is gone, best first."""
    ranked = sorted(found, key=lambda one: (-_weight(one, context), one.span, one.case.name))
    firm = [one for one in ranked if not one.ask] or ranked[:1]
    rules = _rules(bool(context.open_tickets))
    return tuple(_kept(_standing(firm, rules)))


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
