"""Joins tokens into phrases: a day with its hour, a range, what lies before or after it, and what was refused."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from nlu.times import cues, joining
from nlu.times.said import DAY, EVERY, PART, VAGUE, WEEK, Phrase, Said, union


def build(text: str, tokens: list[Said]) -> list[Phrase]:
    """All phrases of a text, in order."""
    single = joining.join(text, tokens)
    nexts = [phrase.start for phrase in single[1:]] + [len(text)] * bool(single)
    framed = [_framed(text, phrase, follows) for phrase, follows in zip(single, nexts, strict=True)]
    ranged = _turned(text, _ranged(text, framed))
    repeated = _weekly_behind(text, _repeated(text, ranged))
    return _refused(text, [_about(text, phrase) for phrase in repeated])


def _turned(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """三点,礼拜五: the hour came first."""
    turned: list[Phrase] = []
    for phrase in phrases:
        last = turned[-1] if turned else None
        if last and _is_turned(text, last, phrase):
            said = replace(union(last.said, phrase.said), start=last.start)
            turned[-1] = replace(last, said=said, end=phrase.end)
        else:
            turned.append(phrase)
    return turned


def _is_turned(text: str, last: Phrase, phrase: Phrase) -> bool:
    bare = last.said.timed and not last.said.dated and last.said.levels[0] >= PART
    day = phrase.said.levels in ((DAY,), (WEEK, DAY)) and not phrase.twins and not last.until
    return bare and day and bool(cues.cue("turned").fullmatch(text, last.end, phrase.start))


def _framed(text: str, phrase: Phrase, follows: int) -> Phrase:
    """With 之前, 以后, 最晚 …; never where the next phrase begins."""
    for relation in ("within", "before", "after"):
        match = cues.cue(relation).match(text, phrase.end, follows)
        if match and _suits(phrase.said, relation, match.group()):
            return replace(phrase, relation=relation, end=match.end())
    latest = cues.cue("latest").search(text, max(0, phrase.start - 6), phrase.start)
    return replace(phrase, relation="before", start=latest.start()) if latest else phrase


def _suits(said: Said, relation: str, words: str) -> bool:
    """六点起 is getting up at six, 三天后之前 is nothing."""
    if said.timed and (relation == "within" or words.strip() == "起"):
        return False
    return said.unit is None or relation == "after"


def _ranged(text: str, phrases: list[Phrase]) -> list[Phrase]:
    ranged: list[Phrase] = []
    for phrase in phrases:
        last = ranged[-1] if ranged else None
        if last and _is_range(text, last, phrase):
            ranged[-1] = _stretched(last, phrase)
        else:
            ranged.append(phrase)
    return [_from(text, phrase) for phrase in ranged]


def _stretched(last: Phrase, phrase: Phrase) -> Phrase:
    """The range; 每周一到周五 is a repetition on all these days."""
    if last.said.every and last.said.weekdays and phrase.said.weekdays and not last.said.timed:
        return _daily(replace(last, until=phrase.said), phrase)
    return replace(last, until=phrase.said, end=phrase.end, relation=None)


def _is_range(text: str, last: Phrase, phrase: Phrase) -> bool:
    first, second = last.said, phrase.said
    if (
        last.relation
        or last.until
        or first.vague
        or second.vague
        or second.every
        or VAGUE in (*first.levels, *second.levels)
    ):
        return False
    if second.timed and not second.dated and not first.timed:
        return False
    return bool(cues.cue("range").fullmatch(text, last.end, phrase.start))


def _from(text: str, phrase: Phrase) -> Phrase:
    if phrase.until is None and phrase.relation != "after":
        return phrase
    match = cues.cue("from").search(text, max(0, phrase.start - 3), phrase.start)
    return replace(phrase, start=match.start()) if match else phrase


def _repeated(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """Further days belong to the repetition before them; 每天 belongs to the days before it."""
    repeated: list[Phrase] = []
    for phrase in phrases:
        last = repeated[-1] if repeated else None
        merged = _merged(text, last, phrase) if last else None
        if merged:
            repeated[-1] = merged
        else:
            repeated.append(phrase)
    return repeated


def _weekly_behind(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """周二周四早上七点半,每个礼拜都要: the repetition is said behind its days."""
    if len(phrases) < 2:
        return phrases
    *days, last = phrases
    bare = last.said.every == "WEEKLY" and last.said.levels == (EVERY,) and not last.until
    plain = all(one.said.weekdays and one.said.week is None and not one.said.every for one in days)
    if not (bare and plain and all(_in_one_breath(text, one, other) for one, other in pairwise(days))):
        return phrases
    weekdays = tuple(sorted({day for one in days for day in one.said.weekdays or ()}))
    said = replace(days[-1].said, every="WEEKLY", weekdays=weekdays, start=days[0].said.start)
    return [replace(days[-1], said=said, listed=False, start=days[0].start)]


def _merged(text: str, last: Phrase, phrase: Phrase) -> Phrase | None:
    first, second = last.said, phrase.said
    same = (first.weekdays and second.weekdays) or (first.day and second.day and not second.month)
    if first.every and same and phrase.listed and not first.timed and not phrase.relation and not second.every:
        joined = replace(union(replace(second, start=first.start), first), end=second.end)
        return replace(last, said=joined, more=(*last.more, second), end=phrase.end)
    daily = (
        second.every == "DAILY" and not second.dated and bool(cues.cue("joint").fullmatch(text, last.end, phrase.start))
    )
    if daily and last.until and first.weekdays and last.until.weekdays and not first.timed:
        return _daily(last, phrase)
    if daily and last.relation == "after" and not first.timed:
        return replace(last, said=union(first, second), relation="since", end=phrase.end)
    return None


def _daily(last: Phrase, phrase: Phrase) -> Phrase:
    """周一到周五每天八点: a weekly repetition on these days."""
    first, final = (last.said.weekdays or (0,))[0], ((last.until and last.until.weekdays) or (6,))[0]
    days = tuple(day % 7 for day in range(first, first + (final - first) % 7 + 1))
    said = replace(union(last.said, phrase.said), every="WEEKLY", weekdays=tuple(sorted(days)))
    return replace(last, said=said, until=phrase.until, end=phrase.end, relation=None)


def _about(text: str, phrase: Phrase) -> Phrase:
    match = cues.cue("about").match(text, phrase.end) or cues.cue("between").match(text, phrase.end)
    return replace(phrase, end=match.end()) if match else phrase


def _refused(text: str, phrases: list[Phrase]) -> list[Phrase]:
    signs = _spread(text, phrases, [cues.refused(text, phrase.start, phrase.end) for phrase in phrases])
    later = [any(sign != "no" for sign in signs[index + 1 :]) for index in range(len(signs))]
    return [
        replace(phrase, refused=sign == "no" or (sign == "declined" and other))
        for phrase, sign, other in zip(phrases, signs, later, strict=True)
    ]


def _spread(text: str, phrases: list[Phrase], signs: list[str | None]) -> list[str | None]:
    """除了周一周三 refuses both, 周一周三都不行 too."""
    spread = list(signs)
    pairs = list(enumerate(pairwise(phrases)))
    for index, (first, second) in pairs:
        if spread[index] == "no" and cues.is_denied(text, first.start) and _in_one_breath(text, first, second):
            spread[index + 1] = "no"
    for index, (first, second) in reversed(pairs):
        if spread[index + 1] == "no" and text.startswith("都", second.end) and _in_one_breath(text, first, second):
            spread[index] = "no"
    return spread


def _in_one_breath(text: str, first: Phrase, second: Phrase) -> bool:
    """周一周三, 周一和周三: what is said of one is said of the other."""
    return text[first.end : second.start].strip(" ") in ("", "、", "和", "跟")
