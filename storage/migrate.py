"""Numbered migrations, each in one transaction; a database in use is kept as it was before the first of them."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

from storage.database import Unavailable


def migrations() -> list[tuple[int, str]]:
    """Number and SQL of every migration, in order."""
    scripts = (entry for entry in files("storage").joinpath("migrations").iterdir() if entry.name.endswith(".sql"))
    return sorted((int(script.name.split("_")[0]), script.read_text(encoding="utf-8")) for script in scripts)


def migrate(path: Path) -> int:
    """Bring the database file up to date; returns its version. Raises ``Unavailable`` when it refuses."""
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=2)
        try:
            return _migrate(connection, path)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise Unavailable(str(error)) from error


def _migrate(connection: sqlite3.Connection, path: Path) -> int:
    """Run what is missing."""
    connection.execute("PRAGMA journal_mode=WAL")
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    missing = [(number, script) for number, script in migrations() if number > version]
    if version and missing:
        _backup(connection, path.with_name(f"{path.stem}.before-{missing[0][0]:04d}{path.suffix}"))
    for number, script in missing:
        connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version={number}; COMMIT;")
        version = number
    return version


def _backup(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the whole database into another file."""
    with sqlite3.connect(path) as copy:
        connection.backup(copy)
    copy.close()
