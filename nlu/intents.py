"""What is wanted: the phrase files, and which of their meanings a text carries."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from models.meaning import Context
from nlu.ambiguity import settle
from nlu.matching import Scanned, Span, Words, match
from nlu.templates import Classes, Template, compile_template, words_of
from nlu.things import classes

SCORES = {"sure": 0.95, "phrases": 0.85, "hints": 0.6}
"""How much a phrase of each list is trusted; what only hints say is asked about."""
ANYONE = frozenset({"", "any"})
"""Roles that speak everybody's words."""
STAFF = frozenset({"manager", "desk", "property"})
"""Roles that speak volunteers' words where they work: in a group, or holding a task."""
_PER_CHARACTER, _MOST = 0.002, 20
_HOLDS: Mapping[str, Callable[[Context], bool]] = {
    "open_tickets": lambda context: bool(context.open_tickets) and context.flow is None,
}
_LEVELS = ("P0", "P1", "P3", "P2")


@dataclass(frozen=True)
class Case:
    """An intent, or one kind of it (a leak among the issues)."""

    name: str
    """``intent`` or ``intent/case``."""
    intent: str
    urgency: str
    slots: tuple[str, ...]
    sets: Mapping[str, str]
    roles: tuple[str, ...]
    task: bool
    """Only from someone who holds a task or speaks in a group."""
    anytime: bool
    """Understood before the answer to an open question."""
    when: str
    """What must hold besides: ``open_tickets``, or nothing."""
    unless: tuple[Template, ...]
    levels: tuple[tuple[str, tuple[Template, ...]], ...]
    """Urgency → what raises or lowers it to that, first match wins."""


@dataclass(frozen=True)
class Found:
    """A case found in a text."""

    case: Case
    score: float
    span: Span
    ask: bool
    urgency: str


@dataclass(frozen=True)
class Phrasebook:
    """All cases with their templates, looked up by the words that tell them."""

    cases: tuple[Case, ...]
    by_word: Mapping[str, tuple[tuple[Template, Case, str], ...]]
    """Telling word → template, case, list it stands in."""
    words: Words


@cache
def phrasebook() -> Phrasebook:
    """The phrase files of ``nlu/phrases/zh``, read once."""
    cases, by_word, templates = [], dict[str, list[tuple[Template, Case, str]]](), list[Template]()
    for intent, entry in _entries():
        for case, lists in _cases(intent, entry, classes()):
            cases.append(case)
            templates += [*case.unless, *(one for _, some in case.levels for one in some)]
            for kind, some in lists.items():
                templates += some
                for template in some:
                    for word in template.anchor():
                        by_word.setdefault(word, []).append((template, case, kind))
    return Phrasebook(tuple(cases), {word: tuple(rows) for word, rows in by_word.items()}, _all_words(templates))


def _all_words(templates: Iterable[Template]) -> Words:
    return Words(words_of(templates).union(*classes().values()))


def _entries() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every intent with its table, file by file."""
    folder = files("nlu") / "phrases" / "zh"
    for source in sorted(folder.iterdir(), key=lambda path: path.name):
        if source.name.endswith(".toml"):
            for domain, actions in tomllib.loads(source.read_text(encoding="utf-8")).items():
                for action, entry in actions.items():
                    yield f"{domain}.{action}", entry


def _cases(intent: str, entry: dict[str, Any], known: Classes) -> Iterator[tuple[Case, dict[str, list[Template]]]]:
    yield _case(intent, intent, entry, {}, known)
    for name, inner in entry.items():
        if isinstance(inner, dict) and name != "sets":
            sets = inner.get("sets", {entry["case"]: name} if "case" in entry else {})
            yield _case(f"{intent}/{name}", intent, {**_inherited(entry), **inner}, sets, known, entry)


def _inherited(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for key in ("urgency", "slots", "roles", "task", "anytime") if key in entry}


def _case(
    name: str, intent: str, entry: dict[str, Any], sets: Mapping[str, str], known: Classes, above: dict[str, Any] | None = None
) -> tuple[Case, dict[str, list[Template]]]:
    """A case and its templates by list; what stands ``above`` (in the intent's own table) holds for it too."""

    def templates(key: str, table: dict[str, Any]) -> tuple[Template, ...]:
        return tuple(_compiled(name, line, known) for line in table.get(key, ()))

    levels = [(level, templates(level, table)) for table in (entry, above or {}) for level in _LEVELS]
    case = Case(
        name,
        intent,
        entry["urgency"],
        tuple(entry.get("slots", ())),
        sets,
        tuple(entry.get("roles", ())),
        bool(entry.get("task")),
        bool(entry.get("anytime")),
        entry.get("when", ""),
        (*templates("unless", entry), *templates("unless", above or {})),
        tuple((level, some) for level, some in levels if some),
    )
    return case, {kind: list(templates(kind, entry)) for kind in SCORES}


def _compiled(name: str, line: str, known: Classes) -> Template:
    try:
        return compile_template(line, known)
    except (KeyError, ValueError) as error:
        raise ValueError(f"{name}: {line!r}: {error}") from error


@cache
def anytime() -> frozenset[str]:
    """Intents that an open question does not hide."""
    return frozenset(case.intent for case in phrasebook().cases if case.anytime)


def find(scanned: Scanned, context: Context) -> tuple[Found, ...]:
    """The meanings of a text, best first."""
    best: dict[str, Found] = {}
    for template, case, kind in _candidates(scanned):
        if not _may_say(case, context):
            continue
        spans = match(template, scanned)
        if spans is not None:
            found = _found(case, kind, spans, scanned, context)
            if case.name not in best or found.score > best[case.name].score:
                best[case.name] = found
    allowed = (found for found in best.values() if not any(match(one, scanned) for one in found.case.unless))
    return settle(allowed, context)


def _candidates(scanned: Scanned) -> Iterator[tuple[Template, Case, str]]:
    by_word = phrasebook().by_word
    seen: set[int] = set()
    for word in scanned.where:
        for row in by_word.get(word, ()):
            if id(row[0]) not in seen:
                seen.add(id(row[0]))
                yield row


def _may_say(case: Case, context: Context) -> bool:
    """Whether the speaker's role uses these words."""
    if case.when and not _HOLDS[case.when](context):
        return False
    if not case.roles or context.role in ANYONE:
        return True
    works = context.holds_task or context.group
    return context.role in case.roles and (works or not case.task) or (context.role in STAFF and works)


def _found(case: Case, kind: str, spans: list[Span], scanned: Scanned, context: Context) -> Found:
    begin, end = min(span[0] for span in spans), max(span[1] for span in spans)
    score = SCORES[kind] + _PER_CHARACTER * min(end - begin, _MOST)
    return Found(case, score, (begin, end), kind == "hints", _urgency(case, scanned))


def _urgency(case: Case, scanned: Scanned) -> str:
    levels = (level for level, templates in case.levels if any(match(one, scanned) for one in templates))
    return next(levels, case.urgency)
