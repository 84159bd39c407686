"""Rows of a database file that nobody has open."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from storage.sqlite import SqliteTransaction


def rows(folder: Path) -> SqliteTransaction:
    connection = sqlite3.connect(folder / "data" / "linsheng.db")
    connection.row_factory = sqlite3.Row
    return SqliteTransaction(connection)
