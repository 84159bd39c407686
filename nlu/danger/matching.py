"""Finds many patterns in one text: a look into a dictionary for every two characters, expressions only where one hits."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from operator import add

from nlu.danger.patterns import BREAK, Chain, Choice, Gap, Node, Pattern, expand, length

Span = tuple[int, int]
Spell = Callable[[str], str]
"""A character → the characters that may stand for it in the text (itself, or its sounds)."""
_BEGINNING = 2
_OFTEN, _RARE = 0.02, 0.001


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
        self.edged = BREAK in pattern.source

    @cached_property
    def expression(self) -> re.Pattern[str]:
        slots = [f"({expression(slot, self._spell)})" for slot in self._pattern.slots]
        gaps = [*(expression(gap, self._spell) for gap in self._pattern.gaps), ""]
        return re.compile("".join(slot + gap for slot, gap in zip(slots, gaps, strict=True)))


class _Likely(dict[str, float]):
    """Character → how often it stands in any talk; rarely, where nothing is known."""

    def __missing__(self, character: str) -> float:
        return _RARE


class Index:
    """Patterns in one spelling, to be found in texts of that spelling."""

    def __init__(
        self, patterns: Iterable[Pattern], frequent: Collection[str] = "", spell: Spell = str, shortest: int = 1
    ) -> None:
        """Patterns are known by their place in the list; each is looked for by its part that is least frequent."""
        self._spell, self._likely, self._shortest = spell, _Likely(dict.fromkeys(frequent, _OFTEN)), shortest
        self._compiled: list[_Compiled] = []
        self._begun: dict[Node, tuple[Collection[str], float]] = {}
        self._anchors: tuple[dict[str, list[int]], ...] = tuple({} for _ in range(_BEGINNING))
        """Beginnings of one and of two characters → the patterns they begin."""
        for key, pattern in enumerate(patterns):
            self._add(key, pattern)
        self._begun.clear()
        self._two = {word[:2] for words in self._anchors[1:] for word in words}

    def _add(self, key: int, pattern: Pattern) -> None:
        beginnings = [self._begins(slot) for slot in pattern.slots]
        anchor = min(range(len(beginnings)), key=lambda at: beginnings[at][1])
        for word in self._spelled(beginnings[anchor][0]):
            self._anchors[len(word) - 1].setdefault(word, []).append(key)
        self._compiled.append(_Compiled(pattern, anchor, self._spell))

    def _begins(self, slot: Node) -> tuple[Collection[str], float]:
        """How a slot can begin, and how often that turns up by chance; classes of words are shared by many patterns."""
        while isinstance(slot, Chain) and len(slot.parts) == 1:
            slot = slot.parts[0]
        if slot not in self._begun:
            words = expand(slot, _BEGINNING)
            self._begun[slot] = (words, self._chance(words))
        return self._begun[slot]

    def _spelled(self, words: Collection[str]) -> Iterable[str]:
        """The words in every spelling."""
        if self._spell is str:
            return words
        return ("".join(spelled) for word in words for spelled in product(*map(self._spell, word)))

    def _chance(self, words: Collection[str]) -> float:
        """Roughly how often one of these turns up by chance; one sound alone is no beginning."""
        chance = self._likely.__getitem__
        return sum(prod(map(chance, word)) if len(word) >= self._shortest else 1.0 for word in words)

    def prepare(self) -> None:
        """Build every expression now, so that the first text does not wait for it."""
        for compiled in self._compiled:
            _ = compiled.expression

    def find(self, text: str) -> Iterator[Found]:
        """Every place where a pattern matches; places of one pattern do not overlap."""
        for key, windows in self.windows(text).items():
            yield from self.matches(key, text, windows)

    def matches(self, key: int, text: str, windows: Iterable[Span]) -> Iterator[Found]:
        """The places where one pattern matches within these stretches of the text."""
        compiled = self._compiled[key]
        for low, high in windows:
            for match in compiled.expression.finditer(text, low, high):
                slots = match.regs[1:]
                yield Found(key, tuple(_trimmed(text, *slot) for slot in slots) if compiled.edged else slots)

    def windows(self, text: str) -> dict[int, list[Span]]:
        """Pattern → the stretches of text around its anchors, joined where they touch."""
        found: dict[int, list[Span]] = {}
        ones, twos = self._anchors
        for at in self._starts(text):
            for keys in (ones.get(text[at]), twos.get(text[at : at + 2])):
                for key in keys or ():
                    self._widen(found.setdefault(key, []), key, at)
        return found

    def _starts(self, text: str) -> list[int]:
        """Where an anchor can begin, by its first two characters, or by its one."""
        begun, ones = self._two, self._anchors[0]
        starts = [at for at, pair in enumerate(map(add, text, text[1:])) if pair in begun]
        return sorted({*starts, *(at for at, one in enumerate(text) if one in ones)}) if ones else starts

    def _widen(self, windows: list[Span], key: int, at: int) -> None:
        compiled = self._compiled[key]
        low, high = max(0, at - compiled.before), at + compiled.after
        if windows and low <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(high, windows[-1][1]))
        else:
            windows.append((low, high))


def _trimmed(text: str, start: int, end: int) -> Span:
    """A slot without the ends of clauses that its pattern asks for."""
    return start + (text[start] == BREAK), end - (text[end - 1] == BREAK)


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
