"""The small language in which signs are written.

    (叫|喊|推)[他|她]不(应|醒)     alternatives, and what may be missing; ``(他)?`` is ``[他]``
    <who>                         a class of words from ``words.toml``
    ~  ~8                         a gap of up to 4 (or 8) characters within the clause
    …  …20                        a gap of up to 12 (or 20) characters that may cross into the next clause
    ，                            the end of a clause
    =…                            at the beginning: by its characters only, never by its sound

A pattern becomes a tree; what stands between the gaps at its top are its slots.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nlu.danger import table

BREAK = "，"
"""What every end of a clause becomes in a cleaned text; one stands at its end."""
_TOKEN = re.compile(r"<(?P<name>\w+)>|(?P<gap>[~…])(?P<longest>\d*)|(?P<sign>[()\[\]|?])|(?P<text>.)")
_FEW = 40
_LONGEST = {"~": 4, "…": 12}


@dataclass(frozen=True, eq=False)
class Gap:
    """What may stand between two slots."""

    longest: int
    crosses: bool


@dataclass(frozen=True, eq=False)
class Choice:
    """One of several."""

    options: tuple[Node, ...]
    name: str = ""
    """Of the class of words, if it is one."""


@dataclass(frozen=True, eq=False)
class Chain:
    """One after the other."""

    parts: tuple[Node, ...]


Node = str | Gap | Choice | Chain


@dataclass(frozen=True)
class Pattern:
    """Slots with one gap between each two neighbours."""

    source: str
    audible: bool
    """Whether it may also be found by its sound."""
    slots: tuple[Chain, ...]
    gaps: tuple[Gap, ...]


@cache
def parse(source: str) -> Pattern:
    """The slots and gaps of a pattern; ``ValueError`` where brackets, classes or gaps are wrong."""
    tree = _Reader(source.removeprefix("=")).everything()
    slots: list[list[Node]] = [[]]
    gaps = []
    for part in tree.parts:
        if isinstance(part, Gap):
            gaps.append(part)
            slots.append([])
        else:
            slots[-1].append(part)
    chains = tuple(Chain(tuple(slot)) for slot in slots)
    if not all(length(chain)[0] for chain in chains):
        raise ValueError(f"a slot could be empty: {source}")
    return Pattern(source, not source.startswith("="), chains, tuple(gaps))


class _Reader:
    """Reads the tokens of a pattern into a tree."""

    def __init__(self, source: str) -> None:
        self._tokens, self._at, self._source = list(_TOKEN.finditer(source)), 0, source

    def everything(self) -> Chain:
        found = self._chain()
        if self._at < len(self._tokens):
            raise ValueError(f"a bracket too many: {self._source}")
        return found

    def _chain(self) -> Chain:
        parts: list[Node] = []
        while self._at < len(self._tokens) and self._tokens[self._at]["sign"] not in ("|", ")", "]"):
            parts.append(self._part())
            if self._take("?"):
                parts[-1] = Choice((parts[-1], ""))
        return Chain(tuple(parts))

    def _part(self) -> Node:
        token = self._tokens[self._at]
        self._at += 1
        if token["name"]:
            return _named(token["name"])
        if token["gap"]:
            return Gap(int(token["longest"] or _LONGEST[token["gap"]]), token["gap"] == "…")
        return self._choice(token["sign"]) if token["sign"] else str(token["text"])

    def _choice(self, opening: str) -> Choice:
        options: list[Node] = [self._chain()]
        while self._take("|"):
            options.append(self._chain())
        if not self._take(")" if opening == "(" else "]"):
            raise ValueError(f"a bracket does not close: {self._source}")
        return Choice((*options, "") if opening == "[" else tuple(options))

    def _take(self, sign: str) -> bool:
        taken = self._at < len(self._tokens) and self._tokens[self._at]["sign"] == sign
        self._at += taken
        return taken


@cache
def _named(name: str) -> Choice:
    """A class of words as a choice."""
    classes: dict[str, list[str]] = table("words")["class"]
    if name not in classes:
        raise ValueError(f"unknown class of words: <{name}>")
    entries = (_Reader(entry).everything() for entry in classes[name])
    return Choice(tuple(dict.fromkeys(option for entry in entries for option in _flat(entry))), name)


def _flat(node: Node) -> tuple[Node, ...]:
    """The options of a tree, as words where it is short; so expressions can share their beginnings."""
    if isinstance(node, Chain) and len(node.parts) == 1:
        return _flat(node.parts[0])
    if isinstance(node, Choice):
        return tuple(option for inner in node.options for option in _flat(inner))
    return expand(node) if len(expand(node)) <= _FEW else (node,)


def expand(node: Node, longest: int = 99) -> tuple[str, ...]:
    """Every word a tree stands for, cut after ``longest`` characters or before its first gap."""
    if isinstance(node, str):
        return (node[:longest],)
    if isinstance(node, Gap):
        return ("",)
    return _expanded(node, longest)


@cache
def _expanded(node: Choice | Chain, longest: int) -> tuple[str, ...]:
    if isinstance(node, Choice):
        return tuple({word: None for option in node.options for word in expand(option, longest)})
    done: dict[str, None] = {}
    growing: dict[str, None] = {"": None}
    for part in node.parts:
        if isinstance(part, Gap) or not growing:
            break
        ends = expand(part, longest)
        grown = {(start + end)[:longest]: None for start in growing for end in ends}
        done |= {word: None for word in grown if len(word) >= longest}
        growing = {word: None for word in grown if len(word) < longest}
    return tuple(done | growing)


@cache
def length(node: Node) -> tuple[int, int]:
    """The fewest and the most characters a tree can take."""
    if isinstance(node, str):
        return len(node), len(node)
    if isinstance(node, Gap):
        return 0, 2 * node.longest + 1 if node.crosses else node.longest
    inner = [length(part) for part in (node.options if isinstance(node, Choice) else node.parts)]
    join = (min, max) if isinstance(node, Choice) else (sum, sum)
    return join[0](short for short, _ in inner), join[1](long for _, long in inner)


def characters(node: Node) -> frozenset[str]:
    """Every character that stands somewhere in a tree."""
    if isinstance(node, str):
        return frozenset(node)
    inner = () if isinstance(node, Gap) else node.options if isinstance(node, Choice) else node.parts
    return frozenset().union(*map(characters, inner))
