"""Spellings of a phrase: classes, alternatives and options written out; see nlu/templates.py for how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

GAPS = {"…": 6, "……": 16}
"""Sign of a gap → characters that may stand there at most."""
OUTSIDE = frozenset({"number", "ticket", "block", "time", "place", "service", "person"})
"""Classes whose members are found by other modules; in a step they are the word ``{name}``."""
BRACKETS = {"(": ")", "[": "]", "{": "}"}
Classes = Mapping[str, frozenset[str]]

_PIECE = re.compile(r"……|…|[^…(\[{ ]+| +")


def members(name: str, classes: Classes) -> frozenset[str]:
    """The words of a class; raises ``KeyError`` for an unknown one."""
    return frozenset({f"{{{name}}}"}) if name in OUTSIDE else classes[name]


def expand(text: str, classes: Classes) -> frozenset[str]:
    """Every spelling of a text with classes, alternatives and options."""
    return frozenset("".join(parts) for parts in product(*(_spellings(*token, classes) for token in tokens(text))))


def _spellings(kind: str, content: str, classes: Classes) -> frozenset[str]:
    if kind == "{":
        return members(content, classes)
    if kind in BRACKETS:
        spelled = frozenset().union(*(expand(choice, classes) for choice in _choices(content)))
        return spelled | {""} if kind == "[" else spelled
    if kind in GAPS:
        raise ValueError("a gap cannot stand inside brackets")
    if kind == " ":
        return frozenset({""})
    return frozenset({content})


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Brackets with their content, gaps, and plain text (of kind ""); raises ``ValueError`` for an open bracket."""
    position = 0
    while position < len(text):
        head = text[position]
        if head in BRACKETS:
            end = _closing(text, position)
            yield head, text[position + 1 : end]
            position = end + 1
            continue
        found = _PIECE.match(text, position)
        word = found.group() if found else head
        position += len(word)
        yield (word, "") if word in GAPS else (" ", "") if not word.strip() else ("", word)


def _closing(text: str, begin: int) -> int:
    """Where the bracket opened at ``begin`` is closed."""
    depth = 0
    for position in range(begin, len(text)):
        depth += (text[position] in BRACKETS) - (text[position] in BRACKETS.values())
        if depth == 0:
            return position
    raise ValueError(f"a bracket is open in {text!r}")


def _choices(content: str) -> list[str]:
    """The alternatives of a bracket's content."""
    choices, depth = [""], 0
    for character in content:
        depth += (character in BRACKETS) - (character in BRACKETS.values())
        if character == "|" and depth == 0:
            choices.append("")
        else:
            choices[-1] += character
    return choices
