"""A line of a set as it arrives at run time, and what came of it beside what was right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from models.meaning import Context, Parse
from nlu.meaning.deciding import cost
from nlu.meaning.describe import context_of, for_question
from nlu.parse import parse
from nlu.sentences import Sentence
from tests.support.labelled import NOW


@dataclass(frozen=True)
class Outcome:
    """A sentence with what was understood."""

    sentence: Sentence
    meaning: Parse

    @property
    def wanted(self) -> frozenset[str]:
        """Every intent that is right."""
        return frozenset(intent for need in self.sentence.needs for intent in need)

    @property
    def got(self) -> tuple[str, ...]:
        """What was understood, best first, named as the question makes it."""
        return tuple(for_question(match.intent, self.sentence.open) for match in self.meaning.intents)


def context(sentence: Sentence) -> Context:
    """The context in which a sentence is said."""
    return context_of(NOW, sentence.role, sentence.where, sentence.open)


def outcomes(some: Iterable[Sentence], text: str = "text") -> list[Outcome]:
    """What each sentence is understood as."""
    return [Outcome(one, parse(getattr(one, text), context(one))) for one in some]


def domain(intent: str) -> str:
    """The domain of an intent."""
    return intent.partition(".")[0]


def share(part: int, whole: int) -> str:
    """A share with its 95 % interval (Wilson)."""
    if not whole:
        return "–"
    at, z = part / whole, 1.96
    middle = (at + z * z / 2 / whole) / (1 + z * z / whole)
    half = z * sqrt(at * (1 - at) / whole + z * z / 4 / whole / whole) / (1 + z * z / whole)
    return f"{100 * at:.1f} % ({100 * max(0, middle - half):.1f}–{100 * min(1, middle + half):.1f}, n {whole})"


def ranks(some: Sequence[Outcome]) -> dict[str, str]:
    """Of lines that want something: the right domain first and among two, the right intent first and among two."""
    asking = [one for one in some if one.wanted]
    rows = {}
    for name, of in (("domain", domain), ("intent", str)):
        for kind, size in (("first", 1), ("among two", 2)):
            right = sum(bool({of(x) for x in one.got[:size]} & {of(x) for x in one.wanted}) for one in asking)
            rows[f"{name} {kind}"] = share(right, len(asking))
    return rows


def acting(some: Sequence[Outcome]) -> dict[str, str]:
    """How much is acted on unasked, and how often rightly; what is opened on lines that want nothing."""
    asking, calm = [one for one in some if one.wanted], [one for one in some if not one.wanted]
    acted = [one for one in some if one.meaning.intents and not one.meaning.intents[0].ask]
    right = sum(one.got[0] in one.wanted for one in acted)
    unasked = sum(bool(one.meaning.intents) and not one.meaning.intents[0].ask for one in asking)
    whole = sum(
        {x for x, m in zip(one.got, one.meaning.intents, strict=True) if not m.ask} <= one.wanted for one in acted
    )
    return {
        "acted on unasked": share(unasked, len(asking)),
        "of what is acted on, right": share(right, len(acted)),
        **{f"of what is {name}, right": _right(acted, costs) for name, costs in _COSTS.items()},
        "and nothing beside it wrong": share(whole, len(acted)),
        "asked with two candidates": share(sum(_asks(one) for one in asking), len(asking)),
        "acted on where nothing is wanted": share(
            sum(bool(one.meaning.intents) and not one.meaning.intents[0].ask for one in calm), len(calm)
        ),
        "asked where nothing is wanted": share(sum(_asks(one) for one in calm), len(calm)),
    }


_COSTS = {
    "read back first": ("opened", "read_back"),
    "done without a read-back": ("final",),
    "only answered": ("answered",),
}


def _right(acted: Sequence[Outcome], costs: Sequence[str]) -> str:
    """How often what is acted on is right, of what costs this much; emergencies are told apart."""
    some = [one for one in acted if domain(one.meaning.intents[0].intent) != "emergency"]
    some = [one for one in some if cost(one.meaning.intents[0].intent) in costs]
    return share(sum(one.got[0] in one.wanted for one in some), len(some))


def _asks(one: Outcome) -> bool:
    return bool(one.meaning.intents) and one.meaning.intents[0].ask


def danger(some: Sequence[Outcome]) -> dict[str, str]:
    """Dangers found, and what calm lines ring: always together."""
    told = [one for one in some if any(domain(x) == "emergency" for x in one.wanted)]
    calm = [one for one in some if not _near(one)]
    at_once, asked = (sum(_alarm(one) == tier for one in told) for tier in (1, 2))
    rang, questions = (sum(_alarm(one) == tier for one in calm) for tier in (1, 2))
    return {
        "danger found at once": share(at_once, len(told)),
        "danger found at once or by question": share(at_once + asked, len(told)),
        "P0 on calm lines": share(rang, len(calm)),
        "questions about danger on calm lines": share(questions, len(calm)),
    }


_NEAR = frozenset({"vol.alert", "scam.consult"})


def _near(one: Outcome) -> bool:
    """Whether an alarm is not false: danger, what a helper alerts for, money leaving, a yes to "did somebody fall?"."""
    yes = one.sentence.open == "danger" and "dialog.confirm" in one.wanted
    return yes or any(domain(intent) == "emergency" or intent in _NEAR for intent in one.wanted)


def _alarm(one: Outcome) -> int:
    emergencies = [match for match in one.meaning.intents if domain(match.intent) == "emergency"]
    return 0 if not emergencies else 2 if all(match.ask for match in emergencies) else 1


def details(some: Sequence[Outcome]) -> dict[str, str]:
    """Reports taken as such, their category, and the urgency of what is understood."""
    reports = [one for one in some if "issue.report" in one.wanted]
    taken = [one for one in reports if "issue.report" in one.got]
    found = [(one, one.meaning.match("issue.report")) for one in taken]
    right = sum(match is not None and match.slots.get("category") == one.sentence.category for one, match in found)
    urgent = [one for one in some if one.wanted and one.got and one.got[0] in one.wanted]
    return {
        "complaints taken as reports": share(len(taken), len(reports)),
        "category of these": share(right, len(taken)),
        "urgency where the intent is right": share(
            sum(one.meaning.urgency == one.sentence.urgency for one in urgent), len(urgent)
        ),
    }


def confusions(some: Sequence[Outcome], most: int = 30) -> list[str]:
    """What is taken for what, most often first."""
    wrong = Counter(
        ("|".join(sorted(one.wanted)) or "-", one.got[0] if one.got else "-")
        for one in some
        if not (one.got[0] in one.wanted if one.got else not one.wanted)
    )
    return [f"{wanted} → {got}: {number}" for (wanted, got), number in wrong.most_common(most)]
