"""Classes of words: things by category, what goes wrong with them, services, and the small words of phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from models.meaning import Lexicon
from nlu.grammar import table
from nlu.words.matching import Words
from nlu.words.normalize import word as plain
from nlu.words.templates import Classes, expand

_GROUPS = {"public": "public_thing", "own": "own_thing", "errand": "errand_thing"}

_SEPARABLE = 4
"""Characters of the longest service whose verb and object may stand apart."""
_BETWEEN = "(?:一?[次个下回趟遍]|一?下子?|了?个|过?一?次)"


@cache
def classes() -> Classes:
    """Every class by name, its words spelled out; a group of things is a class too (``public_thing``)."""
    written: dict[str, list[str]] = {**table("classes"), **table("faults")}
    for group, name in _GROUPS.items():
        categories = table("things")[group]
        written.update(categories)
        written[name] = [f"{{{name}}}" for name in categories]
    return _resolved(written)


def _resolved(written: Mapping[str, list[str]]) -> Classes:
    """Every class with the classes it mentions put in."""
    resolved = _Resolved(written)
    return {name: resolved[name] for name in written}


class _Resolved(dict[str, frozenset[str]]):
    """Resolves a class when it is asked for."""

    def __init__(self, written: Mapping[str, list[str]]) -> None:
        super().__init__()
        self._written = written

    def __missing__(self, name: str) -> frozenset[str]:
        spelled = frozenset().union(*(expand(line, self) for line in self._written[name]))
        self[name] = frozenset(map(plain, spelled))
        return self[name]


@cache
def category(word: str) -> str | None:
    """The category of the issue when something is wrong with this thing of building or public space."""
    groups = (name for name in table("things")["public"] if word in classes()[name])
    found = next(groups, None)
    renamed: str | None = table("things")["category"].get(found, found)
    return renamed


@cache
def fillers() -> frozenset[str]:
    """What may stand between two steps of a phrase."""
    return classes()["filler"] | {" "}


def service_words(lexicon: Lexicon) -> tuple[Words, Mapping[str, str]]:
    """What people call services, to be found in a text, and the key of each: the community's own, else the built-in."""
    own = lexicon.services or table("services")
    return _named(tuple((key, tuple(words)) for key, words in own.items()))


@lru_cache(maxsize=32)
def _split(names: tuple[str, ...]) -> re.Pattern[str] | None:
    short = sorted((name for name in names if 2 <= len(name) <= _SEPARABLE), key=len, reverse=True)
    spelled = "|".join(f"{re.escape(name[0])}{_BETWEEN}{re.escape(name[1:])}" for name in short)
    return re.compile(spelled) if spelled else None


def separated(text: str, keys: Mapping[str, str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Services whose verb and object stand apart (理一次发, 量个血压), with where they stand."""
    pattern = _split(tuple(keys))
    for found in pattern.finditer(text) if pattern else ():
        joined = re.sub(f"(?<=^.){_BETWEEN}", "", found.group(), count=1)
        if joined in keys:
            yield keys[joined], found.span()


@lru_cache(maxsize=32)
def _named(services: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Words, Mapping[str, str]]:
    keys = {word: key for key, words in services for word in words}
    return Words(keys), keys
