"""Settings: one TOML file, secrets from the environment; a wrong key is named, never guessed."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.flow import underway
from handlers import flows, texts
from handlers.settings import YEAR, Danger, Hours, House, Mediation, Minutes, Retention, Timing
from models.bookings import Service
from models.faults import Fault
from models.meaning import Building
from models.people import Community
from models.queues import QUEUES, Queue
from nlu import sentences
from nlu.meaning import learning
from nlu.times import holidays


class ConfigError(Exception):
    """One line that names the file or the key."""


WRONG = (ConfigError, Fault)
"""What ends a command with one line and exit code 2."""


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


def _numbered(table: Any) -> Any:
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


class Settings(BaseSettings):
    """The whole file."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, env_prefix="LINSHENG_", env_nested_delimiter="__")

    community: CommunitySection = CommunitySection()
    hours: Annotated[Hours, BeforeValidator(_numbered)] = Hours()
    timing: Timing = Timing()
    danger: Danger = Danger()
    resolve: dict[Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_]+$")], Minutes] = {}
    escalation: list[str] = []
    dispatch: dict[Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z_]+)?(@[^@.]+)?$")], str] = {}
    queues: dict[str, QueueSection] = {}
    services: dict[str, ServiceSection] = {}
    help: HelpSection = HelpSection()
    mediation: Mediation = Mediation()
    data: DataSection = DataSection()
    retention: Retention = Retention()
    local: LocalSection = LocalSection()
    telegram: TelegramSection = TelegramSection()
    channels: dict[Annotated[str, Field(pattern=r"^[a-z_]+$")], dict[str, Any]] = {}
    hearing: HearingSection = HearingSection()
    status: StatusSection = StatusSection()
    test: TestSection = TestSection()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before the file."""
        return env_settings, init_settings

    def _official(self) -> holidays.Official:
        """Official days off; a broken file of one's own is told by ``check``, and the shipped years count."""
        try:
            return holidays.with_own(Path(self.data.folder))
        except (ValueError, AttributeError):
            return holidays.shipped()

    def house(self, **changes: Any) -> House:
        """What handlers need of it."""
        community = Community(
            self.community.name,
            self.community.zone,
            self.community.phone,
            tuple(building for run in self.community.buildings for building in run.each()),
            {name: tuple(names) for name, names in self.community.spots.items()},
            tuple(self.community.foldings),
        )
        usual = Timing()
        timing = replace(
            self.timing,
            promise={**usual.promise, **self.timing.promise},
            resolve={**usual.resolve, **self.timing.resolve},
        )
        bookable = {key: table.service(key) for key, table in self.services.items()}
        hours = replace(self.hours, official=self._official())
        installed = flows.load({"services": {key: one.names for key, one in bookable.items()}})
        said = texts.load()
        flows.check(installed, said, self._queues())
        return House(
            community,
            hours,
            timing,
            texts=said,
            dispatch=self.dispatch,
            queues=self._queues(),
            resolve=self.resolve,
            escalation=tuple(self.escalation),
            bookable=bookable,
            flows=installed,
            mediation=self.mediation,
            small_sum=self.help.small_sum,
            danger=self.danger,
            said=self._sentences(),
            retention=self.retention,
            **changes,
        )

    def _sentences(self) -> tuple[tuple[str, str], ...]:
        """The community's own sentences (``sentences.tsv`` in the data folder); raises :class:`ConfigError` by file and line."""
        file = self.data.folder / "sentences.tsv"
        try:
            own = sentences.read(file).sentences if file.is_file() else ()
        except (sentences.SentenceFault, OSError, UnicodeDecodeError) as fault:
            raise ConfigError(f"sentences: {fault}") from None
        return learning.pairs(own)

    def _queues(self) -> dict[str, Queue]:
        """The queues every community has, changed by the file, and its own."""
        given = {
            name: Queue(table.promise, table.deputy, frozenset(table.roles) or QUEUES.get(name, Queue()).roles)
            for name, table in self.queues.items()
        }
        return {**QUEUES, **given}


def load(path: Path | None) -> Settings:
    """The settings of a file (defaults without one); raises :class:`ConfigError` in one line."""
    table: dict[str, Any] = {}
    if path is not None:
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ConfigError(f"{path}: {error.strerror or error}") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: {error}") from None
    return _checked(table, path)


def _checked(table: dict[str, Any], path: Path | None) -> Settings:
    try:
        settings = Settings(**table)
    except ValidationError as error:
        named = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors(include_input=False)
        )
        raise ConfigError(f"{path or 'environment'}: {named}") from None
    _check_zone(settings, path)
    _check_queues(settings, path)
    _check_secrets(table, settings, path)
    return settings


def _check_zone(settings: Settings, path: Path | None) -> None:
    try:
        ZoneInfo(settings.community.zone)
    except (KeyError, ValueError, OSError):
        raise ConfigError(f"{path}: community.zone: no such time zone") from None


def _check_queues(settings: Settings, path: Path | None) -> None:
    """Every row names a queue that exists, and a flow that is installed."""
    queues, known = {**QUEUES, **settings.queues}, flows.load()
    for row, queue in settings.dispatch.items():
        if queue not in queues:
            raise ConfigError(f"{path}: dispatch.{row}: no such queue: {queue}")
        if re.split("[.@]", row)[0] not in known:
            raise ConfigError(f"{path}: dispatch.{row}: no such flow")
    for name, table in settings.queues.items():
        if table.deputy not in queues:
            raise ConfigError(f"{path}: queues.{name}.deputy: no such queue: {table.deputy}")


def _check_secrets(table: dict[str, Any], settings: Settings, path: Path | None) -> None:
    for section, key in (("telegram", "token"), ("telegram", "webhook_secret")):
        given = table.get(section, {})
        if not isinstance(given, dict):  # what the environment adds to it would hide that it is none
            raise ConfigError(f"{path}: {section}: is no table")
        if key in given:
            raise ConfigError(f"{path}: {section}.{key}: secrets come from LINSHENG_{section.upper()}__{key.upper()}")
    local = ("http://127.0.0.1", "http://localhost", "http://[::1]")
    if settings.test.clock and settings.telegram.enabled and not settings.telegram.api_url.startswith(local):
        raise ConfigError(f"{path}: test.clock: refused beside an API address that is not on this machine")
    if settings.telegram.enabled and not settings.telegram.token and "LINSHENG_TELEGRAM__TOKEN" not in os.environ:
        raise ConfigError(f"{path}: telegram.token: missing; set LINSHENG_TELEGRAM__TOKEN")
