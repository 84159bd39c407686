"""Which meaning stands where several fit the same words; the rules are in ``grammar/zh/ambiguity.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from models.meaning import Context
from nlu.grammar import table

if TYPE_CHECKING:
    from nlu.intents import Found

_Item = TypeVar("_Item")
_TABLE = table("ambiguity")


def settle(found: Iterable[Found], context: Context) -> tuple[Found, ...]:
    """What is left when every meaning beaten by another is gone, best first."""
    ranked = sorted(found, key=lambda one: (-_weight(one, context), one.span, one.case.name))
    firm = [one for one in ranked if not one.ask] or ranked[:1]
    rules = _rules(bool(context.open_tickets))
    standing = [one for one in firm if not any(_beats(other, one, rules) for other in firm if other is not one)]
    return tuple(_kept(standing or firm[:1]))


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


def _beats(winner: Found, loser: Found, rules: frozenset[tuple[str, str]]) -> bool:
    there, back = _strength(winner, loser, rules), _strength(loser, winner, rules)
    return there > back or (there == back > 0 and winner.score > loser.score)


def _strength(winner: Found, loser: Found, rules: frozenset[tuple[str, str]]) -> int:
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
    return ("*", f"{found.case.intent.split('.')[0]}.*", found.case.intent, found.case.name)


@cache
def _rules(open_tickets: bool) -> frozenset[tuple[str, str]]:
    """Pairs of winner and loser."""
    ladders = [*_TABLE["ladders"], *(_TABLE["with_open_tickets"]["ladders"] if open_tickets else ())]
    pairs = {pair for ladder in ladders for pair in combinations(ladder, 2)}
    if open_tickets:
        pairs -= {(loser, winner) for ladder in _TABLE["with_open_tickets"]["ladders"] for winner, loser in combinations(ladder, 2)}
    return frozenset(pairs | {(name, "*") for name in _TABLE["first"]} | {("*", name) for name in _TABLE["last"]})
