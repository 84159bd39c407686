"""``linsheng check``: one line for each thing that must be right."""

from __future__ import annotations

import sqlite3

from bot import service
from bot.app import Folders
from bot.config import ConfigError, Settings
from storage import people
from storage.database import Transaction
from storage.migrate import migrations

Finding = tuple[bool, str]


async def all_of(settings: Settings) -> list[Finding]:
    """Everything that can be looked at without starting the service."""
    return [*_community(settings), *await _data(settings), *_channels(settings), *await _telegram(settings)]


def _community(settings: Settings) -> list[Finding]:
    house = settings.house()
    buildings = len(house.community.buildings)
    return [
        (True, f"community: {house.community.name}, {buildings} buildings, zone {house.community.zone}"),
        (
            buildings > 0,
            f"buildings: {'listed' if buildings else 'none; places cannot be checked (community.buildings)'}",
        ),
        (True, f"flows: {', '.join(house.flows)}; {len(house.texts)} texts"),
    ]


async def _data(settings: Settings) -> list[Finding]:
    newest = migrations()[-1][0]
    findings = [(True, f"sqlite {sqlite3.sqlite_version}, schema {newest}")]
    try:
        database = await service.open_folder(Folders(settings.data.folder))
    except (ConfigError, OSError) as error:
        return [*findings, (False, f"data: {error}")]
    try:
        people_line = await database.read(_people)
    finally:
        await database.close()
    return [*findings, (True, f"data: {settings.data.folder}"), *people_line]


def _people(tx: Transaction) -> list[Finding]:
    managers, desk = len(people.with_role(tx, "manager")), len(people.with_role(tx, "desk"))
    volunteers = len(people.with_role(tx, "volunteer"))
    group = people.group_of(tx, "volunteers")
    return [
        (managers > 0, f"managers: {managers}{'' if managers else '; run: linsheng invite manager --config FILE'}"),
        (desk + managers > 0, f"desk: {desk}{'' if desk else '; managers stand in'}"),
        (
            volunteers > 0,
            f"volunteers: {volunteers}{'' if volunteers else '; run: linsheng invite volunteer --config FILE'}",
        ),
        (group is not None, f"volunteers' group: {'bound' if group else 'none; send /here volunteers in it'}"),
    ]


def _channels(settings: Settings) -> list[Finding]:
    on = [
        name
        for name, enabled in (("telegram", settings.telegram.enabled), ("local", settings.local.enabled))
        if enabled
    ]
    return [(bool(on), f"channels: {', '.join(on) or 'none; set telegram.enabled or local.enabled'}")]


async def _telegram(settings: Settings) -> list[Finding]:
    """What Telegram itself says of token, rights, privacy mode and clock."""
    if not settings.telegram.enabled:
        return []
    from bot.channels.telegram import diagnose

    folders = Folders(settings.data.folder)
    database = await service.open_folder(folders)
    try:
        groups = await database.read(lambda tx: people.group_addresses(tx, "telegram"))
    finally:
        await database.close()
    return await diagnose(service.telegram_of(settings), service.clock_of(settings, folders), groups)
