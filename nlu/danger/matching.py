"""Finds many patterns in one text: a look into a dictionary for every two characters, expressions only where one hits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from operator import add

from nlu.danger.patterns import BREAK, Choice, Gap, Node, Pattern, expand, length

Span = tuple[int, int]
Spell = Callable[[str], str]
"""A character → the characters that may stand for it in the text (itself, or its sounds)."""
_BEGINNING = 3


@dataclass(frozen=True)
class Found:
    """A pattern found in a text."""

    key: int
    """Its place in the list of patterns."""
    slots: tuple[Span, ...]
    """Where its words stand."""

    @property
    def span(self) -> Span:
        """From the first word to the end of the last."""
        return self.slots[0][0], self.slots[-1][1]


class _Compiled:
    """One pattern in a spelling; its expression is built when it is first needed."""

    def __init__(self, pattern: Pattern, anchor: int, spell: Spell) -> None:
        gaps = [*(length(gap)[1] for gap in pattern.gaps), 0]
        longest = [length(slot)[1] + gap for slot, gap in zip(pattern.slots, gaps, strict=True)]
        self.before, self.after = sum(longest[:anchor]), sum(longest[anchor:])
        """How far left of its anchor's first character the pattern can begin, and how far right it can end."""
        self._pattern, self._spell = pattern, spell

    @cached_property
    def expression(self) -> re.Pattern[str]:
        slots = [f"({expression(slot, self._spell)})" for slot in self._pattern.slots]
        gaps = [*(expression(gap, self._spell) for gap in self._pattern.gaps), ""]
        return re.compile("".join(slot + gap for slot, gap in zip(slots, gaps, strict=True)))


class Index:
    """Patterns in one spelling, to be found in texts of that spelling."""

    def __init__(self, patterns: Iterable[Pattern], spell: Spell = str) -> None:
        """Patterns are known by their place in the list."""
        self._spell = spell
        self._compiled: list[_Compiled] = []
        self._anchors: dict[str, list[int]] = {}
        for key, pattern in enumerate(patterns):
            self._add(key, pattern)
        lengths: dict[str, set[int]] = {}
        for word in self._anchors:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {start: tuple(sorted(found)) for start, found in lengths.items()}
        self._single = any(len(word) == 1 for word in self._anchors)

    def _add(self, key: int, pattern: Pattern) -> None:
        shortest = [min(map(len, expand(slot, _BEGINNING))) for slot in pattern.slots]
        anchor = max(range(len(shortest)), key=lambda at: (shortest[at], -len(expand(pattern.slots[at], _BEGINNING))))
        for word in expand(pattern.slots[anchor], _BEGINNING):
            for spelled in product(*map(self._spell, word)):
                self._anchors.setdefault("".join(spelled), []).append(key)
        self._compiled.append(_Compiled(pattern, anchor, self._spell))

    def prepare(self) -> None:
        """Build every expression now, so that the first text does not wait for it."""
        for compiled in self._compiled:
            _ = compiled.expression

    def find(self, text: str) -> Iterator[Found]:
        """Every place where a pattern matches; places of one pattern do not overlap."""
        for key, windows in self._windows(text).items():
            compiled = self._compiled[key]
            for low, high in windows:
                for match in compiled.expression.finditer(text, low, high):
                    yield Found(key, match.regs[1:])

    def _windows(self, text: str) -> dict[int, list[Span]]:
        """Pattern → the stretches of text around its anchors, joined where they touch."""
        found: dict[int, list[Span]] = {}
        known, anchors = self._lengths, self._anchors
        starts = [(at, pair) for at, pair in enumerate(map(add, text, text[1:])) if pair in known]
        if self._single:
            starts = sorted(starts + [(at, one) for at, one in enumerate(text) if one in known])
        for at, start in starts:
            for size in known[start]:
                for key in anchors.get(text[at : at + size], ()):
                    self._widen(found.setdefault(key, []), key, at)
        return found

    def _widen(self, windows: list[Span], key: int, at: int) -> None:
        compiled = self._compiled[key]
        low, high = max(0, at - compiled.before), at + compiled.after
        if windows and low <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(high, windows[-1][1]))
        else:
            windows.append((low, high))


def expression(node: Node, spell: Spell) -> str:
    """A tree as a regular expression in a spelling."""
    if isinstance(node, str):
        return "".join(_one_of(spell(character)) for character in node)
    if isinstance(node, Gap):
        within = f"[^{BREAK}]{{0,{node.longest}}}?"
        return f"{within}(?:{BREAK}{within})?" if node.crosses else within
    if not isinstance(node, Choice):
        return "".join(expression(part, spell) for part in node.parts)
    words = {"".join(form) for word in node.options if isinstance(word, str) for form in product(*map(spell, word))}
    others = [expression(option, spell) for option in node.options if not isinstance(option, str)]
    empty = [""] if "" in words and others else []
    named = [alternation(words - {""} if others else words)] if words - {""} else []
    return f"(?:{'|'.join([*others, *named, *empty])})"


def _one_of(forms: str) -> str:
    return re.escape(forms) if len(forms) == 1 else f"[{re.escape(forms)}]"


def alternation(words: Iterable[str]) -> str:
    """An expression for any of the words, longest first, that tries shared beginnings once."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ends = "" in node
    singles = "".join(c for c, rest in sorted(node.items()) if c and set(rest) == {""})
    branches = [re.escape(c) + _branches(rest) for c, rest in sorted(node.items()) if c and set(rest) != {""}]
    if singles:
        branches.append(_one_of(singles))
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return f"(?:{joined})?" if ends else joined
