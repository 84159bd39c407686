"""Keeping and forgetting: backups, putting one back, erasing a person, and the night's sweep.

Numbers of erased people stand in ``erased.jsonl`` beside the database, so that a backup made before is cleaned by them.
"""

from __future__ import annotations

import asyncio
import glob
import json
import logging
import os
import re
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from bot.flow.notes import owner
from bot.keeping.folders import DATABASE, Folders
from bot.keeping.sidefiles import MARK
from storage import erasure, restoring, retention
from storage.database import Database, Unavailable
from storage.migrate import migrate, migrations

LOG = logging.getLogger(__name__)
ERASED = "erased.jsonl"
_PERSON = re.compile(rb'"person": *(\d{1,9})\b')
TRIES, PAUSE = 20, 0.1
"""How often, and after how many seconds of the machine, the log is tried to be emptied."""
AGE = timedelta(days=1)
"""Files that nothing refers to are kept this long: a picture arrives before its event is stored."""


class Unfit(Exception):
    """This file is no backup that can be put back; one line says why."""


# ---------------------------------------------------------------- forgetting


async def forget(database: Database, folders: Folders, person: int, now: datetime) -> int:
    """Erase a person everywhere below the data folder; returns how many pictures went."""
    note_erased(folders, [person], now)
    known = await database.read(lambda tx: erasure.accounts(tx, person))
    files = [name for name in await database.transaction(lambda tx: erasure.forget(tx, person, now)) if name]
    await _clean(database)
    remove(folders, files)
    for account in known:
        shutil.rmtree(folders.spool / "kept" / owner(*account), ignore_errors=True)
    _forget_alarms(folders, known)
    return len(files)


async def _clean(database: Database) -> None:
    """A reader may hold the log for a moment; what cannot be emptied now is emptied at night."""
    for _ in range(TRIES):
        try:
            return await database.clean()
        except Unavailable:
            await asyncio.sleep(PAUSE)
    LOG.warning("the write-ahead log could not be emptied; the night does it")


def _forget_alarms(folders: Folders, accounts: Iterable[tuple[str, str]]) -> None:
    """Lines about somebody who was erased leave the alarm file, which the next start would read."""
    path = folders.data / "alarms.jsonl"
    if not path.is_file():
        return
    names = [json.dumps(account)[1:-1].encode() for _, account in accounts]
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if not any(b'"account": "' + name + b'"' in line for name in names)]
    if kept != lines:
        part = path.with_name(".alarms.part")
        part.write_bytes(b"".join(kept))
        part.replace(path)


def note_erased(folders: Folders, persons: Iterable[int], now: datetime) -> None:
    """Write the numbers down, on the disk before anything is erased."""
    file = os.open(folders.data / ERASED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        lines = (json.dumps({"person": person, "at": now.isoformat()}) for person in persons)
        os.write(file, "".join(f"\n{line}\n" for line in lines).encode())  # a torn line before it ends here
        os.fsync(file)
    finally:
        os.close(file)


def erased(*folders: Path) -> list[int]:
    """The numbers of everybody who was erased, from every list that is there, whatever else stands in it."""
    paths = (folder / ERASED for folder in folders)
    content = b"\n".join(path.read_bytes() for path in paths if path.exists())
    return list(dict.fromkeys(int(found) for found in _PERSON.findall(content)))


def remove(folders: Folders, pictures: Iterable[str]) -> None:
    """Take away these pictures, backups made before a change, and files made for somebody."""
    for name in pictures:
        (folders.pictures / Path(name).name).unlink(missing_ok=True)
        (folders.spool / Path(name).name).unlink(missing_ok=True)
        for kept in (folders.spool / "kept").glob(f"*/{glob.escape(Path(name).name)}"):
            kept.unlink(missing_ok=True)
    for old in [*folders.data.glob("*.before-*"), *folders.data.glob(f"*{MARK}*"), *folders.made.glob("*")]:
        old.unlink(missing_ok=True)


async def sweep(database: Database, folders: Folders, now: datetime) -> None:
    """Take away files that nothing refers to any more."""
    needed = await database.read(retention.pictures)
    for path in [*folders.pictures.iterdir(), *folders.made.iterdir()]:
        old = now.timestamp() - path.stat().st_mtime > AGE.total_seconds()
        if path.name not in needed and old:
            path.unlink(missing_ok=True)
    await _clean(database)


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
            if (folders.data / ERASED).is_file():
                archive.write(folders.data / ERASED, ERASED)
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
                if (
                    folder not in ("", "pictures")
                    or (not folder and plain not in (DATABASE, ERASED))
                    or plain in ("", ".", "..")
                ):
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
    before = folders.data / "linsheng.before-restore.db"
    try:
        if path.exists():
            _copy(path, before)
    except sqlite3.Error:
        shutil.copyfile(path, before)  # damaged, which is why it is replaced
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    (room / DATABASE).replace(path)
    path.chmod(0o600)
    for picture in (room / "pictures").glob("*"):
        picture.replace(folders.pictures / picture.name)
    for name in ("left.jsonl", "alarms.jsonl", "begun.jsonl"):
        (folders.data / name).unlink(missing_ok=True)


async def settle(database: Database, folders: Folders, gone: Iterable[int], now: datetime) -> tuple[int, int]:
    """After putting back: erase the erased again, say nothing old. Returns how many people and messages."""
    again = [n for n in gone if not await database.read(lambda tx, n=n: erasure.is_erased(tx, n))]  # type: ignore[misc]
    for person in again:
        await forget(database, folders, person, now)
    return len(again), await database.transaction(lambda tx: restoring.hush(tx, now))
