"""``linsheng check``: one line for each thing that must be right."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from bot import listening, service
from bot.app import Folders
from bot.config import ConfigError, Settings
from handlers import texts, wording
from handlers.settings import House
from models.faults import Fault
from models.meaning import Context
from nlu.meaning.scorer import shipped
from nlu.parse import parse
from nlu.sentences import SentenceFault, contradictions, sets
from nlu.times import holidays
from storage import people
from storage.database import Transaction
from storage.migrate import migrations

Finding = tuple[bool, str]
PROBES = ("厨房水管漏水了", "想约明天下午三点理发", "救命", "对", "不是三号楼,是四号楼")
"""Lines by which most of the tables are looked up once."""
ROOM = 200
"""Megabytes that should be free beside the database."""


async def all_of(settings: Settings) -> list[Finding]:
    """Everything that can be looked at without starting the service."""
    return [
        *_community(settings),
        *_words(settings),
        *_meaning(),
        *await _data(settings),
        *await _hearing(settings),
        *_channels(settings),
        *await _telegram(settings),
    ]


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
        _holidays(Path(settings.data.folder)),
    ]


def _holidays(folder: Path) -> Finding:
    """Until when the official days off are known; beyond that only weekends are."""
    try:
        last = holidays.with_own(folder).last
    except (ValueError, AttributeError) as error:
        return False, f"holidays: {folder / holidays.FILE}: {error}"
    return (
        True,
        f"holidays: official days known to the end of {last}; beyond it weekends count ({folder / holidays.FILE} adds a year)",
    )


def _words(settings: Settings) -> list[Finding]:
    """Whether texts fit, and whatever is looked up for a line is there; raises :class:`Fault` for what is not."""
    house = settings.house()
    fitting(house)
    for said in PROBES:
        parse(said, Context(datetime(2026, 3, 2, 1, tzinfo=UTC).astimezone(house.zone), lexicon=house.lexicon()))
    return []


def fitting(house: House) -> None:
    """Whether the texts fit the code that says them; raises :class:`Fault` for the first that does not."""
    slots = frozenset(slot.name for flow in house.flows.values() for slot in flow.slots)
    for key, expected in wording.faults(house.texts, slots):
        raise Fault(texts.file_of(key), key, expected)


def _meaning() -> list[Finding]:
    """Whether the sentences are whole and the scorer belongs to them; raises ``ConfigError`` for a faulty set."""
    try:
        every = sets()
    except SentenceFault as fault:
        raise ConfigError(f"sentences: {fault}") from None
    if faults := list(contradictions(every)):
        raise ConfigError(f"sentences contradict each other: {faults[0]}")
    known, trouble = shipped()
    told = f"meaning: learned from {sum(len(one.sentences) for one in every)} sentences of {len(every)} sets"
    return [(known is not None, told if known else f"meaning: {trouble}; rules and exact wordings go on")]


async def _data(settings: Settings) -> list[Finding]:
    newest = migrations()[-1][0]
    findings = [(True, f"sqlite {sqlite3.sqlite_version}, schema {newest}{_wal_note()}")]
    try:
        database = await service.open_folder(Folders(settings.data.folder))
    except (ConfigError, OSError) as error:
        return [*findings, (False, f"data: {error}")]
    try:
        people_line = await database.read(_people)
    finally:
        await database.close()
    return [*findings, (True, f"data: {settings.data.folder}"), _room(settings), *people_line]


SAFE = (3, 51, 3)
"""Before this version two connections that checkpoint at once may damage a database; here only one ever does."""


def _wal_note() -> str:
    """What an operator should know of this version of SQLite."""
    return "" if sqlite3.sqlite_version_info >= SAFE else "; older than 3.51.3: no other program may open the database"


def _room(settings: Settings) -> Finding:
    """Without room nothing can be stored, neither words nor recordings."""
    free = shutil.disk_usage(settings.data.folder).free // 1_000_000
    return free >= ROOM, f"disk: {free} MB free{'' if free >= ROOM else f', {ROOM} MB are needed'}"


async def _hearing(settings: Settings) -> list[Finding]:
    """Which model hears, where it came from, how fast it is here and what it holds in memory."""
    if not settings.hearing.enabled:
        return [(True, "hearing: off; whoever speaks is asked to type")]
    from bot.hearing.commands import check_facts

    facts = await check_facts(listening.settings_of(settings))
    if facts["error"]:
        return [(False, f"hearing: {facts['model']} cannot be used ({facts['error']}): {facts['sentence']}")]
    told = f"hearing: {facts['model']}, {facts['speed']} times as fast as speech, {facts['megabytes']} MB"
    origin = (True, f"hearing model: {facts['origin']}")
    return [(True, told), origin, *([(True, f"hearing note: {facts['note']}")] if facts["note"] else [])]


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
