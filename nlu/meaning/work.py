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


@cache
def _patterns(topic: str, kind: str) -> tuple[re.Pattern[str], ...]:
    called = "|".join(sorted(map(re.escape, classes()["called"]), key=len, reverse=True))
    return tuple(re.compile(source.replace("{called}", called)) for source in table("work")[topic][kind])


def wait(text: str) -> Wait | None:
    """What the task waits for; None when the line says nothing of the kind."""
    for reason in table("work")["waits"]:
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


def is_mistaken(text: str) -> bool:
    """按错了 and the like, and nothing more."""
    return text.strip("。.!！ ,，了") in {word.strip("了") for word in table("work")["mistaken"]["words"]}


def for_resident(text: str) -> str | None:
    """The words that are meant for the resident; None when the line is for the bot or the group."""
    for pattern in _patterns("addressed", "said"):
        if (found := pattern.search(text)) is not None:
            return found["words"].strip()
    return text if any(pattern.search(text) for pattern in _patterns("addressed", "plain")) else None
