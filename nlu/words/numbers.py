"""Spoken and typed numbers: their value, their digits, and which of the listed options is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.grammar import table
from nlu.words.masking import mask, sensitive

__all__ = ["NumberExpression", "choice", "digits", "find", "mask", "sensitive", "value"]

_TABLE = table("numbers")
_DIGIT: dict[str, int] = _TABLE["digit"]
_CALLED: dict[str, int] = _TABLE["called"]
_WORD: dict[str, float] = _TABLE["word"]
_UNIT: dict[str, int] = _TABLE["unit"]
_ASCII = str.maketrans("０１２３４５６７８９．", "0123456789.")
_SPOKEN = "".join(dict.fromkeys(c for c in (*_DIGIT, *_UNIT) if not c.isascii()))

_ARABIC = re.compile(rf"(\d+(?:\.\d+)?)([{''.join(_UNIT)}]*)")
_CHOICE: dict[str, list[str]] = _TABLE["choice"]
_NUMBER = re.compile(
    rf"[0-9０-９]+(?:[.．][0-9０-９]+)?[万亿千百]*|[{_SPOKEN}{''.join(_CALLED)}]+(?:点[{_SPOKEN}]+)?|[俩仨廿卅]"
)
ANY = re.compile(f"[0-9０-９{_SPOKEN}{''.join(_CALLED)}俩仨廿卅]")
"""A character of which a number may consist."""
_CIRCLED = str.maketrans({chr(0x2460 + n): str(n + 1) for n in range(10)})
_CHOICE_NOISE = re.compile(r"[\s,,。.!!??、~～]")


def _any(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_BEFORE, _AFTER = f"(?:{_any(_CHOICE['before'])})*", f"(?:{_any(_CHOICE['after'])})*"
_NAMES = "|".join(f"(?P<{name}>{_any(_CHOICE[name])})" for name in ("first", "last", "middle", "upper", "lower"))
_NAMED = re.compile(f"{_BEFORE}(?:{_NAMES}){_AFTER}")
_NUMBERED = re.compile(
    f"{_BEFORE}(?P<order>倒数第|第)?(?P<number>[0-9]+|[{_SPOKEN}幺]+)(?P<measure>{_any(_CHOICE['measure'])})?{_AFTER}"
)


@dataclass(frozen=True)
class NumberExpression:
    """A number found in a text."""

    text: str
    value: float | int
    span: tuple[int, int]


def value(text: str) -> float | int | None:
    """The number that the whole text says, or None (also for 几, 十几 and 三四)."""
    text = text.strip().translate(_ASCII)
    if text in _WORD:
        return _plain(_WORD[text])
    arabic = _ARABIC.fullmatch(text)
    if arabic:
        return _scaled(arabic)
    whole, point, fraction = text.partition("点")
    if point:
        return _decimal(whole, fraction)
    return _positional(text) if not any(c in _UNIT for c in text) else _counted(text)


def digits(text: str) -> str | None:
    """The digits of a text said digit by digit (五零一, 幺零二, 2零1), or None."""
    text = text.strip().translate(_ASCII)
    read = [_DIGIT.get(c, _CALLED.get(c)) for c in text]
    return "".join(map(str, read)) if read and None not in read else None


def find(text: str) -> tuple[NumberExpression, ...]:
    """Every number in a text that has one value, from left to right."""
    found = ((match, value(match.group())) for match in _NUMBER.finditer(text))
    return tuple(NumberExpression(m.group(), number, m.span()) for m, number in found if number is not None)


def choice(text: str, count: int) -> int | None:
    """Which of ``count`` listed options the whole utterance picks, from 1, or None."""
    picked = _picked(_CHOICE_NOISE.sub("", text.translate(_CIRCLED)), count)
    return picked if picked is not None and 1 <= picked <= count else None


def _picked(text: str, count: int) -> int | None:
    named = _NAMED.fullmatch(text)
    if named:
        return _position(str(named.lastgroup), count)
    numbered = _NUMBERED.fullmatch(text)
    if not numbered or (numbered["measure"] in _CHOICE["counting"] and not numbered["order"]):
        return None
    number = value(numbered["number"])
    if not isinstance(number, int):
        return None
    return count + 1 - number if numbered["order"] == "倒数第" else number


def _position(name: str, count: int) -> int | None:
    fixed = {"first": 1, "last": count, "middle": (count + 1) // 2 if count % 2 else None}
    return fixed[name] if name in fixed else {"upper": 1, "lower": 2}[name] if count == 2 else None


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _scaled(match: re.Match[str]) -> float | int:
    number = float(match[1]) if "." in match[1] else int(match[1])
    for unit in match[2]:
        number *= _UNIT[unit]
    return _plain(number)


def _decimal(whole: str, fraction: str) -> float | None:
    left, right = value(whole), digits(fraction)
    return None if left is None or right is None else float(f"{int(left)}.{right}")


def _positional(text: str) -> int | None:
    """One digit, or digits read out one by one; two without a zero are an estimate (三四个)."""
    read = digits(text)
    if read is None or (len(text) == 1 and text in _CALLED and text != "幺"):
        return None
    estimate = len(text) == 2 and not text.isascii() and "0" not in read and not any(c in _CALLED for c in text)
    return None if estimate else int(read)


def _counted(text: str) -> int | None:
    """A number with units: 一百零二, 一百二, 三万五."""
    for big in ("亿", "万"):
        left, found, right = text.partition(big)
        if found:
            head, tail = _counted(left), _tail(right, _UNIT[big])
            return None if head is None or tail is None else head * _UNIT[big] + tail
    return _below_ten_thousand(text)


def _tail(text: str, unit: int) -> int | None:
    """What follows a unit: nothing, 零二, or a lone digit one rank below (一百二)."""
    if not text:
        return 0
    if len(text) == 1 and text in _DIGIT:
        return _DIGIT[text] * unit // 10
    rest = text.lstrip("零〇")
    return _DIGIT[rest] if len(rest) == 1 and rest in _DIGIT else _counted(rest)


def _below_ten_thousand(text: str) -> int | None:
    total, last, pending = 0, 10000, None
    for index, char in enumerate(text):
        unit = _UNIT.get(char)
        if unit is None:
            if char not in _DIGIT or pending:
                return None
            pending = _DIGIT[char]
            continue
        if unit >= last or (pending is None and (unit != 10 or index)) or pending == 0:
            return None
        total, last, pending = total + (pending or 1) * unit, unit, None
    return _ended(text, total, last, pending)


def _ended(text: str, total: int, last: int, pending: int | None) -> int | None:
    if pending is None:
        return total
    spoken_zero = len(text) > 1 and text[-2] in "零〇"
    rank = 1 if last in (10, 10000) or spoken_zero else last // 10
    return total + pending * rank
