"""Templates of what people say.

A template is a row of steps. Between two steps there may be fillers (那个, 啊, a comma) without being written.

    {lift}          a word of the class ``lift``; also {number} {time} {place} {service} {person}, found elsewhere
    (坏了|停了)     one of these; they may hold classes, options and alternatives themselves
    [给|帮]         perhaps one of these
    …   ……          a gap of at most 6, of at most 16 characters
    ^   $           begin and end of what is said, fillers aside
    A & B & !C      A and B in any order, and C nowhere
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

GAPS = {"…": 6, "……": 16}
OUTSIDE = frozenset({"number", "time", "place", "service", "person"})
"""Classes whose members are found by other modules; in a step they are the word ``{name}``."""

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_STRAY = re.compile(r"[*+.$^&!]")

Classes = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Step:
    """One of these words, within ``gap`` characters of the step before."""

    words: frozenset[str]
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True)
class Row:
    """Steps in order."""

    steps: tuple[Step, ...]
    opens: bool = False
    """Must stand at the begin."""
    closes: bool = False
    """Must stand at the end."""


@dataclass(frozen=True)
class Template:
    """Rows that must all be found, and rows that must not."""

    source: str
    rows: tuple[Row, ...]
    barred: tuple[Row, ...] = ()

    def anchor(self) -> frozenset[str]:
        """Words of which one must be in the text: those of the most telling step."""
        steps = (step for row in self.rows for step in row.steps if not step.optional)
        return max(steps, key=lambda step: (min(map(_telling, step.words)), -len(step.words))).words


def _telling(word: str) -> int:
    return 2 if word.startswith("{") else len(word)


def compile_template(source: str, classes: Classes) -> Template:
    """The template of a line of the phrase files; raises ``KeyError`` for an unknown class, ``ValueError`` otherwise."""
    parts = [part.strip() for part in source.split(" & ")]
    rows = tuple(_row(part, classes) for part in parts if not part.startswith("!"))
    return Template(source, rows, tuple(_row(part[1:], classes) for part in parts if part.startswith("!")))


def _row(source: str, classes: Classes) -> Row:
    steps, gap = [], 0
    body = source.removeprefix("^").removesuffix("$")
    if _STRAY.search(body):
        raise ValueError(f"{_STRAY.findall(body)} cannot stand in {source!r}")
    for kind, content in _tokens(body):
        if kind in GAPS:
            gap = GAPS[kind]
            continue
        words = _step_words(kind, content, classes)
        if words:
            steps.append(Step(words, kind == "[", gap))
        gap = 0
    if all(step.optional for step in steps):
        raise ValueError(f"nothing is required in {source!r}")
    return Row(tuple(steps), source.startswith("^"), source.endswith("$"))


def _step_words(kind: str, content: str, classes: Classes) -> frozenset[str]:
    if kind == "{":
        return _members(content, classes)
    return expand(f"({content})" if kind in _CLOSING else content.strip(), classes) - {""}


def _members(name: str, classes: Classes) -> frozenset[str]:
    return frozenset({f"{{{name}}}"}) if name in OUTSIDE else classes[name]


def expand(text: str, classes: Classes) -> frozenset[str]:
    """Every spelling of a text with classes, alternatives and options."""
    return frozenset("".join(parts) for parts in product(*(_spellings(*token, classes) for token in _tokens(text))))


def _spellings(kind: str, content: str, classes: Classes) -> frozenset[str]:
    if kind == "{":
        return _members(content, classes)
    if kind in _CLOSING:
        spelled = frozenset().union(*(expand(choice, classes) for choice in _choices(content)))
        return spelled | {""} if kind == "[" else spelled
    if kind in GAPS:
        raise ValueError("a gap cannot stand inside brackets")
    return frozenset({content})


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Brackets with their content, gaps, and plain text (of kind ""); raises ``ValueError`` for an open bracket."""
    position = 0
    while position < len(text):
        head = text[position]
        if head in _CLOSING:
            end = _closing(text, position)
            yield head, text[position + 1 : end]
            position = end + 1
            continue
        found = re.compile(r"……|…|[^…(\[{ ]+| +").match(text, position)
        word = found.group() if found else head
        position += len(word)
        if word.strip():
            yield (word, "") if word in GAPS else ("", word)


def _closing(text: str, begin: int) -> int:
    """Where the bracket opened at ``begin`` is closed."""
    depth = 0
    for position in range(begin, len(text)):
        depth += (text[position] in _CLOSING) - (text[position] in _CLOSING.values())
        if depth == 0:
            return position
    raise ValueError(f"a bracket is open in {text!r}")


def _choices(content: str) -> list[str]:
    """The alternatives of a bracket's content."""
    choices, depth = [""], 0
    for character in content:
        depth += (character in _CLOSING) - (character in _CLOSING.values())
        if character == "|" and depth == 0:
            choices.append("")
        else:
            choices[-1] += character
    return choices


def words_of(templates: Iterable[Template]) -> frozenset[str]:
    """Every word that some template asks for."""
    rows = (row for template in templates for row in (*template.rows, *template.barred))
    return frozenset().union(*(step.words for row in rows for step in row.steps))
