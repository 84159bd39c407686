"""The public spots of a community: by name, by nickname, by sound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rapidfuzz.fuzz import ratio

from models.meaning import Lexicon
from nlu.grammar import table
from nlu.places.addresses import Part, alternatives, parts, relation
from nlu.sound import repair

_T: dict[str, Any] = table("places")
_ADDRESS_WORDS = {"address": table("vocabulary")["place"]["address"]}
_CUED = frozenset(_T["spot"]["cued"])
_RELATED = frozenset(_T["spot"]["related"])
_BEFORE = re.compile(rf"(?:{alternatives(_T['spot']['before'])})$")
_STRIP_BEFORE = re.compile(rf"^(?:{alternatives(_T['nickname']['strip_before'])})+")
_STRIP_AFTER = re.compile(rf"(?:{alternatives(_T['nickname']['strip_after'])})+$")

Names = tuple[tuple[str, tuple[str, ...]], ...]


def put_right(text: str, lexicon: Lexicon) -> str:
    """The text with misheard names of spots and words of addresses written as they are meant; as long as before."""
    if all(hit.exact for hit in _index(lexicon).find(text)):
        return text
    right, repairs = repair.repair(text, _index(lexicon))
    if repairs:
        kept = [part.span for part in parts(text) if not part.needs or part.kind == "flat"]
        kept += [
            hit.span for hit in _index(lexicon).written(text) if any(one.span[0] == hit.span[0] for one in repairs)
        ]
        for begin, end in (one.span for one in repairs if any(one.span[0] < e and b < one.span[1] for b, e in kept)):
            right = right[:begin] + text[begin:end] + right[end:]
    return right


def spots(text: str, lexicon: Lexicon) -> list[Part]:
    """The public spots named in a text, from left to right, with canonical names; 口 and 旁边 are kept, 里 is not."""
    return [
        _spot(text, hit, {"spot": hit.key} if hit.key in lexicon.spots else _meant(hit.key))
        for hit in _index(lexicon).written(text)
        if hit.key != "address" and _placed(text, hit)
    ]


def nickname(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """A new name for a known spot, with that spot's canonical name: to be asked about once, then learned; else None."""
    words = _STRIP_AFTER.sub("", _STRIP_BEFORE.sub("", re.sub(r"[\s,,。!?!?]", "", text)))
    bounds = _T["nickname"]
    known = any(hit.words == words for hit in _index(lexicon).written(words))
    if known or not bounds["shortest"] <= len(words) <= bounds["longest"]:
        return None
    names = [(name, spot) for spot, names in lexicon.spots.items() for name in (spot, *names)]
    likely = max(((_close(words, name), spot) for name, spot in names), default=(0.0, ""))
    return (words, likely[1]) if likely[0] >= bounds["alike"] else None


def _close(words: str, name: str) -> float:
    """How close a word is to a known name, by its characters or by its sound, 0 to 1."""
    sounds = " ".join(repair.syllables(words)), " ".join(repair.syllables(name))
    shared = len(set(words) & set(name)) >= 2
    return max(ratio(words, name) * shared, ratio(*sounds) - 15) / 100


def _spot(text: str, hit: repair.Hit, known: Mapping[str, str]) -> Part:
    start, end = hit.span
    beside = relation(text, end)
    if beside is None:
        return Part("spot", hit.span, known)
    return Part("spot", (start, beside[1]), known if known.get("building") else {"spot": hit.key + beside[0]})


@lru_cache(maxsize=1024)
def _meant(name: str) -> Mapping[str, str]:
    """The fields of a place by its canonical name: a spot, or what a learned name stands for (7号楼后头)."""
    found = [part for part in parts(name) if part.kind == "building"]
    if not found:
        return {"spot": name}
    beside = relation(name, found[0].span[1])
    return {**found[0].fields, **({"spot": beside[0]} if beside and beside[0] else {})}


def _placed(text: str, hit: repair.Hit) -> bool:
    """Whether the word of place stands there that some spots need, or nothing else is said."""
    start, end = hit.span
    if hit.words not in _CUED and hit.words not in _RELATED:
        return True
    if relation(text, end) is not None:
        return True
    return hit.words in _CUED and bool(_BEFORE.search(text[max(0, start - 4) : start]) or end - start == len(text))


def _index(lexicon: Lexicon) -> repair.Index:
    own = tuple((spot, tuple(names)) for spot, names in lexicon.spots.items())
    return _built(own, tuple(lexicon.learned.items()), lexicon.foldings)


@lru_cache(maxsize=32)
def _built(own: Names, learned: tuple[tuple[str, str], ...], foldings: tuple[str, ...]) -> repair.Index:
    """The index of a community's spots, then of those that exist anywhere under their own names."""
    entries = {spot: [spot, *names] for spot, names in own}
    for nick, spot in learned:
        entries.setdefault(spot, [spot]).append(nick)
    claimed = {name for names in entries.values() for name in names}
    general = {name: [name] for names in _T["spots"].values() for name in names if name not in claimed}
    return repair.Index(general | entries | _ADDRESS_WORDS, foldings)
