"""The sentences that the starter model's grammar is counted from: our own list and what people say (``nlu/sentences``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

from bot.hearing.judging import spoken
from nlu.sentences import sets

ROOT = Path(__file__).parents[2]
OWN = Path(__file__).with_name("sentences.txt")
_MOST = 150
"""At most so many spellings of one line of our own list."""
_LEAST = 40
"""Every line of our own list counts for about as many."""
_TOLD = 6
"""Each sentence of the tests' odd lines counts for so many."""
_LONGEST = 20
"""Longer sentences are left out: the graph must stay small, and long ones add words in orders that nobody repeats."""
_CHOICE = re.compile(r"\{(\w+)\}|\(([^()\[\]{}]*)\)|\[([^()\[\]{}]*)\]")
_SPOKEN = re.compile(r"[一-龥A-F]+")
_OUTSIDE = {
    "number": ["三", "二十五", "三十七"],
    "time": ["明天", "明天上午", "后天下午三点", "星期三", "今天"],
    "place": ["三号楼", "二单元", "活动室", "门口", "五号楼二单元"],
    "service": ["理发", "陪诊", "体检", "助浴"],
    "person": ["王奶奶", "李师傅", "张医生"],
}

Classes = Mapping[str, list[str]]


def sentences(random: Random, lines: list[str] | None = None) -> Iterator[str]:
    """Every line of our own list in many spellings; a line with few of them is said more often."""
    for line in own_lines() if lines is None else lines:
        found = spellings(line, {}, random, _MOST)
        yield from found * max(1, _LEAST // len(found))


def test_lines(kept_aside: bool) -> list[str]:
    """Sentences of ``tests/sentences``: the even lines of each file are kept aside, the odd ones are for learning from."""
    found = []
    for file in sorted((ROOT / "tests" / "sentences" / "zh").glob("*/*.txt")):
        lines = [line for line in file.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
        found += [_said(line, file.parent.name) for line in lines[int(kept_aside) :: 2]]
    return [text for text in found if text]


def _said(line: str, folder: str) -> str:
    """The sentence in a line of the tests, as it is meant to sound; nothing for one that is written as misheard."""
    parts = re.split(r" (?:=>|\||→) ", line)
    if parts[0].endswith("?") and folder == "danger":
        return ""
    text = parts[1] if folder in ("danger", "mishearings") and len(parts) > 1 else parts[0]
    return "".join(_SPOKEN.findall(spoken(text)[0]))


def everything(random: Random, lines: list[str] | None = None) -> list[str]:
    """All that the grammar is counted from; ``lines`` instead of our whole own list."""
    return [*sentences(random, lines), *test_lines(kept_aside=False) * _TOLD, *said()]


def own_lines() -> list[str]:
    """Our own list without its comments."""
    return [line for line in OWN.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def said() -> list[str]:
    """What people say when they want something, as it was meant; without the sentences that are kept aside to measure on."""
    aside = set(test_lines(kept_aside=True))
    every = (one.meant for each in sets() for one in each.sentences if one.needs)
    texts = ("".join(_SPOKEN.findall(spoken(text)[0])) for text in every)
    return [text for text in texts if 0 < len(text) <= _LONGEST and text not in aside]


def raw() -> list[str]:
    """Every Chinese text in the parser's files."""
    files = sorted((ROOT / "nlu").glob("**/zh/*.toml"))
    return [text for file in files for text in _strings(tomllib.loads(file.read_text("utf-8")))]


def spellings(line: str, classes: Classes, random: Random, most: int) -> list[str]:
    """Up to ``most`` different spellings of a line with (one|of), [perhaps] and {class}; only what can be spoken."""
    found = {"".join(_SPOKEN.findall(_spell(line, classes, random))) for _ in range(2 * most)}
    return sorted(found - {""})[:most] if len(found) <= most else random.sample(sorted(found - {""}), most)


def _spell(line: str, classes: Classes, random: Random) -> str:
    """One spelling of a line, chosen by chance."""
    for _ in range(200):
        match = _CHOICE.search(line)
        if not match:
            break
        name, some, maybe = match.groups()
        options = classes.get(name, [""]) if name else some.split("|") if some is not None else [*maybe.split("|"), ""]
        line = line[: match.start()] + random.choice(options or [""]) + line[match.end() :]
    return line


def classes() -> Classes:
    """Every named list of words in the grammar's files."""
    found: dict[str, list[str]] = dict(_OUTSIDE)
    for file in sorted((ROOT / "nlu").glob("**/zh/*.toml")):
        for name, words in _lists(tomllib.loads(file.read_text("utf-8"))):
            found.setdefault(name, []).extend(words)
    return found


def _lists(table: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Lists of strings of a table and of the tables in it."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _lists(value)
            yield name, [text for _, words in _lists(value) for text in words]
        elif isinstance(value, list):
            yield name, [text for text in value if isinstance(text, str)]


def _strings(value: Any) -> Iterator[str]:
    """Every string in a table that holds Chinese."""
    if isinstance(value, str):
        yield from [value] if _SPOKEN.search(value) else []
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)
