"""The phrase files, read once: every intent with its cases, and every phrase with what must stand in a text for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from models import files as tables
from models.faults import Fault
from nlu.grammar import table
from nlu.words.matching import Words
from nlu.words.normalize import word as plain
from nlu.words.templates import Bits, Classes, Template, compile_template, words_of
from nlu.words.things import classes, fillers

KINDS = ("sure", "phrases")
_LEVELS = ("P0", "P1", "P3", "P2")
_INHERITED = ("urgency", "slots", "roles", "task", "anytime")


@dataclass(frozen=True)
class Case:
    """An intent, or one kind of it (a leak among the issues)."""

    name: str
    """``intent`` or ``intent/case``."""
    intent: str
    urgency: str
    slots: tuple[str, ...]
    sets: Mapping[str, str]
    """Slots that the case itself fills."""
    roles: tuple[str, ...]
    """Whose words these are; everybody's when empty."""
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
class Line:
    """A phrase, what it means, and the list it stands in (how far it is trusted)."""

    template: Template
    case: Case
    kind: str


@dataclass(frozen=True)
class Phrasebook:
    """All phrases, and all words that they and the slots ask for."""

    cases: tuple[Case, ...]
    lines: tuple[Line, ...]
    by_word: Mapping[str, tuple[tuple[int, int, Line], ...]]
    """Telling word → the lines that it may be in, each behind what it needs and how long it can be."""
    words: Words
    bits: Mapping[str, int]
    """Word → the steps that it can be, as bits."""

    def present(self, words: Iterable[str]) -> int:
        """The steps that some of these words can be."""
        found = 0
        for word in words:
            found |= self.bits.get(word, 0)
        return found


@cache
def phrasebook() -> Phrasebook:
    """The phrase files of ``nlu/phrases/zh``."""
    bits: Bits = {}
    cases, lines = [], []
    for intent, entry in _entries():
        for case, some in _cases(intent, entry, bits):
            cases.append(case)
            lines += some
    words = Words(_words(cases, lines))
    return Phrasebook(tuple(cases), tuple(lines), _by_word(lines), words, _word_bits(bits))


def _by_word(lines: Iterable[Line]) -> dict[str, tuple[tuple[int, int, Line], ...]]:
    """Each line under the words of its most telling step: few and long ones."""
    found: dict[str, list[tuple[int, int, Line]]] = {}
    for line in lines:
        for word in line.template.anchor():
            found.setdefault(word, []).append((line.template.needs, line.template.longest, line))
    return {word: tuple(some) for word, some in found.items()}


def _words(cases: Iterable[Case], lines: Iterable[Line]) -> frozenset[str]:
    """Every word that a phrase, a slot or a cut asks for."""
    guards = (one for case in cases for some in (case.unless, *(some for _, some in case.levels)) for one in some)
    taken = (classes()[name] for row in table("slots").values() for name in row.get("take", ()))
    rules = table("ambiguity")
    marks = map(plain, rules["marks"]["words"])
    work = (compile_template(source, classes()) for source in rules["work"]["phrases"])
    phrases = words_of([*work, *guards, *(line.template for line in lines)])
    return phrases.union(fillers(), marks, classes()["any_thing"], *taken)


def _word_bits(bits: Bits) -> dict[str, int]:
    found: dict[str, int] = {}
    for words, number in bits.items():
        for word in words:
            found[word] = found.get(word, 0) | 1 << number
    return found


def _entries() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every intent with its table, file by file."""
    folder = files("nlu") / "phrases" / "zh"
    for source in sorted(folder.iterdir(), key=lambda path: path.name):
        if source.name.endswith(".toml"):
            for domain, actions in tables.table(source, f"nlu/phrases/zh/{source.name}").items():
                for action, entry in actions.items():
                    yield f"{domain}.{action}", entry


def _cases(intent: str, entry: dict[str, Any], bits: Bits) -> Iterator[tuple[Case, list[Line]]]:
    """The intent itself and its cases, each with its phrases; what stands in the intent's table holds for them too."""
    yield _case(intent, intent, {"sets": {}, **entry}, {}, bits)
    for name, inner in entry.items():
        if isinstance(inner, dict) and name != "sets":
            sets = {entry["case"]: name} if "case" in entry else {}
            above = {key: entry[key] for key in _INHERITED if key in entry}
            yield _case(f"{intent}/{name}", intent, {"sets": sets, **above, **inner}, entry, bits)


def _case(name: str, intent: str, entry: dict[str, Any], above: dict[str, Any], bits: Bits) -> tuple[Case, list[Line]]:
    guards = phrases = _Compiler(name, classes(), bits)
    levels = ((level, guards.all(source, level)) for source in (entry, above) for level in _LEVELS)
    case = Case(
        name,
        intent,
        entry["urgency"],
        tuple(entry.get("slots", ())),
        entry["sets"],
        tuple(entry.get("roles", ())),
        bool(entry.get("task")),
        bool(entry.get("anytime")),
        entry.get("when", ""),
        (*guards.all(entry, "unless"), *guards.all(above, "unless")),
        tuple((level, some) for level, some in levels if some),
    )
    return case, [Line(template, case, kind) for kind in KINDS for template in phrases.all(entry, kind)]


@dataclass(frozen=True)
class _Compiler:
    """Compiles the phrases of a case; a fault names the case and the phrase."""

    name: str
    known: Classes
    bits: Bits

    def all(self, entry: Mapping[str, Any], key: str) -> tuple[Template, ...]:
        return tuple(self._one(source) for source in entry.get(key, ()))

    def _one(self, source: str) -> Template:
        try:
            return compile_template(source, self.known, self.bits)
        except (KeyError, ValueError) as error:
            raise Fault(
                f"nlu/phrases/zh/{self.name.split('.')[0]}.toml", f"{self.name}: {source!r}", str(error)
            ) from error
