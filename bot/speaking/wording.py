"""A written text as it is said: numbers, telephone numbers, times, places and dates, without what cannot be heard.

3-2-501 → 三号楼二单元五零一 · 9:30 → 九点半 · 打 120 → 打幺二零 · 3月5日 → 三月五号，星期四，农历正月十七
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from models import files as tables
from nlu.times import calendar

_PAUSES = "。！？；!?;\n"
_PLAIN = re.compile(r"[^一-鿿A-Za-z，。！？；：、,.!?;:·—…\n ]+")
_CLAUSE = re.compile(r"[^，、]{1,80}[，、]*")
MOST = 1000
"""Characters that are looked at: more than can be said in a minute."""
_BREATH = 80
"""A sentence longer than this is cut at its commas."""
_GAP = re.compile(r"(?<=[一-龥]) +(?=[一-龥\d#])|(?<=\d) +(?=[一-龥])")
"""Blanks that nobody hears."""
_MARKS = str.maketrans(",!?:;", "，！？：；")
_SENTENCE = re.compile(rf"[^{_PAUSES}]+[{_PAUSES}]*")


@cache
def words() -> dict[str, Any]:
    """Everything in ``ear.toml``."""
    return tables.table(files("bot.speaking") / "ear.toml", "bot/speaking/ear.toml")


def said(text: str, today: date) -> str:
    """The text as it is said; ``today`` gives a date without a year its weekday and its lunar day."""
    text = _GAP.sub("", unicodedata.normalize("NFKC", text))
    for sign, word in words()["said"].items():
        text = text.replace(sign, word)
    for pattern, change in _RULES:
        text = pattern.sub(lambda match, change=change: change(match, today), text)  # type: ignore[misc]
    text = _PLAIN.sub("，", text.translate(_MARKS))
    text = re.sub(r"\s*\n\s*", "。", text.strip())
    return re.sub(r"[，、, ]*([，。！？；：])[，。、 ]*", r"\1", text).strip("，、： ")


def sentences(text: str) -> list[str]:
    """A text in pieces that are said in one breath."""
    found = [match.group() for match in _SENTENCE.finditer(text[:MOST])]
    parts = [part for one in found for part in ([one] if len(one) <= _BREATH else _CLAUSE.findall(one))]
    return [part.strip() for part in parts if part.strip(_PAUSES + " ，")]


# ---------------------------------------------------------------- numbers


def each(figures: str, dialled: bool = False) -> str:
    """Figure by figure: 501 is 五零一; dialled, 120 is 幺二零."""
    numbers = words()["numbers"]
    found = "".join(numbers["digits"][int(figure)] for figure in figures if figure.isdigit())
    return found.replace("一", str(numbers["one"])) if dialled else found


def counted(number: int) -> str:
    """A whole number: 105 is 一百零五, 12 is 十二."""
    if number >= 100_000_000:
        return each(str(number))
    if number >= 10_000:
        rest = number % 10_000
        zero = words()["numbers"]["digits"][0] if 0 < rest < 1000 else ""
        return counted(number // 10_000) + "万" + (zero + _thousands(rest) if rest else "")
    text = _thousands(number)
    return text[1:] if text.startswith("一十") else text


def _thousands(number: int) -> str:
    """A number below ten thousand, with one 零 for a gap."""
    digits, out, gap = words()["numbers"]["digits"], "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = number // size % 10
        if figure:
            out += (digits[0] if gap and out else "") + digits[figure] + unit
        gap = figure == 0
    return out or str(digits[0])


def _decimal(match: re.Match[str], today: date) -> str:
    return f"{counted(int(match[1]))}点{each(match[2])}"


def _number(match: re.Match[str], today: date) -> str:
    """A bare number: counted where a measure follows or it is short, else figure by figure."""
    figures, after, before = match[2], match[3] or "", match[1] or ""
    if before or len(figures) > 9:
        return f"{match[1] or ''}{each(figures, dialled=True)}{after}"
    if figures == "2" and after.startswith(tuple(words()["numbers"]["two_counted"])):
        return f"{words()['numbers']['two']}{after}"
    measured = after.startswith(tuple(words()["numbers"]["counted"]))
    short = len(figures) < 3 and not (len(figures) > 1 and figures.startswith("0"))
    return (counted(int(figures)) if measured or short else each(figures)) + after


def _phone(match: re.Match[str], today: date) -> str:
    """Eleven figures in three breaths, a landline with its code apart."""
    figures = re.sub(r"\D", "", match[0])
    cuts = (3, 7) if len(figures) == 11 and figures.startswith("1") else (len(match[1] or ""), len(figures) - 4)
    parts = [figures[: cuts[0]], figures[cuts[0] : cuts[1]], figures[cuts[1] :]]
    return "，".join(each(part, dialled=True) for part in parts if part)


# ---------------------------------------------------------------- times, dates, places


def _clock(match: re.Match[str], today: date) -> str:
    hour, minute = int(match[1]), int(match[2])
    if hour > 24 or minute > 59:
        return match[0]
    told = f"{words()['numbers']['two'] if hour == 2 else counted(hour)}点"
    if minute == 30:
        return f"{told}半"
    return told if minute == 0 else f"{told}{'零' if minute < 10 else ''}{counted(minute)}分"


def _span(match: re.Match[str], today: date) -> str:
    return str(words()["wording"]["between"]).format(first=match[1], last=match[2])


def _date(match: re.Match[str], today: date) -> str:
    """A day of the year with its weekday, unless one is written beside it, and its lunar day."""
    year, month, day = (int(part) if part else 0 for part in match.group("y", "m", "d"))
    try:
        found = date(year, month, day) if year else _nearest(month, day, today)
    except ValueError:
        return match[0]
    wording = words()["wording"]
    told = str(wording["day"]).format(
        month=counted(month), day=counted(day), weekday=wording["weekdays"][found.weekday()]
    )
    if year and year != today.year:
        told = f"{each(str(year))}年{told}"
    return told + _lunar(found) + "，"


def _nearest(month: int, day: int, today: date) -> date:
    """The date without a year that is nearest to today."""
    years = (date(year, month, day) for year in (today.year - 1, today.year, today.year + 1))
    return min(years, key=lambda one: abs((one - today).days))


def _lunar(day: date) -> str:
    found = calendar.to_lunar(day)
    if found is None:
        return ""
    _, month, number, leap = found
    names = words()["lunar"]
    tens, ones = divmod(number, 10)
    told = {10: "初十", 20: "二十", 30: "三十"}.get(number, f"{names['tens'][tens]}{counted(ones) if ones else ''}")
    said_month = (names["leap"] if leap else "") + names["months"][month - 1]
    return str(words()["wording"]["lunar"]).format(month=said_month, day=told)


def _place(match: re.Match[str], today: date) -> str:
    building, unit, room = match.groups()
    key = "building" if unit else "short_building"
    told = {"building": counted(int(building)), "unit": counted(int(unit)) if unit else "", "room": each(room)}
    return str(words()["wording"][key]).format(**told)


def _pressure(match: re.Match[str], today: date) -> str:
    return str(words()["wording"]["pressure"]).format(high=counted(int(match[1])), low=counted(int(match[2])))


def _percent(match: re.Match[str], today: date) -> str:
    return str(words()["wording"]["percent"]).format(number=match[1])


def _link(match: re.Match[str], today: date) -> str:
    return str(words()["wording"]["link"])


def _zero(match: re.Match[str], today: date) -> str:
    return each(f"0{match[1]}")


def _ticket(match: re.Match[str], today: date) -> str:
    return f"{counted(int(match[1]))}号"


def _rules() -> Iterator[tuple[str, Callable[[re.Match[str], date], str]]]:
    """What is looked for, in this order."""
    dialled = "|".join(sorted(words()["numbers"]["dialled"], key=len, reverse=True))
    week = r"(?:\s*[（(]?\s*(?:周|星期|礼拜)[一二三四五六日天]\s*[)）]?)?"
    yield r" ?(?:https?://|www\.)[^\s，。]+ ?", _link
    yield r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", lambda match, today: _phone_mobile(match, today)
    yield r"(?<!\d)(0\d{2,3})[- ]?(\d{7,8})(?!\d)", _phone
    yield rf"(?<!\d)(?P<y>\d{{4}})[-/年](?P<m>\d{{1,2}})[-/月](?P<d>\d{{1,2}})[日号]?(?!\d){week}", _date
    yield rf"(?<!\d)(?P<y>)(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})[日号]{week}", _date
    yield rf"(?<![\d-])(?P<y>)(?P<m>\d{{2}})-(?P<d>\d{{2}})(?=\s+\d{{1,2}}:\d{{2}}){week}", _date
    yield r"(?<![\d:])(\d{1,2})[:：](\d{2})(?::\d{2})?(?![\d:])", _clock
    yield r"(\d{1,2}点[^\s，。]{0,4}?|[一-龥]{1,3}点(?:半|[一-龥]{1,4}分)?)\s*[-–—]\s*(?=[一-龥\d])([一-龥\d]+)", _span
    yield r"(?<![\d-])(\d{1,3})-(?:(\d{1,2})-)?(\d{3,4})(?![\d-])", _place
    yield r"(\d+)号楼(?:(\d+)单元)?(\d{3,4})(?:室|房|号)?(?!\d)", _place
    yield r"(?<!\d)(\d{2,3})/(\d{2,3})(?!\d)", _pressure
    yield r"(\d+(?:\.\d+)?)\s*%", _percent
    yield r"(?<![\d-])(\d{1,4})\s*[-–—]\s*(\d{1,4})(?![\d-])", _span
    yield r"(?<=点)0(\d)(?=分)", _zero
    yield r"[#＃](\d{1,6})号?", _ticket
    yield r"(?<!\d)(\d{1,6})\s*号(?!楼)", _ticket
    yield r"(?<![\d.])(\d{1,8})\.(\d{1,3})(?![\d.])", _decimal
    yield rf"((?:{dialled})\s*)?(\d+)(\s*[一-龥]{{1,2}})?", _number


def _phone_mobile(match: re.Match[str], today: date) -> str:
    figures = re.sub(r"\D", "", match[0])
    return "，".join(each(part, dialled=True) for part in (figures[:3], figures[3:7], figures[7:]))


_RULES = [(re.compile(pattern), change) for pattern, change in _rules()]
