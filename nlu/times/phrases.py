"""Joins tokens into phrases: a day with its hour, a range, what lies before or after it, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nlu import calendar
from nlu.times import clock, cues
from nlu.times.said import DAY, EVERY, MONTH, PART, VAGUE, WEEK, YEAR, Said, union

_NIGHT = ("evening", "night", "small_hours")


@dataclass(frozen=True)
class Phrase:
    """One expression, still in words."""

    said: Said
    twins: tuple[Said, ...] = ()
    """The same day said another way: 三月十一号星期三."""
    more: tuple[Said, ...] = ()
    """Further days of a repetition: 每月1号和15号."""
    until: Said | None = None
    """The other end of a range."""
    relation: str | None = None
    """``before``, ``after`` or ``within``."""
    refused: bool = False
    listed: bool = False
    """Joined to the phrase before it by 和, 或者 …"""
    start: int = 0
    end: int = 0


def build(text: str, tokens: list[Said]) -> list[Phrase]:
    """All phrases of a text, in order."""
    single = _joined(text, [part for token in tokens for part in _parts(text, token)])
    nexts = [*(phrase.start for phrase in single[1:]), len(text)]
    framed = [_framed(text, phrase, follows) for phrase, follows in zip(single, nexts, strict=True)]
    ranged = _turned(text, _ranged(text, framed))
    repeated = _repeated(text, ranged)
    return _refused(text, [_about(text, phrase) for phrase in repeated])


def _parts(text: str, token: Said) -> list[Said]:
    """周三四 and 初一十五 name two days, 周三到周四 a stretch."""
    days = token.weekdays or ()
    if token.also:
        return [
            replace(token, also=None, end=token.end - 2),
            replace(token, day=token.also, also=0, start=token.end - 2),
        ]
    if len(days) != 2 or token.every or {"到", "至"} & set(text[token.start : token.end]):
        return [token]
    first = replace(token, weekdays=days[:1], end=token.end - 1 - (text[token.end - 2] == "、"))
    return [first, replace(token, weekdays=days[1:], also=0, start=token.end - 1)]


def _joined(text: str, tokens: list[Said]) -> list[Phrase]:
    phrases: list[Phrase] = []
    for token in tokens:
        last = phrases[-1] if phrases else None
        grown = _grown(last, token, text[last.end : token.start]) if last else None
        if grown:
            phrases[-1] = grown
            continue
        listed = bool(last and (token.also == 0 or cues.cue("list").fullmatch(text, last.end, token.start)))
        phrases.append(Phrase(token, listed=listed, start=token.start, end=token.end))
    return phrases


def _grown(phrase: Phrase, token: Said, gap: str) -> Phrase | None:
    """The phrase with the token added, or None if it begins a new one."""
    if token.bad or phrase.said.bad or not clock.exists(token):
        return None
    if _is_twin(phrase, token, gap):
        return replace(phrase, twins=(*phrase.twins, token), end=token.end)
    if not cues.cue("joint").fullmatch(gap) or not _fits(phrase.said, token, gap):
        return None
    return replace(phrase, said=union(phrase.said, _deepened(phrase.said, token)), end=token.end)


def _fits(said: Said, token: Said, gap: str) -> bool:
    """Whether the token says something finer about the same time."""
    if not said.levels or not token.levels or VAGUE in said.levels or VAGUE in token.levels:
        return False
    if token.shift and not gap:
        return DAY in said.levels
    if said.part and token.part and not gap and token.hour is None:
        return said.hour is None and said.part in _NIGHT and token.part in (*_NIGHT, "dawn")
    if said.levels[-1] >= token.levels[0] or (EVERY in said.levels and said.unit and said.minutely):
        return False
    return _sensible(said, token)


def _sensible(said: Said, token: Said) -> bool:
    coarse = said.levels[-1]
    if coarse == WEEK:
        return bool(token.weekdays or token.weekend or (said.unit and token.levels[0] >= PART)) and not said.minutely
    if coarse == MONTH:
        return token.levels[0] == DAY and bool(
            token.nth or (not token.weekdays and token.offset is None and not token.weekend)
        )
    if coarse == YEAR:
        return token.levels[0] == MONTH or bool(token.festival)
    return token.every is None


def _deepened(said: Said, token: Said) -> Said:
    """今夜凌晨 is after midnight, not this morning."""
    return replace(token, part="small_hours") if said.part in _NIGHT and token.part == "dawn" else token


def _kind(said: Said) -> str | None:
    """How a day was said: by weekday, offset, festival or date."""
    if said.every or said.nth or (said.weekdays and len(said.weekdays) > 1):
        return None
    names = {"weekdays": said.weekdays, "offset": said.offset, "festival": said.festival, "date": said.day}
    return next((name for name, value in names.items() if value is not None), None)


def _is_twin(phrase: Phrase, token: Said, gap: str) -> bool:
    known, kind = {_kind(one) for one in (phrase.said, *phrase.twins)}, _kind(token)
    if phrase.said.timed or token.timed or None in (*known, kind):
        return False
    if kind in known and not (kind == "festival" and calendar.same(phrase.said.festival, token.festival)):
        return False
    loose = "offset" not in (*known, kind) and "date" in (*known, kind)
    return bool(cues.cue("tight").fullmatch(gap)) and (loose or "," not in gap)


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
        if (
            match
            and not (phrase.said.unit and relation != "after")
            and not (relation == "within" and phrase.said.timed)
        ):
            return replace(phrase, relation=relation, end=match.end())
    latest = cues.cue("latest").search(text, max(0, phrase.start - 6), phrase.start)
    return replace(phrase, relation="before", start=latest.start()) if latest else phrase


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
    signs = [cues.refused(text, phrase.start, phrase.end) for phrase in phrases]
    later = [any(sign != "no" for sign in signs[index + 1 :]) for index in range(len(signs))]
    return [
        replace(phrase, refused=sign == "no" or (sign == "declined" and other))
        for phrase, sign, other in zip(phrases, signs, later, strict=True)
    ]
