"""The tables of the settings file: their keys, and what each may hold; what handlers need is made of them here."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from bot.flow import underway
from handlers.settings import YEAR, Minutes
from models.bookings import Service
from models.meaning import Building


class Section(BaseModel):
    """A table of the file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


_RUN = re.compile(r"(\d+)-(\d+)", re.ASCII)
MOST_BUILDINGS = 2000


class Buildings(Section):
    """A run of buildings alike: ``numbers = "1-18"`` or ``"甲2"``."""

    numbers: str = Field(max_length=20)
    units: int = Field(1, ge=1, le=99)
    floors: int = Field(6, ge=1, le=99)
    rooms: int = Field(2, ge=1, le=99)

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        run = _RUN.fullmatch(self.numbers)
        if run and not int(run[1]) <= int(run[2]) <= int(run[1]) + MOST_BUILDINGS:
            raise ValueError(f"{self.numbers} is no run of at most {MOST_BUILDINGS} buildings")
        return self

    def each(self) -> list[Building]:
        """One building for each number."""
        run = _RUN.fullmatch(self.numbers)
        names = [str(n) for n in range(int(run[1]), int(run[2]) + 1)] if run else [self.numbers]
        return [Building(name, self.units, self.floors, self.rooms) for name in names]


class CommunitySection(Section):
    """The place it is for."""

    name: str = "本社区"
    zone: str = "Asia/Shanghai"
    phone: str = ""
    buildings: list[Buildings] = []
    spots: dict[str, list[str]] = {}
    foldings: list[str] = ["zh-z", "ch-c", "sh-s", "n-l", "ang-an", "eng-en", "ing-in"]


_DAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def days_numbered(table: Any) -> Any:
    """Days of the week are written by name; Monday is 0."""
    if isinstance(table, dict) and "official" in table:
        raise ValueError("official: no key; a year of official days is a file of its own")
    if not isinstance(table, dict) or not isinstance(table.get("days"), list):
        return table
    unknown = [day for day in table["days"] if not isinstance(day, str) or day not in _DAYS]
    if unknown:
        raise ValueError(f"days: {unknown[0]} is none of {', '.join(_DAYS)}")
    return {**table, "days": frozenset(_DAYS[day] for day in table["days"])}


def _goes_on(span: str) -> str:
    """A stretch ends after it begins."""
    begin, end = span.split("-")
    if begin >= end:
        raise ValueError(f"{span} ends before it begins")
    return span


Span = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"), AfterValidator(_goes_on)]


class ServiceSection(Section):
    """What can be booked, when, and for how many at once."""

    names: list[str] = Field(min_length=1)
    provider: str = ""
    place: str = ""
    price: str = ""
    capacity: int = Field(1, ge=1, le=500)
    minutes: int = Field(30, ge=5, le=1440)
    notice: int = Field(60, ge=0, le=YEAR)
    hours: dict[Day, list[Span]] = {}
    breaks: list[Span] = []
    closed: list[date] = []
    extra: dict[date, list[Span]] = {}

    def service(self, key: str) -> Service:
        """What handlers need of it."""
        hours = {_DAYS[day]: _stretches(spans) for day, spans in self.hours.items()}
        extra = {day: _stretches(spans) for day, spans in self.extra.items()}
        return Service(
            key,
            tuple(self.names),
            hours,
            _stretches(self.breaks),
            frozenset(self.closed),
            extra,
            self.capacity,
            self.minutes,
            self.notice,
            self.provider,
            self.place,
            self.price,
        )


def _stretches(spans: list[str]) -> tuple[tuple[time, time], ...]:
    ends = (span.split("-") for span in spans)
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in ends)


class QueueSection(Section):
    """Who answers for a kind of ticket, how soon, and who stands in."""

    promise: dict[str, Minutes] = {}
    deputy: str = "desk"
    roles: list[str] = []


class HelpSection(Section):
    """Help between neighbours."""

    small_sum: int = Field(50, ge=0, le=100_000)


class DataSection(Section):
    """Where everything is kept."""

    folder: Path = Path("data")


class LocalSection(Section):
    """The channel of JSON lines on a Unix socket."""

    enabled: bool = False


class TestSection(Section):
    """For tests over several processes only."""

    clock: bool = False
    end: str = Field("", pattern=f"^{underway.SHAPE}$")


class TelegramSection(Section):
    """The Telegram channel; the token comes from LINSHENG_TELEGRAM__TOKEN."""

    enabled: bool = False
    token: str = Field("", repr=False)
    mode: Literal["poll", "webhook"] = "poll"
    api_url: str = Field("https://api.telegram.org/bot", pattern="^https?://.")
    file_url: str = Field("", pattern="^(https?://.+)?$")
    webhook_url: str = ""
    webhook_secret: str = Field("", repr=False)
    host: str = "127.0.0.1"
    port: int = Field(8081, ge=0, le=65535)
    poll_timeout: int = Field(30, ge=0, le=50)
    proxy: str = Field("", repr=False)


class HearingSection(Section):
    """Offline speech recognition."""

    enabled: bool = True
    engine: str = "vosk"
    model: str = "starter"
    max_seconds: int = Field(120, ge=1, le=600)
    threads: int = Field(0, ge=0, le=256)
    fetch: bool = True
    mirror: str = ""
    proxy: str = Field("", repr=False)


class StatusSection(Section):
    """Health and metrics, on this machine only."""

    port: int = Field(0, ge=0, le=65535)
