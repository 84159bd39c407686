"""Joins neighbouring tokens that speak of the same time: the day and its hour, the date and its weekday."""

from __future__ import annotations

from dataclasses import replace

from nlu.times import calendar, clock, cues
from nlu.times.said import DAY, EVERY, MONTH, PART, VAGUE, WEEK, YEAR, Phrase, Said, same, union

_NIGHT = ("evening", "night", "small_hours")


def join(text: str, tokens: list[Said]) -> list[Phrase]:
    """The phrases that the tokens of a text make, in order."""
    return _joined(text, [part for token in tokens for part in _parts(text, token)])


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
        if grown or token.shift:
            continue
        listed = bool(last and (token.also == 0 or _is_listed(text, last, token)))
        phrases.append(Phrase(token, listed=listed, start=token.start, end=token.end))
    return phrases


def _is_listed(text: str, last: Phrase, token: Said) -> bool:
    """和, 、 stand between; or nothing, in a repetition: 每周二周四, 每天八点十二点."""
    if cues.cue("list").fullmatch(text, last.end, token.start):
        return True
    again = (last.said.every or last.listed) and not text[last.end : token.start].strip(" ")
    return bool(
        again and ((last.said.weekdays and token.weekdays) or (last.said.timed and token.timed and not token.dated))
    )


def _grown(phrase: Phrase, token: Said, gap: str) -> Phrase | None:
    """The phrase with the token added, or None if it begins a new one."""
    if clock.cannot(token) or clock.cannot(phrase.said):
        return _refusing(phrase, token, gap)
    unknown = phrase.said.vague == "unknown" and token.timed and not token.dated and not gap.strip()
    if unknown or (gap in ("", " ") and same(phrase.said, token)):
        return replace(phrase, end=token.end)
    if _is_twin(phrase, token, gap):
        return replace(phrase, twins=(*phrase.twins, token), end=token.end)
    if not cues.cue("joint").fullmatch(gap) or not _fits(phrase.said, token, gap):
        return None
    return replace(phrase, said=union(phrase.said, _deepened(phrase.said, token)), end=token.end)


def _refusing(phrase: Phrase, token: Said, gap: str) -> Phrase | None:
    """下午25点, 25点周五: what cannot be refuses the whole expression."""
    cannot = clock.cannot(phrase.said)
    if cannot == clock.cannot(token) or (phrase.said.hour and token.hour) or not cues.cue("joint").fullmatch(gap):
        return None
    if cannot and not (phrase.said.hour and token.dated):
        return None
    return replace(phrase, said=replace(phrase.said, bad=True, end=token.end, day_end=None), end=token.end)


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
    return _sensible(said, token, gap)


def _sensible(said: Said, token: Said, gap: str) -> bool:
    coarse = said.levels[-1]
    if token.offset == 0 and coarse in (YEAR, MONTH, WEEK) and token.levels == (DAY,):
        return (gap in ("", "的") and bool(said.week or said.month_by or said.year_by)) or (
            gap == "的" and (said.week is not None or said.month_by is not None or said.year_by is not None)
        )
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
