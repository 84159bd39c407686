"""What is wanted: which of the meanings of the phrase files a text carries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from models.meaning import Context
from nlu.grammar import table
from nlu.meaning.ambiguity import settle
from nlu.words.matching import Scanned, Span, match
from nlu.words.phrasebook import Case, Line, phrasebook
from nlu.words.templates import Template, compile_template
from nlu.words.things import classes

SCORES = {"sure": 0.95, "phrases": 0.85, "hints": 0.6}
"""How far a phrase of each list is trusted; what only hints say is asked about."""
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
    ask: bool
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
    firm = any(not one.ask and one.case.intent.split(".")[0] not in company for one in plain)
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
    kind = "whole" if line.template.longest and line.kind != "hints" else line.kind
    return Found(line.case, score, span, span, line.kind == "hints", line.case.urgency, kind)


def _urgent(found: Found, scanned: Scanned, present: int) -> Found:
    """The meaning with the urgency that its words raise or lower it to."""
    levels = (level for level, templates in found.case.levels if _any(templates, scanned, present))
    return replace(found, urgency=next(levels, found.urgency))
