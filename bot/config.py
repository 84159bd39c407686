"""Settings: one TOML file, secrets from the environment; a wrong key is named, never guessed."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, ValidationError, create_model
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.tables import (
    CommunitySection,
    DataSection,
    HearingSection,
    HelpSection,
    LocalSection,
    QueueSection,
    ServiceSection,
    StatusSection,
    TelegramSection,
    TestSection,
    days_numbered,
)
from handlers import allowances, buttons, commands, flows, rights, rows, texts
from handlers.settings import Hours, House, Minutes, Retention, Timing
from models import files as tables
from models.faults import Fault
from models.people import Community
from models.queues import QUEUES, Queue
from nlu import danger, grammar, sentences
from nlu.meaning import learning
from nlu.times import holidays


class ConfigError(Exception):
    """One line that names the file or the key."""


WRONG = (ConfigError, Fault)
"""What ends a command with one line and exit code 2."""


class Settings(BaseSettings):
    """The whole file but for what wings declare (:func:`whole`)."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, env_prefix="LINSHENG_", env_nested_delimiter="__")

    community: CommunitySection = CommunitySection()
    hours: Annotated[Hours, BeforeValidator(days_numbered)] = Hours()
    timing: Timing = Timing()
    resolve: dict[Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_]+$")], Minutes] = {}
    escalation: list[str] = []
    dispatch: dict[Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z_]+)?(@[^@.]+)?$")], str] = {}
    queues: dict[str, QueueSection] = {}
    services: dict[str, ServiceSection] = {}
    help: HelpSection = HelpSection()
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

    def sections(self) -> dict[type, object]:
        """What the file settles for wings, by the dataclass that holds it."""
        declared = rows.installed().every("settings")
        return {kind: getattr(self, name) for name, kind in declared.items() if name in type(self).model_fields}

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
        rows.check(said)
        _tables()
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
            small_sum=self.help.small_sum,
            sections=self.sections(),
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


@cache
def _tables() -> None:
    """Every table that words, rights and allowances are looked up in is read; raises :class:`models.faults.Fault`."""
    for folder, table in ((files("nlu.grammar"), grammar.table), (files("nlu.danger"), danger.table)):
        for name in sorted(entry.name for entry in (folder / "zh").iterdir() if entry.name.endswith(".toml")):
            table(name.removesuffix(".toml"))
    for looked_up in (rights.table, commands.named, buttons.table, allowances.table):
        looked_up()


@cache
def whole() -> type[Settings]:
    """The file with the sections that wings declare; raises :class:`rows.Refused` for one that is there already."""
    declared = rows.installed().every("settings")
    if double := next((name for name in declared if name in Settings.model_fields), None):
        raise rows.Refused("handlers", f"settings.{double}", "the configuration has this section already")
    fields: dict[str, Any] = {name: (kind, kind()) for name, kind in declared.items()}
    return create_model("Settings", __base__=Settings, **fields)


def load(path: Path | None) -> Settings:
    """The settings of a file (defaults without one); raises :class:`ConfigError` in one line."""
    table: dict[str, Any] = {}
    if path is not None:
        try:
            table = tables.table(path, str(path))
        except Fault as fault:
            raise ConfigError(str(fault)) from None
    return _checked(table, path)


def _checked(table: dict[str, Any], path: Path | None) -> Settings:
    try:
        settings = whole()(**table)
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
