"""Starting and ending the service: the lock on its folder, the channels its settings name, signals."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import signal
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from bot import status
from bot.app import App, Folders
from bot.channels import Channel
from bot.channels.telegram import TelegramSettings
from bot.config import ConfigError, Settings
from bot.flow import underway
from bot.flow.clock import Clock, FileClock, RealClock
from bot.flow.faults import where
from bot.flow.notes import Ears
from bot.keeping.folders import DATABASE
from storage.database import Unavailable
from storage.migrate import migrate
from storage.sqlite import Sqlite, damage, open_database

LOG = logging.getLogger(__name__)
PATIENCE = 9.0
"""Seconds that ending may take."""
TEST_TICK = 0.02
"""Seconds between two looks at the agenda while a test moves the clock."""
QUIET = ("httpx", "httpcore", "aiosqlite", "apscheduler", "telegram", "asyncio")
"""Libraries whose logs could hold tokens or words."""


class Locked(ConfigError):
    """Another process uses this folder."""


def lock(folder: Path) -> int:
    """Keep every other process out of a folder; raises :class:`Locked`. The lock ends with the process."""
    try:
        file = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as fault:
        raise Locked(f"{folder / 'lock'}: {fault.strerror}") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise Locked(f"{folder}: another linsheng is running on this data folder") from None
    return file


QUICK = 100_000_000
"""Bytes of a database that is looked through at every start; a larger one is looked through at night."""


async def open_folder(folders: Folders) -> Sqlite:
    """The database of a folder, brought up to date; raises :class:`ConfigError` in one line."""
    path = folders.data / DATABASE
    _refuse_gone(folders, path)
    try:
        if path.is_file() and path.stat().st_size < QUICK and (wrong := damage(path)):
            raise ConfigError(f"{path}: is damaged ({wrong}); put a backup back: linsheng restore FILE")
        migrate(path)
        return await open_database(path)
    except (Unavailable, OSError) as error:
        raise ConfigError(f"{path}: {error}") from None


def _refuse_gone(folders: Folders, path: Path) -> None:
    """Without its database a folder with other files is no new community: nobody would know anybody any more."""
    if path.is_file() and path.stat().st_size:
        return
    signs = [
        *(one for one in (folders.data / "erased.jsonl", folders.data / "ladder.json") if one.exists()),
        *folders.data.glob("*.before-*"),
        *list(folders.pictures.iterdir())[:1],
    ]
    if signs:
        raise ConfigError(
            f"{path}: the database is {'empty' if path.exists() else 'gone'}, but {signs[0].name} is here: put a backup back"
            " (linsheng restore FILE), or take another data.folder"
        )


def clock_of(settings: Settings, folders: Folders) -> Clock:
    """The machine's clock, or the test's."""
    return FileClock(folders.data / "clock") if settings.test.clock else RealClock()


def channels_of(settings: Settings, clock: Clock, folders: Folders) -> list[Channel]:
    """The channels that the settings name: the two with a section of their own, and every package under ``[channels.NAME]``."""
    channels: list[Channel] = []
    if settings.local.enabled:
        from bot.channels.local import LocalChannel

        channels.append(LocalChannel(folders.data / "socket", clock))
    if settings.telegram.enabled:
        from bot.channels.telegram import open_channel

        channels.append(open_channel(telegram_of(settings), clock, folders.spool, folders.pictures))
    channels += [_packaged(name, table, clock, folders) for name, table in settings.channels.items()]
    if not channels:
        raise ConfigError("no channel is on: set telegram.enabled or local.enabled")
    return channels


def _packaged(name: str, table: Mapping[str, Any], clock: Clock, folders: Folders) -> Channel:
    """The channel of a package of that name; raises :class:`ConfigError` when there is none, or it refuses its table."""
    try:
        package = import_module(f"bot.channels.{name}")
        opened: Channel = package.open_channel(dict(table), clock, folders)
    except ModuleNotFoundError as error:
        raise ConfigError(f"channels.{name}: there is no package bot/channels/{name} ({error.name})") from None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"channels.{name}: {error}") from None
    return opened


def telegram_of(settings: Settings) -> TelegramSettings:
    """The Telegram channel's own settings; raises :class:`ConfigError`, never showing the token."""
    try:
        return TelegramSettings(**settings.telegram.model_dump(exclude={"enabled"}))
    except ValueError as error:
        raise ConfigError(str(error)) from None


def quiet_logs(level: int = logging.INFO) -> None:
    """Ids only: libraries that would log words or tokens are kept at WARNING."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick left out is made up for by the next


async def serve(settings: Settings, ears: Ears | None = None, ready: Callable[[], None] | None = None) -> None:
    """Run until SIGTERM or SIGINT; raises :class:`ConfigError` when it cannot begin."""
    folders = Folders(settings.data.folder)
    held = lock(folders.data)
    try:
        clock = clock_of(settings, folders)
        channels = channels_of(settings, clock, folders)
        database = await open_folder(folders)
        try:
            await _serve(settings, App(settings.house(), database, clock, channels, folders, ears), ready)
        finally:
            await database.close()  # its threads would keep the process
    except OSError as fault:
        raise ConfigError(f"{fault.strerror or fault}{f': {fault.filename}' if fault.filename else ''}") from None
    finally:
        os.close(held)


async def _serve(settings: Settings, app: App, ready: Callable[[], None] | None) -> None:
    if settings.test.clock:
        underway.arm(settings.test.end)
    async with status.listening(app, settings.status.port):
        await _until_told(app, ready, TEST_TICK if settings.test.clock else 1.0)


async def _until_told(app: App, ready: Callable[[], None] | None, every: float) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        await app.start(every=every)
    except BaseException:
        await _end(app)
        raise
    if ready:
        ready()
    told, failed = asyncio.create_task(stop.wait()), asyncio.create_task(app.failed())
    done, _ = await asyncio.wait({told, failed}, return_when=asyncio.FIRST_COMPLETED)
    for task in (told, failed):
        task.cancel()
    await _end(app)
    if failed in done:
        failed.result()


async def _end(app: App) -> None:
    """End in peace; what hangs for too long is left, because everything is stored already."""
    try:
        await asyncio.wait_for(app.stop(), PATIENCE)
    except TimeoutError:
        LOG.warning("ending without waiting any longer")
        logging.shutdown()
        os._exit(0)
    except Exception as fault:
        LOG.error("ending: %s at %s", type(fault).__name__, where(fault))
