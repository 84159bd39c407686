"""What people say of themselves and of others: a name, a number, a home, whom it is for, how many hands, what was paid.

Pure; the words are ``grammar/zh/about.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from nlu.grammar import table
from nlu.words import numbers
from nlu.words.masking import sensitive
from nlu.words.things import classes

_FILLED = ("kin", "called", "surname")
_PHONES = frozenset({"mobile", "landline"})


@dataclass(frozen=True)
class Behalf:
    """Whom an utterance is for."""

    called: str
    """How the speaker calls them."""
    rest: str = ""
    """The need that follows, if one does."""
    neighbour: bool = False
    """No relative: somebody with a place of their own."""


@dataclass(frozen=True)
class Dismissed:
    """Whose role is to be taken back, and which where that was said."""

    called: str
    role: str = ""


@cache
def _patterns(topic: str, name: str = "patterns") -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_spelled(source)) for source in table("about")[topic][name])


def _spelled(source: str) -> str:
    """A pattern with the words of the classes it names, the longest first."""
    for name in _FILLED:
        if f"{{{name}}}" in source:
            words = sorted(classes()[name], key=lambda word: (-len(word), word))
            source = source.replace(f"{{{name}}}", "|".join(map(re.escape, words)))
    return source


def _first(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.search(text))), None)


def name(text: str) -> str | None:
    """What somebody is called, or wants to be."""
    found = _first(_patterns("name"), text)
    if found is None or any(word in found["name"] for word in table("about")["name"]["never"]):
        return None
    return found["name"]


def dismissed(text: str) -> Dismissed | None:
    """不让小李干了, 收回小李的志愿者: whose role a manager takes back."""
    found = _first(_patterns("dismissed"), text.strip(" ,。.!！，"))
    if found is None:
        return None
    return Dismissed(found["name"], found.groupdict().get("role") or "")


def phone(text: str) -> str | None:
    """The first telephone number, in digits, also when it was read out."""
    spans = (span for kind, span in sensitive(text) if kind in _PHONES)
    return next(("".join(numbers.digits(c) or "" for c in text[begin:end]) for begin, end in spans), None)


def is_home(text: str) -> bool:
    """Whether the place that is named is the speaker's own home."""
    return _first(_patterns("home"), text) is not None


def named(who: str) -> str:
    """A relative as an answer calls them: 我妈 is 妈妈."""
    plain = who.strip()
    known: dict[str, str] = table("about")["kin"]
    return known.get(plain) or known.get(plain.lstrip("我俺")) or plain.lstrip("我俺") or plain


def is_relative(who: str) -> bool:
    """Whether this is a relative, not a neighbour."""
    return who in classes()["kin"] or named(who) in table("about")["kin"].values()


def behalf(text: str) -> Behalf | None:
    """Whom it is for, where the utterance says that first or says nothing else."""
    for kind in ("opened", "led", "filed"):
        found = _first(_patterns("for", kind), text)
        if found:
            who, rest = found["who"], found.groupdict().get("rest") or ""
            return Behalf(named(who), rest.strip(), not is_relative(who))
    return None


def is_own(text: str) -> bool:
    """还是我自己: for nobody else any more."""
    return _first(_patterns("for", "own"), text) is not None


def hands(text: str) -> int | None:
    """How many people it takes."""
    if _first(_patterns("hands", "never"), text):
        return None
    found = _first(_patterns("hands"), text)
    number = numbers.value(found["number"]) if found else None
    return int(number) if number is not None else None


def money(text: str, kind: str = "paid") -> int | None:
    """A sum that was ``paid`` or advanced, or is ``offered``, in fen; None where no such word stands beside it."""
    found = _first(_patterns("money"), text)
    if found is None or not any(word in text for word in table("about")["money"][kind]):
        return None
    value = numbers.value(found["sum"])
    if value is None:
        return None
    return round(float(value) * 100) + 10 * _tenths(found["rest"] or "")


def _tenths(rest: str) -> int:
    """八十块五 is 80.50."""
    return 5 if rest == table("about")["money"]["half"] else int(numbers.value(rest) or 0) if rest else 0
