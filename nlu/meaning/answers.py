"""Answers to the open question: yes and no, one of several, a rating, a number.

Yes and no are matched against the *whole* utterance, which must consist of nothing but such words and fillers: as
parts of it 这个不可以 would be a yes, and 我没电话 a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from models.meaning import Question
from nlu.grammar import table
from nlu.meaning.slots import risk_told
from nlu.sound.index import Index
from nlu.words import numbers
from nlu.words.matching import Words
from nlu.words.things import classes

_YESNO: Mapping[str, list[str]] = table("answers")["yesno"]
_STARS: Mapping[str, str] = table("answers")["stars"]
_RATINGS = ("bad", "good", "fair")
_LONGEST = 30
"""Characters of the longest yes or no."""
_TALKATIVE = 12
"""Characters that may stand beside a named answer; more of them are a story."""
_NEGATIONS = ("不", "别", "没", "不要", "不是", "弗", "勿", "唔", "莫", "甭")


@cache
def _lists(echo: bool) -> Mapping[str, frozenset[str]]:
    more = ("yes_echo", "no_echo") if echo else ()
    return {
        "yes": frozenset(_YESNO["yes"]) | frozenset(word for name in more[:1] for word in _YESNO[name]),
        "no": frozenset(_YESNO["no"]) | frozenset(word for name in more[1:] for word in _YESNO[name]),
        "weak": frozenset(_YESNO["weak"]),
        "filler": frozenset(_YESNO["filler"]),
    }


@cache
def _all(echo: bool) -> Words:
    return Words(frozenset().union(*_lists(echo).values()))


def yes_no(text: str, echo: bool = True) -> bool | None:
    """Whether the whole utterance says yes, says no, or neither; ``echo``: 要, 不去, 好了 count too."""
    if text.strip(" ,。!?") in _YESNO["weak_alone"]:
        return True
    words = _cover(text.lower(), echo) if len(text) <= _LONGEST else None
    if words is None:
        return None
    lists = _lists(echo)
    yes, no = (any(word in lists[kind] for word in words) for kind in ("yes", "no"))
    return None if yes == no else yes


def _cover(text: str, echo: bool) -> tuple[str, ...] | None:
    """The fewest known words that make up the whole text, or None."""
    covers: dict[int, tuple[str, ...]] = {0: ()}
    for start, end in _all(echo).find(text):
        if start in covers and (end not in covers or len(covers[end]) > len(covers[start]) + 1):
            covers[end] = (*covers[start], text[start:end])
    return covers.get(len(text)) if text else None


def read(text: str, question: Question) -> str | None:
    """The key of the answer that the utterance gives to the question; for a ``text`` question the utterance itself."""
    if question.kind == "text":
        return text.strip() or None
    if question.kind == "number":
        return _number(text)
    if question.kind == "yesno" and question.slot == "risk" and (told := risk_told(text)) is not None:
        return "yes" if told else "no"
    reader = {"yesno": _yesno, "rating": rating, "choice": _choice}.get(question.kind)
    return reader(text, question.answers) if reader else None


def _yesno(text: str, answers: Mapping[str, Iterable[str]]) -> str | None:
    worded = _whole(text, answers)
    said = yes_no(text)
    keys = ("yes", "no") if "yes" in answers or len(answers) < 2 else tuple(answers)[:2]
    return worded or (None if said is None else keys[0] if said else keys[1])


def _whole(text: str, answers: Mapping[str, Iterable[str]]) -> str | None:
    """The answer whose words are the whole utterance, fillers aside."""
    bare = _bare(text)
    return next((key for key, words in answers.items() if any(bare in (word, _bare(word)) for word in words)), None)


def _bare(text: str) -> str:
    """The text without the fillers at its ends."""
    fillers = sorted((*_YESNO["filler"], *_YESNO["weak"]), key=len, reverse=True)
    before = None
    while before != text:
        before = text
        for word in fillers:
            text = text.removeprefix(word) or text
            text = text.removesuffix(word) or text
    return text


def _number(text: str) -> str | None:
    whole = numbers.value(_bare(text))
    found = numbers.find(text)
    value = whole if whole is not None else (found[0].value if len(found) == 1 else None)
    return None if value is None else str(value)


def _choice(text: str, answers: Mapping[str, tuple[str, ...]]) -> str | None:
    """The answer that is numbered, named, or sounds like a name."""
    picked = numbers.choice(text, len(answers))
    if picked is not None:
        return list(answers)[picked - 1]
    return _whole(text, answers) or _named(text, answers) or _sounding(text, answers)


def _named(text: str, answers: Mapping[str, Iterable[str]]) -> str | None:
    """The one answer of which a word stands in the text, the longest word first, and not denied."""
    found = sorted(
        ((len(word), key) for key, words in answers.items() for word in words if _stands(word, text)), reverse=True
    )
    keys = {key for length, key in found if length == found[0][0]}
    return found[0][1] if len(keys) == 1 and len(text) <= found[0][0] + _TALKATIVE else None


def _stands(word: str, text: str) -> bool:
    position = text.find(word) if word else -1
    if position > 0 and word[0].isdigit() and text[position - 1].isdigit():
        return False  # 0分 in 10分
    return (
        position >= 0 and not text[:position].endswith(_NEGATIONS) and not text.startswith("钟", position + len(word))
    )


def _sounding(text: str, answers: Mapping[str, tuple[str, ...]]) -> str | None:
    hits = _index(tuple((key, tuple(words)) for key, words in answers.items())).find(text, expected=answers)
    keys = {hit.key for hit in hits if not text[: hit.span[0]].endswith(_NEGATIONS)}
    return keys.pop() if len(keys) == 1 and len(text) <= len(hits[0].words) + _TALKATIVE else None


@cache
def _index(answers: tuple[tuple[str, tuple[str, ...]], ...]) -> Index:
    return Index({key: [word for word in words if len(word) > 1] for key, words in answers})


def rating(text: str, answers: Mapping[str, tuple[str, ...]]) -> str | None:
    """``good``, ``fair`` or ``bad``: numbered, in stars, or in words, the longest word first."""
    keys = tuple(answers) or ("good", "fair", "bad")
    picked = numbers.choice(text, len(keys))
    if picked is not None:
        return keys[picked - 1]
    return _whole(text, answers) or _stars(text) or _praise(text)


def _stars(text: str) -> str | None:
    """A number of stars or points, never of minutes."""
    number = next(iter(numbers.find(text)), None)
    behind = text[number.span[1] :] if number else ""
    words = table("answers")["rating"]
    if number is None or behind.startswith(tuple(words["never"])) or not behind.startswith(tuple(words["star"])):
        return None
    return _STARS.get(str(number.value))


def _praise(text: str) -> str | None:
    """What the longest word of praise or blame says; blame counts first."""
    found = [
        (len(word), kind) for kind in _RATINGS for word in classes()[kind] if len(word) > 1 and _stands(word, text)
    ]
    if found and len(text) <= max(found)[0] + 2 * _TALKATIVE:
        return max(found, key=lambda one: (one[0], one[1] == "bad"))[1]
    said = yes_no(text)
    return None if said is None else "good" if said else "bad"
