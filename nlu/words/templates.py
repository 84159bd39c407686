"""Templates of what people say.

A template is a row of steps. Between two steps there may be fillers (那个, 啊, a comma) without being written.

    {lift}          a word of the class ``lift``; also {number} {ticket} (37号) {block} (三号楼) {time} {place} {service}
                    {person}, found elsewhere: such a class stands alone in its step or alternative
    (坏了|停了)     one of these; they may hold classes, options and alternatives themselves
    [给|帮]         perhaps one of these
    …   ……          a gap of at most 6, of at most 16 characters
    ^   $           begin and end of what is said, fillers aside
    A & B & !C      A and B in any order, and C nowhere
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nlu.words.normalize import word as plain
from nlu.words.spelling import BRACKETS, GAPS, Classes, expand, members, tokens

__all__ = ["Bits", "Classes", "Row", "Step", "Template", "compile_template", "expand", "words_of"]


_MOST_SPELLINGS = 400
_STRAY = re.compile(r"[*+.$^&!]")

Bits = dict[frozenset[str], int]
"""Words of a step → its number."""


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

    def longest(self) -> int:
        """Characters, fillers aside, of the longest whole utterance that this can be; 0 when it can be a part."""
        if not (self.opens and self.closes):
            return 0
        return sum(step.gap + max(map(len, step.words)) for step in self.steps)


@dataclass(frozen=True)
class Template:
    """Rows that must all be found, and rows that must not."""

    source: str
    rows: tuple[Row, ...]
    barred: tuple[Row, ...] = ()
    needs: int = 0
    """The steps that a text must have, as bits of the registry it was compiled with."""
    longest: int = 0
    """Characters of the longest text that this can be the whole of; 0 when it can be a part."""

    def anchor(self) -> frozenset[str]:
        """Words of which one must be in the text: those of the most telling step."""
        steps = (step for row in self.rows for step in row.steps if not step.optional)
        return max(steps, key=lambda step: (min(map(len, step.words)), -len(step.words))).words


def compile_template(source: str, classes: Classes, bits: Bits | None = None) -> Template:
    """The template of a line of the phrase files; its steps get a bit each in the registry, if one is given.

    Raises ``KeyError`` for an unknown class, ``ValueError`` for anything else.
    """
    parts = [part.strip() for part in source.split(" & ")]
    rows = tuple(_row(part, classes) for part in parts if not part.startswith("!"))
    barred = tuple(_row(part[1:], classes) for part in parts if part.startswith("!"))
    needs = 0 if bits is None else _needs(rows, bits)
    return Template(source, rows, barred, needs, max(row.longest() for row in rows))


def _needs(rows: Iterable[Row], bits: Bits) -> int:
    found = 0
    for step in (step for row in rows for step in row.steps if not step.optional):
        found |= 1 << bits.setdefault(step.words, len(bits))
    return found


def _row(source: str, classes: Classes) -> Row:
    steps, gap, open_end = list[Step](), 0, False
    body = source.removeprefix("^").removesuffix("$")
    if _STRAY.search(body):
        raise ValueError(f"{_STRAY.findall(body)} cannot stand in {source!r}")
    for kind, content in tokens(body):
        if kind in GAPS or kind == " ":
            gap, open_end = GAPS.get(kind, 0), False
            continue
        words = _step_words(kind, content, classes)
        if any("{" in word[1:] or (word[:1] == "{" and word[-1] != "}") for word in words):
            raise ValueError(f"a class found elsewhere stands alone in its step or alternative: {source!r}")
        if open_end and kind in ("", "(") and _grow_together(steps[-1].words, words):
            steps[-1] = Step(_joined(steps[-1].words, words), False, steps[-1].gap)
        elif words:
            steps.append(Step(words, kind == "[", gap))
        gap, open_end = 0, kind in ("", "(")
    if all(step.optional for step in steps):
        raise ValueError(f"nothing is required in {source!r}")
    return Row(tuple(steps), source.startswith("^"), source.endswith("$"))


def _grow_together(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two neighbours are one step: one of them is single characters (不 and 了 are 不了, nothing between)."""
    if any(word.startswith("{") for words in (first, second) for word in words):
        return False
    single = any(max(map(len, words)) == 1 for words in (first, second))
    return single and len(first) * len(second) <= _MOST_SPELLINGS


def _joined(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    return frozenset(plain(one + other) for one in first for other in second)


def _step_words(kind: str, content: str, classes: Classes) -> frozenset[str]:
    if kind == "{":
        return members(content, classes)
    return frozenset(map(plain, expand(f"({content})" if kind in BRACKETS else content.strip(), classes) - {""}))


def words_of(templates: Iterable[Template]) -> frozenset[str]:
    """Every word that some template asks for."""
    rows = (row for template in templates for row in (*template.rows, *template.barred))
    return frozenset().union(*(step.words for row in rows for step in row.steps))
