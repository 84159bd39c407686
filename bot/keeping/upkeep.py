"""What ``linsheng backup``, ``restore`` and ``erase`` do; whatever is wrong is a :class:`ConfigError` of one line."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from datetime import datetime
from pathlib import Path

from bot import service
from bot.config import ConfigError, Settings
from bot.keeping import copies
from bot.keeping.folders import DATABASE, Folders
from handlers import leaving
from handlers.people import dismissing
from handlers.turn import CLOCK, Turn
from models.events import Due
from models.people import Person
from storage import people, queue
from storage.database import Transaction

REMAIN = (
    "What was exported before (CSV, xlsx, text files), backups kept elsewhere and messages on people's telephones remain:"
    " remove those by hand."
)


def backup(settings: Settings, file: Path) -> str:
    """Write a backup; returns what to tell."""
    folders = Folders(settings.data.folder)
    if not (folders.data / DATABASE).is_file():
        raise ConfigError(f"{folders.data}: there is no database to keep")
    try:
        pictures = copies.backup(folders, file)
    except (OSError, sqlite3.Error) as error:
        raise ConfigError(f"{file}: {error}") from None
    return f"kept in {file}: the database and {pictures} pictures"


async def restore(settings: Settings, file: Path) -> str:
    """Put a backup back while the service is down; returns what to tell."""
    folders = Folders(settings.data.folder)
    held = service.lock(folders.data)
    try:
        with tempfile.TemporaryDirectory(dir=folders.data) as room:
            try:
                copies.unpack(file, Path(room))
                gone = copies.erased(folders.data, Path(room))  # before anything is put back
                copies.note_erased(folders, set(gone) - set(copies.erased(folders.data)), _now(settings, folders))
                copies.put_back(folders, Path(room))
            except (copies.Unfit, OSError, sqlite3.Error) as error:
                raise ConfigError(str(error)) from None
        database = await service.open_folder(folders)
        try:
            again, dropped = await copies.settle(database, folders, gone, _now(settings, folders))
        finally:
            await database.close()
    finally:
        os.close(held)
    return f"restored {file}: {dropped} old messages will not be sent, {again} people erased since were erased again"


def _now(settings: Settings, folders: Folders) -> datetime:
    return service.clock_of(settings, folders).now()


async def erase(settings: Settings, who: str) -> str:
    """Erase somebody while the service is down; returns what to tell."""
    folders = Folders(settings.data.folder)
    held = service.lock(folders.data)
    try:
        database = await service.open_folder(folders)
        try:
            now = service.clock_of(settings, folders).now()
            person = await database.read(lambda tx: _one(tx, who))
            house = settings.house()

            def leave(tx: Transaction) -> None:
                due = Due(f"erase:{person.id}", now, "erase")
                leaving.erase(Turn(tx, house, now, due, due.key, CLOCK, person))

            await database.transaction(leave)
            pictures = await copies.forget(database, folders, person.id, now)
        finally:
            await database.close()
        (folders.data / "ladder.json").unlink(missing_ok=True)
    finally:
        os.close(held)
    return f"erased person {person.id} and {pictures} pictures. {REMAIN}"


async def dismiss(settings: Settings, who: str, role: str) -> str:
    """Take a role back, also while the service runs: what hangs on it follows within a second, or at the next start."""
    folders = Folders(settings.data.folder)
    database = await service.open_folder(folders)
    try:
        now = _now(settings, folders)

        def take(tx: Transaction) -> Person:
            person = _one(tx, who)
            if not people.take_role(tx, person.id, role):
                raise ConfigError(f"person {who}: does not hold the role {role}")
            queue.schedule(tx, f"dismissed:{person.id}:{role}", now, dismissing.KIND, person=person.id, role=role)
            return person

        person = await database.transaction(take)
    finally:
        await database.close()
    return f"person {person.id} holds the role {role} no longer"


def _one(tx: Transaction, who: str) -> Person:
    """The one person of this number or name."""
    found = people.called(tx, who)
    if who.isascii() and who.isdigit() and len(who) < 10:
        found = (
            [people.get(tx, int(who))]
            if tx.one("SELECT 1 FROM person WHERE id = ? AND erased_at IS NULL", int(who))
            else []
        )
    if len(found) != 1:
        numbers = ", ".join(str(person.id) for person in found)
        raise ConfigError(
            f"person {who}: " + (f"several have this name: {numbers}" if found else "nobody is known by it")
        )
    return found[0]
