"""What a recognizer wrote, spelled again by its sound: half of what Whisper gets wrong in clear Mandarin sounds right.

The likeliest row of known words with the same syllables is looked for; every character that it changes costs, so that only what
no word explains is spelled anew (才正转移支付 → 财政转移支付). Words are the community's, our own, pieces of our own
sentences, and common ones: those of jieba's table (MIT; it is read where it is installed, never imported; the extras of
engines that write characters bring it). Without that table nothing is spelled anew. Never is a word of danger made or
taken away by it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from heapq import nlargest
from importlib.resources import files
from importlib.util import find_spec
from math import log
from pathlib import Path

from models.meaning import Lexicon
from nlu.grammar import table
from nlu.sound.pinyin import syllables

_HAN = re.compile(r"([一-鿿]+)")
_SEALED = re.compile(r"^# ?sealed", re.MULTILINE)
_DANGER: tuple[str, ...] = tuple(table("collisions")["danger"]["words"])
_FIGURES = frozenset("零一二三四五六七八九十百千万亿两幺")
"""Never put in or taken away: a house number has no likelier spelling."""
_LONGEST, _MOST = 6, 5
"""Characters of a word, and words tried for one row of syllables."""
_SAME_TONE, _OTHER_TONE, _UNKNOWN = 1.8, 4.0, -16.0
"""What a changed character costs, by its tone, and a character that no word explains (natural logarithms)."""
_OWN = 3000
"""How common a word of our own is taken to be."""
_COMMON, _TOTAL = 120_000, 60_000_000
"""How many words of the common table are used, and how often all of them were counted."""

_PIECES, _TWICE, _WEIGHT = (2, 3, 4), 2, 20
"""Pieces of our own sentences that count as words from two occurrences on, each worth so many of the common table."""

Sounds = Mapping[tuple[str, ...], tuple[tuple[float, str], ...]]


class Words:
    """Words with their likelihood, and by their syllables."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Only words of two characters and more are spelled anew; single ones explain what stands there."""
        self.known = {word: log(count + 1) - log(_TOTAL) for word, count in counts.items()}
        found: dict[tuple[str, ...], list[tuple[float, str]]] = {}
        for word, chance in self.known.items():
            if len(word) > 1 and not any(sign in word for sign in _DANGER):
                found.setdefault(syllables(word), []).append((chance, word))
        self.sounds: Sounds = {key: tuple(sorted(rows, reverse=True)[:_MOST]) for key, rows in found.items()}


def respell(text: str, lexicon: Lexicon) -> str:
    """The text with what no word explains put into words that sound the same."""
    words = _words(_names(lexicon))
    if words is None:
        return text
    return "".join(_run(part, words) if _HAN.fullmatch(part) else part for part in _HAN.split(text))


def known(lexicon: Lexicon) -> Mapping[str, float]:
    """The words that are known, the community's among them; none where the table of common words is not installed."""
    words = _words(_names(lexicon))
    return words.known if words else {}


def _run(text: str, words: Words) -> str:
    """A stretch of characters; as it was where a word of danger would come or go."""
    if len(text) < 3:
        return text
    spelled = _best(text, syllables(text), words)
    return spelled if _dangers(spelled) == _dangers(text) else text


def _dangers(text: str) -> frozenset[str]:
    return frozenset(word for word in _DANGER if word in text)


def _best(text: str, sounds: tuple[str, ...], words: Words) -> str:
    """The likeliest row of words from the first character to the last."""
    best: list[tuple[float, str]] = [(0.0, "")]
    for end in range(1, len(text) + 1):
        ways = (
            (best[start][0] + chance, best[start][1] + word)
            for start in range(max(0, end - _LONGEST), end)
            for chance, word in _choices(text[start:end], sounds[start:end], words)
        )
        best.append(max(ways))
    return best[-1][1]


def _choices(text: str, sounds: tuple[str, ...], words: Words) -> Iterator[tuple[float, str]]:
    """What may stand for a few characters: themselves, and words that sound the same."""
    if text in words.known:
        yield words.known[text], text
    elif len(text) == 1:
        yield _UNKNOWN, text
    for chance, word in words.sounds.get(sounds, ()):
        if word != text and not any(
            _FIGURES & {said, heard} for said, heard in zip(word, text, strict=True) if said != heard
        ):
            yield chance - _cost(word, text), word


def _cost(word: str, text: str) -> float:
    """What it costs to read a word where other characters of the same syllables stand: a tone is seldom misheard."""
    rows = zip(word, text, _tones(word), _tones(text), strict=True)
    return sum(_SAME_TONE if tone == heard else _OTHER_TONE for sign, other, tone, heard in rows if sign != other)


@lru_cache(maxsize=20_000)
def _tones(text: str) -> tuple[str, ...]:
    """The tone of each character, as it is read in this word."""
    from pypinyin import Style, lazy_pinyin  # half a second of every start, and of no use before something is heard

    found = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)
    return tuple(syllable[-1] for syllable in found) if len(found) == len(text) else ("",) * len(text)


def _names(lexicon: Lexicon) -> tuple[str, ...]:
    """What a community calls its services, places and people."""
    names: Iterable[str] = (
        *(word for words in lexicon.services.values() for word in words),
        *(word for spot, words in lexicon.spots.items() for word in (spot, *words)),
        *lexicon.people,
        *lexicon.learned,
    )
    return tuple(dict.fromkeys(name for name in names if _HAN.fullmatch(name) and len(name) <= _LONGEST))


def _common() -> dict[str, int]:
    """The commonest words and how often each was counted; empty where the table is not installed."""
    found = find_spec("jieba")
    if found is None or found.origin is None:
        return {}
    lines = (Path(found.origin).parent / "dict.txt").read_text("utf-8").splitlines()
    rows = ((word, int(count)) for word, count, *_ in map(str.split, lines))
    fitting = (row for row in rows if len(row[0]) <= _LONGEST and _HAN.fullmatch(row[0]))
    return dict(nlargest(_COMMON, fitting, key=lambda row: row[1]))


def _pieces() -> dict[str, int]:
    """What people say in our own sentences, in pieces of a few characters; sets that are kept apart are left out."""
    found: Counter[str] = Counter()
    folder = files("nlu.sentences") / "zh"
    for file in (one for one in folder.iterdir() if one.name.endswith(".tsv")):
        text = file.read_text("utf-8")
        if not _SEALED.search(text):
            said = (line.rpartition("\t")[2] for line in text.splitlines() if not line.startswith("#"))
            for run in (part for line in said for part in _HAN.findall(line)):
                found.update(run[at : at + size] for size in _PIECES for at in range(len(run) - size + 1))
    return {piece: count for piece, count in found.items() if count >= _TWICE}


@lru_cache(maxsize=4)
def _words(names: tuple[str, ...]) -> Words | None:
    counts = _common()
    if not counts:
        return None
    kinds: dict[str, dict[str, list[str]]] = table("vocabulary")
    ours = (word for groups in kinds.values() for listed in groups.values() for word in listed)
    for word in (*ours, *names):
        if len(word) <= _LONGEST and _HAN.fullmatch(word):
            counts[word] = max(counts.get(word, 0), _OWN)
    for piece, count in _pieces().items():
        counts[piece] = max(counts.get(piece, 0), count * _WEIGHT)
    return Words(counts)
