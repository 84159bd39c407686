"""Finds the tokens of times in a text, from left to right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nlu.grammar import table
from nlu.times import grammar
from nlu.times.said import Said

_CHAR = r"[一-鿿0-9]"
_SPACED = re.compile(rf"(?<={_CHAR})[ \u3000]+(?={_CHAR})")
_BY_DIGIT = re.compile(r"(?<=\d)[ \u3000]+(?=[一-鿿])|(?<=[一-鿿])[ \u3000]+(?=\d)")
_BROKEN = re.compile(r"\d[-./:]$")
_DENSE = 3


@dataclass(frozen=True)
class Text:
    """A text as it is read, and where each of its characters came from."""

    read: str
    origin: tuple[int, ...]
    source: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the source."""
        return self.origin[start], self.origin[end - 1] + 1 if end else 0

    def words(self, start: int, end: int) -> str:
        """The words in the source."""
        return self.source[slice(*self.span(start, end))]


def prepare(source: str) -> Text:
    """One form for variant characters; spaces inside go where the recognizer put them between all words."""
    plain = source.translate(_variants())
    if " " not in plain and "\u3000" not in plain:
        return Text(plain, tuple(range(len(plain))), source)
    gap = _SPACED if _is_dense(plain) else _BY_DIGIT
    dropped = {index for match in gap.finditer(plain) for index in range(*match.span())}
    kept = tuple(index for index in range(len(plain)) if index not in dropped)
    return Text("".join(plain[index] for index in kept), kept, source)


def _is_dense(text: str) -> bool:
    return len(text) < _DENSE * (len(text.split()) - 1) + _DENSE and len(text.split()) > _DENSE


def _variants() -> dict[int, str]:
    digits = {0xFF10 + number: str(number) for number in range(10)}
    return {ord(char): plain for char, plain in table("times")["variants"].items()} | digits


def tokens(text: str) -> list[Said]:
    """Every token, none overlapping."""
    found: list[Said] = []
    end, position = 0, 0
    search, patterns = grammar.trigger().search, grammar.patterns()
    while candidate := search(text, position):
        position = candidate.start()
        held = _inside_number(text, position, end) or _is_floors(text, position)
        match = None if held else patterns[text[position]].match(text, position)
        said = grammar.said(match, end) if match else None
        if said:
            found.append(said)
            end = position = said.end
        else:
            position += 1
    return found


def _inside_number(text: str, position: int, end: int) -> bool:
    """Whether a number has begun before this place: no time starts in the middle of 一百二十三号."""
    if text[position] not in grammar.NUMERALS or not position or position == end:
        return False
    before = text[position - 1]
    if before in grammar.NUMERALS or before in "第几":
        return True
    return before in "-./:" and position - 1 != end and bool(_BROKEN.search(text, max(0, position - 2), position))


def _is_floors(text: str, position: int) -> bool:
    """楼上周末, 楼下月初: the floor keeps its word; 3号楼上午 is a building in the forenoon."""
    if text[position] not in "上下" or not position or text[position - 1] != "楼":
        return False
    numbered = position > 1 and (text[position - 2] in grammar.NUMERALS or text[position - 2] in "号栋幢#")
    return not numbered and not text.startswith(("上午", "下午"), position)


@cache
def recalling() -> re.Pattern[str]:
    """Words for the time that was agreed before (上回那个时间)."""
    return re.compile(table("times")["recalled"])


@cache
def opening() -> re.Pattern[str]:
    """Any character with which a time may begin, in each of its forms: without one there is nothing to look for."""
    begins = grammar.patterns()
    forms = (chr(code) for code, plain in _variants().items() if plain[:1] in begins)
    return re.compile("[" + re.escape("".join(sorted({*begins, *forms}))) + "]")
