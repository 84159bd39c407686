"""Which of two readings is meant: 下周三,三月十二号 said in one breath, 四号楼 or 十号楼 heard badly.

The open form notes both; the next answer is a button, a number, or either of them in words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.saying import times, titles
from handlers.turn import Turn
from models.dialogues import Dialogue
from models.meaning import Parse, PlaceExpression, TimeExpression
from models.places import decode_place, encode_place
from models.times import decode_time, encode_time
from nlu.places import reading
from nlu.words import heard


@dataclass(frozen=True)
class Alternative:
    """One reading: its label, what it sounds like when read back, and further words that choose it."""

    label: str
    said: str
    words: tuple[str, ...]
    value: str
    slot: str = ""
    """``time`` where a day stands beside a place (5号漏水了)."""


def of_place(place: PlaceExpression) -> Alternative:
    """A place, counted so that it can be told from the other by ear."""
    number = replace(place, unit=None, room=None, spot=None) if place.building or place.floor else place
    said = reading.read_back(number).replace(",", "，")
    return Alternative(titles.spelled(number), said, (said.partition("，")[0],), encode_place(place))


def of_time(turn: Turn, time: TimeExpression, whole: bool) -> Alternative:
    """A time: its day with the weekday, or the clock where the hour is in doubt (``whole``)."""
    start = time.start
    assert start is not None
    day = start.date() if isinstance(start, datetime) else start
    weekday = turn.text(f"moment.weekday.{day.weekday()}")
    plain = times.spelled(time, turn.now, turn.house.zone)
    label = plain if whole else turn.text("moment.date", month=day.month, day=day.day, weekday=weekday)
    called = turn.text("moment.number", day=day.day)
    words = () if whole else (*heard.words(f"weekday.{day.weekday()}"), called)
    return Alternative(label, label, words, encode_time(replace(time, text=plain)))


_OF_TIME = ("time", "when", "at", "offered", "full")


def keep(form: Dialogue, slot: str, both: Sequence[Alternative]) -> Dialogue:
    """The form that asks which of two is meant, without the value that is in doubt."""
    forgotten: tuple[str, ...] = {"place": ("place",), "time": _OF_TIME}[slot]
    forgotten += _OF_TIME if any(one.slot for one in both) else ()
    kept = json.dumps({"slot": slot, "both": [vars(one) for one in both]}, ensure_ascii=False)
    return replace(form.without(*forgotten).noted(either=kept), asking=slot)


def pending(form: Dialogue) -> tuple[Alternative, ...]:
    """The readings that the form asks about now; none when it asks about something else."""
    kept: Mapping[str, Any] = json.loads(form.notes.either or "{}")
    if not kept or kept["slot"] != form.asking:
        return ()
    return tuple(Alternative(**{**one, "words": tuple(one["words"])}) for one in kept["both"])


def answers(form: Dialogue) -> Mapping[str, tuple[str, ...]]:
    """Number of each reading → the words that choose it."""
    return {str(number): (one.label, *one.words) for number, one in enumerate(pending(form), 1)}


def chosen(form: Dialogue, parse: Parse, zone: ZoneInfo) -> Parse | None:
    """The reading that was chosen, as if nothing else had been said; None when it was neither."""
    both = pending(form)
    match = parse.match("dialog.choice")
    choice = match.slots.get("choice", "") if match else ""
    if both and choice.isdigit() and 1 <= int(choice) <= len(both):
        return _as_parse(form, both[int(choice) - 1], zone)
    return next((_as_parse(form, one, zone) for one in both if _named(form, one, parse, zone)), None)


def _as_parse(form: Dialogue, one: Alternative, zone: ZoneInfo) -> Parse:
    if (one.slot or form.asking) == "place":
        return Parse("", places=(decode_place(one.value),))
    return Parse("", times=(decode_time(one.value, zone),))


def _named(form: Dialogue, one: Alternative, parse: Parse, zone: ZoneInfo) -> bool:
    """Whether the reading was said in other words: 三月十一号, 十号楼."""
    if (one.slot or form.asking) == "place":
        meant = decode_place(one.value)
        return any(_agree(meant, place) for place in parse.places)
    start = decode_time(one.value, zone).start
    return any(_day(time.start) == _day(start) for time in parse.times)


def _agree(meant: PlaceExpression, said: PlaceExpression) -> bool:
    """Whether everything that was said belongs to the place."""
    return reading.spell(reading.merge(meant, said)) == reading.spell(meant)


def _day(start: date | None) -> date | None:
    return start.date() if isinstance(start, datetime) else start


def without(form: Dialogue) -> Dialogue:
    """The form without the doubt."""
    return form.noted(either="")
