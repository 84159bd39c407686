"""What a helper with a task in hand says about it: that it has to wait, and for what; and words meant for the resident.

Pure; the words are ``grammar/zh/work.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nlu.grammar import table
from nlu.words import numbers
from nlu.words.things import classes

_MINUTES = re.compile(
    r"(?P<number>半|[0-9零一二两三四五六七八九十百几]+)(?P<half>个半)?个?(?P<unit>分钟|分|小时|钟头|刻钟|刻)"
)
_UNITS = {"分钟": 1, "分": 1, "小时": 60, "钟头": 60, "刻钟": 15, "刻": 15}


@dataclass(frozen=True)
class Wait:
    """Why a task cannot go on now."""

    reason: str
    """``part``, ``hour``, ``visit``, ``trade``, ``hands`` or ``late``."""
    minutes: int | None = None
    """By how much somebody is late."""
    hands: int | None = None
    """How many people it takes in all."""


@dataclass(frozen=True)
class Message:
    """Words of a helper for the resident."""

    words: str
    asks: bool
    """A question, to which an answer is waited for."""


@cache
def _patterns(topic: str, kind: str) -> tuple[re.Pattern[str], ...]:
    called = "|".join(sorted(map(re.escape, classes()["called"]), key=len, reverse=True))
    return tuple(re.compile(source.replace("{called}", called)) for source in table("work")[topic][kind])


def wait(text: str, resting: bool = False) -> Wait | None:
    """What the task waits for; None when the line says nothing of the kind. Only what rests can go on (``ready``)."""
    for reason in ("ready", *table("work")["waits"]):
        if reason == "ready" and not resting:
            continue
        if any(pattern.search(text) for pattern in _patterns("waits", reason)):
            return Wait(reason, _late(text) if reason == "late" else None, _hands(text) if reason == "hands" else None)
    return None


def _late(text: str) -> int | None:
    found = _MINUTES.search(text)
    if found is None:
        return None
    value = 0.5 if found["number"] == "半" else numbers.value(found["number"])
    return None if value is None else round(float(value) * _UNITS[found["unit"]])


def _hands(text: str) -> int:
    """两个人 are two; 再来一个 is one more than the speaker; two when no number is said."""
    more = re.search(r"(再|还差|还缺|差|缺|少)[^0-9一两俩三四]{0,3}([一两俩三四1-4])", text)
    if more:
        return 1 + int(numbers.value(more[2]) or 1)
    plain = re.search(r"([两俩三四2-4])个?人", text)
    return int(numbers.value(plain[1]) or 2) if plain else 2


_SPAN = re.compile(
    r"(?P<half>半)?(?P<number>[0-9零一二两三四五六七八九十百几]+)?(?P<more>多)?个?(?P<unit>天|日|星期|礼拜|周|月|年)(?![一二三四五六日天末])"
)
_DAYS = {"天": 1, "日": 1, "星期": 7, "礼拜": 7, "周": 7, "月": 30, "年": 365}


def days(text: str) -> int | None:
    """After how many days: 要等三天, 得两个礼拜, 半个月; None where no number is said."""
    for found in _SPAN.finditer(text):
        if found["half"]:
            return max(1, _DAYS[found["unit"]] // 2)
        value = numbers.value(found["number"]) if found["number"] and "几" not in found["number"] else None
        if value is not None:
            return round(float(value) * _DAYS[found["unit"]])
    return None


def is_mistaken(text: str) -> bool:
    """按错了 and the like, with no more than that it is not done yet."""
    if any(pattern.search(text) for pattern in _patterns("mistaken", "within")):
        return True
    return text.strip("。.!！ ,，了") in {word.strip("了") for word in table("work")["mistaken"]["words"]}


def for_resident(text: str) -> Message | None:
    """The words that are meant for the resident; None when the line is for the bot or the group."""
    for pattern, asks in zip(_patterns("addressed", "said"), (True, False), strict=True):
        if (found := pattern.search(text)) is not None:
            return Message(_to_you(found["words"].strip()), asks)
    if re.search(table("work")["addressed"]["never"], text):
        return None
    return Message(_to_you(text), True) if any(one.search(text) for one in _patterns("addressed", "plain")) else None


def _to_you(words: str) -> str:
    """她家有没有梯子, as it is said to her: 您家有没有梯子."""
    for rule in table("work")["addressed"]["alike"]:
        pattern, _, said = rule.rpartition("=")
        words, changed = re.subn(pattern, said, words, count=1)
        if changed:
            break
    return words


def concerns(text: str, thing: str) -> bool:
    """Whether the one who comes to a resident's home should know this: hours, the door, tools, the thing itself."""
    named = len(thing) > 1 and thing in text
    return named or any(pattern.search(text) for pattern in _patterns("concerns", "said"))


def is_talk(text: str) -> bool:
    """Whether it is small talk, which nobody who works needs passed on: 今天天气真不错."""
    return not concerns(text, "") and re.search(table("work")["concerns"]["talk"], text) is not None


def suits(text: str) -> bool | None:
    """Whether a proposed hour suits, in whatever words; None where they do not say."""
    if re.search(table("work")["concerns"]["no"], text):
        return False
    return True if re.search(table("work")["concerns"]["yes"], text) else None
