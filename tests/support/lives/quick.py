"""A database for lives: the same SQL on the thread of the core, and nothing is forced to the disk.

A life ends its process between two pieces of work only, so nothing is lost by it; what a killed process keeps is the matter of
``tests/bot/test_kills.py``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from storage.database import Transaction
from storage.sqlite import PRAGMAS, SqliteTransaction

Result = TypeVar("Result")
QUICK = ("PRAGMA synchronous=OFF", "PRAGMA secure_delete=OFF", "PRAGMA locking_mode=EXCLUSIVE")


class Quick:
    """One connection for everything."""

    working_for = 0.0

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Keep the connection."""
        self._connection = connection

    async def transaction(self, work: Callable[[Transaction], Result]) -> Result:
        """All of it or nothing."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(SqliteTransaction(self._connection))
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        return result

    async def read(self, work: Callable[[Transaction], Result]) -> Result:
        """What the last commit left."""
        return work(SqliteTransaction(self._connection))

    async def clean(self) -> None:
        """Nobody looks for traces in a life."""

    async def close(self) -> None:
        """Close the file."""
        self._connection.close()


async def open_quickly(path: Path) -> Quick:
    """Open a file that was migrated."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    for pragma in (*PRAGMAS, *QUICK):
        connection.execute(pragma)
    return Quick(connection)
