"""Turns the token table into one pattern for each first character, and a match into what was said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from nlu.grammar import table
from nlu.times.said import Said
from nlu.words import numbers

NUMERALS = frozenset("0123456789零〇○一二两俩仨三四五六七八九十百千万廿卅半")
_ELEMENT = re.compile(r"<(?P<name>\w+)(?P<maybe>\?)?>|\((?P<group>.*)\)|\[(?P<option>.*)\]|(?P<literal>.+)")
_DAY_FIELDS = frozenset(
    ("year", "month", "month_by", "day", "weekdays", "week", "offset", "offset_pair", "festival", "unit")
)
_FESTIVALS = {
    "festival": "words",
    "festival_doubtful": "doubtful",
    "festival_short": "short",
    "festival_of_year": "short",
}
"""Element → the list of a festival's words that it may be."""
_WEEKDAYS = {char: index for index, char in enumerate("一二三四五六日")} | {"天": 6} | {str(n + 1): n for n in range(7)}


@dataclass(frozen=True)
class Token:
    """One line of the token table, compiled."""

    number: int
    pattern: str
    first: frozenset[str]
    names: tuple[str, ...]
    fixed: dict[str, Any]
    apart: tuple[str, ...]
    alone: bool


@cache
def words(name: str) -> dict[str, Any]:
    """A table of words with their values."""
    if name in _FESTIVALS:
        return _festival_words(_FESTIVALS[name])
    if name == "lunar_month":
        return dict(table("calendar")["lunar_month"])
    return dict(table("times")["words"].get(name, {}))


def _festival_words(kind: str) -> dict[str, Any]:
    data = table("calendar")
    rules = [*data["festival"], data["terms"]]
    return {word: word for rule in rules for word in rule.get(kind, ())}


def _vocabulary(name: str) -> str:
    """The pattern of a named element; a word that ends in a numeral must not go on with one."""
    number = table("times_tokens")["numbers"].get(name)
    if number:
        return str(number)
    ordered = sorted(words(name), key=len, reverse=True)
    guard = "(?![一二三四五六七八九十]|号|日)"
    spelled = "|".join(re.escape(word) + (guard if word[-1] in NUMERALS else "") for word in ordered)
    certain = {"festival_doubtful": "certain", "festival_short": "certain_short"}.get(name)
    return f"(?:{spelled})(?={table('calendar')[certain]})" if certain else spelled


def _firsts(name: str) -> frozenset[str]:
    if name in table("times_tokens")["numbers"]:
        return NUMERALS
    return frozenset(word[0] for word in words(name))


def _element(source: str, number: int) -> tuple[str, frozenset[str], bool]:
    """Pattern, first characters and whether it may be missing."""
    match = _ELEMENT.fullmatch(source)
    assert match, source
    if match["name"]:
        pattern = f"(?P<{match['name']}_{number}>{_vocabulary(match['name'])})"
        return pattern + ("?" if match["maybe"] else ""), _firsts(match["name"]), bool(match["maybe"])
    inner = match["group"] or match["option"] or match["literal"]
    pattern, first = f"(?:{inner})", frozenset(choice.lstrip("[\\")[0] for choice in inner.split("|"))
    return pattern + ("?" if match["option"] else ""), first, bool(match["option"])


def _token(number: int, row: dict[str, Any]) -> Token:
    elements = [_element(source, number) for source in row["say"].split()]
    first: frozenset[str] = frozenset()
    for _, chars, optional in elements:
        first |= chars
        if not optional:
            break
    names = tuple(re.findall(r"<(\w+)\??>", row["say"]))
    pattern = _behind(row) + "".join(element for element, _, _ in elements) + _ahead(row)
    limits = tuple(row.get("apart", ())), bool(row.get("alone"))
    return Token(number, f"(?P<token_{number}>{pattern})", first, names, row.get("set", {}), *limits)


def _behind(row: dict[str, Any]) -> str:
    refused = "".join(f"(?<!{word})" for word in row.get("not_after", ()))
    wanted = "|".join("^" if word == "^" else f"(?<={word})" for word in row.get("after", ()))
    return refused + (f"(?:{wanted})" if wanted else "")


def _ahead(row: dict[str, Any]) -> str:
    wanted = f"(?={row['before']})" if "before" in row else ""
    return wanted + (f"(?!{row['not_before']})" if "not_before" in row else "")


@cache
def tokens() -> tuple[Token, ...]:
    """All tokens in the order of their table."""
    return tuple(_token(number, row) for number, row in enumerate(table("times_tokens")["token"]))


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """First character → the pattern of all tokens that may begin with it."""
    chosen = {char: tuple(t.number for t in tokens() if char in t.first) for token in tokens() for char in token.first}
    compiled = {
        group: re.compile("|".join(tokens()[number].pattern for number in group)) for group in set(chosen.values())
    }
    return {char: compiled[group] for char, group in chosen.items()}


@cache
def trigger() -> re.Pattern[str]:
    """Any character that may begin a token."""
    return re.compile("[" + re.escape("".join(sorted(patterns()))) + "]")


def said(match: re.Match[str], end: int) -> Said | None:
    """What a match says; None when its number has no value or it belongs to what precedes; ``end`` of the last token."""
    token = tokens()[int(str(match.lastgroup).rpartition("_")[2])]
    joined = match.start() == end > 0
    if (token.alone and joined) or (not joined and match.string.endswith(token.apart, 0, match.start())):
        return None
    groups = {name: match[f"{name}_{token.number}"] for name in token.names}
    values = {name: _value(name, text) for name, text in groups.items() if text is not None}
    if None in values.values():
        return None
    target = table("times_tokens")["fields"]
    fields = {target.get(name, name): value for name, value in values.items()} | token.fixed
    if not _DAY_FIELDS.isdisjoint(fields):
        fields["day_end"] = match.end()
    return Said(match.start(), match.end(), **_settled(fields, groups))


def _value(name: str, text: str) -> Any:
    if name in ("weekdays", "weekday"):
        return _weekdays(text)
    if name in ("year", "year_short"):
        return _year(text)
    if name in ("hours", "days_near"):
        return text
    number = numbers.value("30" if text == "卅" else text) if name in table("times_tokens")["numbers"] else None
    return words(name)[text] if name not in table("times_tokens")["numbers"] else _counting(text, number)


def _counting(text: str, number: float | int | None) -> float | int | None:
    """廿三, 卅一 and 零五 are numbers here."""
    if number is None and text[:1] in "廿卅":
        rest = numbers.value(text[1:]) or 0
        return (20 if text[0] == "廿" else 30) + int(rest)
    return number


def _weekdays(text: str) -> tuple[int, ...]:
    if "到" in text or "至" in text:
        first, last = _WEEKDAYS[text[0]], _WEEKDAYS[text[-1]]
        return tuple(range(first, last + 1)) if last > first else (first, last)
    return tuple(sorted({_WEEKDAYS[char] for char in text if char in _WEEKDAYS}))


def _year(text: str) -> int | None:
    read = numbers.digits(text.replace("○", "〇"))
    if read is None or len(read) == 4:
        return int(read) if read else None
    return int(read) + (2000 if int(read) <= 40 else 1900)


def _settled(fields: dict[str, Any], groups: dict[str, str | None]) -> dict[str, Any]:
    """Minutes from quarters, fives and 差; the two hours of an estimate; 03:30 as it is written."""
    hour = groups.get("hour") or groups.get("hour_many") or ""
    fields["typed"] = True if hour[:1] in ("0", "零", "〇") else None
    backwards = fields.pop("backwards", False)
    quarter, fives, minus = (fields.pop(name, None) for name in ("quarter", "fives", "minus"))
    if quarter is not None:
        fields["minute"] = -15 * quarter if backwards else 15 * quarter
    if fives is not None:
        fields["minute"] = 5 * fives
    if minus is not None:
        fields["minute"] = -minus
    before, after = fields.pop("days_before", None), fields.pop("days_after", None)
    weeks = (fields.pop("weeks_after", None) or 0) - (fields.pop("weeks_before", None) or 0)
    if before or after or weeks:
        fields["shift"] = after or (-before if before else 7 * weeks)
    near = fields.pop("days_near", None)
    if near:
        fields["day"], fields["day_to"] = (int(numbers.value(near[:-2] + last) or 0) for last in near[-2:])
    if isinstance(fields.get("weekdays"), list):
        fields["weekdays"] = tuple(fields["weekdays"])
    estimate = fields.pop("hours", None)
    if estimate:
        fields["hour"], fields["hour_to"] = _estimate(estimate)
    return fields


def _estimate(text: str) -> tuple[int, int]:
    first = 11 if text == "十一二" else int(numbers.value(text[0]) or 0)
    return first, first + 1
