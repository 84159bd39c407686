"""Which times and places are said of the matter: 我三点要出门 and 我儿子昨天来看我了 are not.

Pure; the words are ``grammar/zh/belonging.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from models.meaning import Match, Parse, PlaceExpression, TimeExpression
from nlu.grammar import table
from nlu.words.things import category, classes


def times(text: str, found: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    """The times that are said of the matter."""
    return tuple(one for one in found if not _is_other_time(text, one.span))


def places(text: str, found: Sequence[PlaceExpression]) -> tuple[PlaceExpression, ...]:
    """The places that are said of the matter."""
    return tuple(one for one in found if not _is_other_place(text, one.span) and not _is_target(text, one))


def kept(parse: Parse) -> Parse:
    """A line with only the times and places that are said of the matter."""
    text = parse.clean
    parse = replace(parse, intents=tuple(agreeing(text, match) for match in parse.intents))
    own_times = times(text, parse.times)
    own_places = places(text, parse.places)
    if not own_places and any(match.intent.partition(".")[0] != "dialog" for match in parse.intents):
        own_places = tuple(one for one in parse.places if not _is_target(text, one))  # 我妈住5号楼,水管漏了
    if len(own_times) == len(parse.times) and len(own_places) == len(parse.places):
        return parse
    said = {"time": [one.text for one in own_times], "place": [one.text for one in own_places]}
    gone = {
        "time": {one.text for one in parse.times} - set(said["time"]),
        "place": {one.text for one in parse.places} - set(said["place"]),
    }
    matches = tuple(replace(match, slots=_without(match, gone, said)) for match in parse.intents)
    left = tuple(match for match in matches if match.slots or match.intent != "dialog.correct")
    return replace(parse, intents=left, times=own_times, places=own_places)


def agreeing(text: str, match: Match) -> Match:
    """A need whose thing is of its category: 垃圾没人收,楼道灯不亮 is never 垃圾不亮."""
    kind, named = match.slots.get("category"), match.slots.get("object")
    if not kind or not named or category(named) in (None, kind):
        return match
    things = (word for word in classes()["any_thing"] if word in text and category(word) == kind)
    better = max(things, key=len, default=None)
    if better and better in named:  # 积水 is no 水 that is off
        return replace(match, slots={**match.slots, "category": category(named) or kind})
    if better:
        return replace(match, slots={**match.slots, "object": better})
    words = _rules()["thing"].get(kind)
    unsaid = words is not None and not re.search(words, text)
    return replace(match, slots={**match.slots, "category": category(named) or kind}) if unsaid else match


def at_odds(text: str, intent: str) -> bool:
    """Whether a report says of a thing what cannot be said of it (垃圾不亮): it is asked about."""
    return intent == "issue.report" and any(
        re.search(one["said"], text) and not re.search(one["of"], text) and not re.search(one["unless"], text)
        for one in _rules()["odd"]
    )


def _without(match: Match, gone: Mapping[str, set[str]], said: Mapping[str, list[str]]) -> dict[str, str]:
    """The slots of a need without the words that are said of something else."""
    slots = dict(match.slots)
    for name, words in gone.items():
        if slots.get(name) in words:
            del slots[name]
            slots |= {name: said[name][0]} if said[name] else {}
    return slots


def _is_other_time(text: str, span: tuple[int, int]) -> bool:
    before, behind = _clause(text, span)
    if _pattern("time", "keep").search(behind) or not _pattern("time", "who").search(before):
        return False
    return any(pattern.match(behind) for pattern in _doings())


def _is_other_place(text: str, span: tuple[int, int]) -> bool:
    before, behind = _clause(text, span)
    if _pattern("place", "who").search(before):
        return True
    return bool(_pattern("place", "going").search(before) and _pattern("place", "doing").search(behind))


def _is_target(text: str, place: PlaceExpression) -> bool:
    """漏到楼下了: where it runs to."""
    before, _ = _clause(text, place.span)
    return bool(_pattern("place", "towards").search(before) and not _pattern("place", "own").match(place.text))


def _clause(text: str, span: tuple[int, int]) -> tuple[str, str]:
    """What stands before and behind in the same clause."""
    stop = re.compile(_rules()["stop"])
    return stop.split(text[: span[0]])[-1], stop.split(text[span[1] :])[0]


def _rules() -> Mapping[str, Any]:
    return table("belonging")


@cache
def _pattern(topic: str, name: str) -> re.Pattern[str]:
    return re.compile(_rules()[topic][name])


@cache
def _doings() -> tuple[re.Pattern[str], ...]:
    sources: Iterable[str] = _rules()["time"]["doing"]
    return tuple(map(re.compile, sources))
