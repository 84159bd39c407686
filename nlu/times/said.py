"""What was said about a time, before it is placed on the calendar."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Said:
    """One token, or several that belong together; a field is None where nothing was said about it."""

    start: int
    end: int
    every: str | None = None
    """DAILY, WEEKLY, MONTHLY, YEARLY, HOURLY, INTERVAL, APART, WORKDAY, WEEKEND, ODD, EVEN or EACH (of what follows)."""
    count: float | None = None
    unit: str | None = None
    """``d7``: seven days, ``m1`` a month, ``t15`` fifteen minutes."""
    half: bool | None = None
    direction: int | None = None
    """Of a counted span: 1 from now on, -1 ago, 0 within."""
    year: int | None = None
    year_by: int | None = None
    yearday: int | None = None
    month: int | None = None
    month_by: int | None = None
    lunar: bool | None = None
    leap: bool | None = None
    day: int | None = None
    decade: int | None = None
    nth: int | None = None
    weekdays: tuple[int, ...] | None = None
    week: int | None = None
    weekend: bool | None = None
    day_to: int | None = None
    """The last day of 十到十五号."""
    also: int | None = None
    """The second day of 初一十五; 0 for the second of two days that were said in one breath."""
    offset: int | None = None
    offset_pair: int | None = None
    """明后天: this day and the next."""
    festival: str | None = None
    shift: int | None = None
    part: str | None = None
    hour: int | None = None
    minute: int | None = None
    hour_to: int | None = None
    """The second hour of 两三点 and 三到五点."""
    typed: bool | None = None
    """Written as on a clock face: 03:30."""
    vague: str | None = None
    bad: bool | None = None
    day_end: int | None = None
    """Where the words for the day end."""

    levels: tuple[int, ...] = field(init=False, compare=False)
    """Which levels were said, coarse to fine."""

    def __post_init__(self) -> None:
        spoken = {_LEVEL[name] for name, value in vars(self).items() if value is not None and name in _LEVEL}
        object.__setattr__(self, "levels", tuple(sorted(spoken)))

    @property
    def dated(self) -> bool:
        """Whether it names a day, a week, a month or a year, or a span of days."""
        return not self.minutely and any(YEAR <= level <= DAY for level in self.levels)

    @property
    def timed(self) -> bool:
        """Whether it names a part of day or a clock time."""
        return self.part is not None or self.hour is not None

    @property
    def minutely(self) -> bool:
        """Whether its span is counted in minutes or hours."""
        return bool(self.unit and self.unit.startswith("t"))


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


EVERY, YEAR, MONTH, WEEK, DAY, PART, CLOCK, VAGUE = range(8)
_LEVEL = {
    "every": EVERY,
    "year": YEAR,
    "year_by": YEAR,
    "yearday": MONTH,
    "month": MONTH,
    "month_by": MONTH,
    "week": WEEK,
    "unit": WEEK,
    "day": DAY,
    "decade": DAY,
    "weekdays": DAY,
    "weekend": DAY,
    "offset": DAY,
    "offset_pair": DAY,
    "festival": DAY,
    "shift": DAY,
    "part": PART,
    "hour": CLOCK,
    "vague": VAGUE,
    "bad": VAGUE,
}


def union(first: Said, second: Said) -> Said:
    """Both together: what the second says is added, its span included."""
    said = vars(first) | {name: value for name, value in vars(second).items() if value is not None}
    del said["levels"]
    return Said(**(said | {"start": first.start, "end": max(first.end, second.end)}))


def same(first: Said, second: Said) -> bool:
    """Whether both say the same, as a stutter does (明天明天)."""
    places = {"start": 0, "end": 0, "day_end": None}
    return replace(first, **places) == replace(second, **places)  # type: ignore[arg-type]
