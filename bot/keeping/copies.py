"""Keeping and forgetting: backups, putting one back, erasing a person, and the night's sweep.

Numbers of erased people stand in ``erased.jsonl`` beside the database, so that a backup made before is cleaned by them.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from bot.keeping.folders import DATABASE, Folders
from bot.keeping.sidefiles import MARK
from storage import erasure, restoring, retention
from storage.database import Database
from storage.migrate import migrate, migrations

AGE = timedelta(days=1)
"""Files that nothing refers to are kept this long: a picture arrives before its event is stored."""


class Unfit(Exception):
    """This file is no backup that can be put back; one line says why."""


# ---------------------------------------------------------------- forgetting


async def forget(database: Database, folders: Folders, person: int, now: datetime) -> int:
    """Erase a person everywhere below the data folder; returns how many pictures went."""
    note_erased(folders, person, now)
    files = await database.transaction(lambda tx: erasure.forget(tx, person, now))
    await database.clean()
    remove(folders, files)
    return len(files)


def note_erased(folders: Folders, person: int, now: datetime) -> None:
    """Write the number down, on the disk before anything is erased."""
    file = os.open(folders.data / "erased.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, (json.dumps({"person": person, "at": now.isoformat()}) + "\n").encode())
        os.fsync(file)
    finally:
        os.close(file)


def erased(folders: Folders) -> list[int]:
    """The numbers of everybody who was erased; a torn line is left out."""
    path = folders.data / "erased.jsonl"
    numbers = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            numbers.append(int(json.loads(line)["person"]))
        except (ValueError, KeyError, TypeError):
            continue
    return list(dict.fromkeys(numbers))


def remove(folders: Folders, pictures: Iterable[str]) -> None:
    """Take away these pictures, backups made before a change, and files made for somebody."""
    for name in pictures:
        (folders.pictures / Path(name).name).unlink(missing_ok=True)
        (folders.spool / Path(name).name).unlink(missing_ok=True)
    for old in [*folders.data.glob("*.before-*"), *folders.data.glob(f"*{MARK}*"), *folders.made.glob("*")]:
        old.unlink(missing_ok=True)


async def sweep(database: Database, folders: Folders, now: datetime) -> None:
    """Take away files that nothing refers to any more."""
    needed = await database.read(retention.pictures)
    for path in [*folders.pictures.iterdir(), *folders.made.iterdir()]:
        old = now.timestamp() - path.stat().st_mtime > AGE.total_seconds()
        if path.name not in needed and old:
            path.unlink(missing_ok=True)
    await database.clean()


# ---------------------------------------------------------------- backups


def backup(folders: Folders, file: Path) -> int:
    """Write database and pictures into one file, also while the service runs; returns the number of pictures."""
    with tempfile.TemporaryDirectory(dir=folders.data) as room:
        copy = Path(room) / DATABASE
        _copy(folders.data / DATABASE, copy)
        pictures = sorted(path for path in folders.pictures.iterdir() if path.is_file())
        waiting = file.with_name(f".{file.name}.part")
        handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, DATABASE)
            for path in pictures:
                archive.write(path, f"pictures/{path.name}")
        waiting.replace(file)
    return len(pictures)


def _copy(source: Path, target: Path) -> None:
    """A consistent copy of a database that may be in use."""
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as read, sqlite3.connect(target) as write:
        read.backup(write)
    read.close()
    write.close()


def unpack(file: Path, room: Path) -> None:
    """The parts of a backup in an empty folder, brought up to date; raises :class:`Unfit`."""
    try:
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                folder, _, plain = name.rpartition("/")
                if folder not in ("", "pictures") or (not folder and plain != DATABASE) or plain in ("", ".", ".."):
                    raise Unfit(f"{file}: holds {name}, which no backup holds")
                archive.extract(name, room)
        _check(file, room / DATABASE)
    except (OSError, zipfile.BadZipFile, sqlite3.Error) as error:
        raise Unfit(f"{file}: is no backup ({error})") from None


def _check(file: Path, database: Path) -> None:
    """Whether it is whole and not from a newer version."""
    if not database.is_file():
        raise Unfit(f"{file}: holds no database")
    connection = sqlite3.connect(database)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        connection.close()
    newest = migrations()[-1][0]
    if whole != "ok" or not 0 < version <= newest:
        raise Unfit(f"{file}: its database is version {version} ({whole}); this program knows 1 to {newest}")
    migrate(database)


def put_back(folders: Folders, room: Path) -> None:
    """Put the unpacked parts in place; what was there before stays as one file until the next erasure."""
    path = folders.data / DATABASE
    if path.exists():
        _copy(path, folders.data / "linsheng.before-restore.db")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    (room / DATABASE).replace(path)
    path.chmod(0o600)
    for picture in (room / "pictures").glob("*"):
        picture.replace(folders.pictures / picture.name)
    (folders.data / "left.jsonl").unlink(missing_ok=True)
    (folders.data / "alarms.jsonl").unlink(missing_ok=True)


async def settle(database: Database, folders: Folders, now: datetime) -> tuple[int, int]:
    """After putting back: erase the erased again, say nothing old. Returns how many people and messages."""
    again = [n for n in erased(folders) if not await database.read(lambda tx, n=n: erasure.is_erased(tx, n))]  # type: ignore[misc]
    for person in again:
        await forget(database, folders, person, now)
    return len(again), await database.transaction(lambda tx: restoring.hush(tx, now))
