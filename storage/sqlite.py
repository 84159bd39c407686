"""SQLite through aiosqlite: one writer that commits in groups, one reader beside it.

Work that arrives while a commit is being written waits and goes into the next commit together, each piece
behind a savepoint of its own: one fsync for many turns, and a failing piece takes nothing with it.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from storage.database import Row, Transaction, Unavailable

Result = TypeVar("Result")
Work = Callable[[Transaction], Any]

GROUP = 32
"""Pieces of work in one commit, at most."""
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA busy_timeout=2000",
)


class SqliteTransaction:
    """The waist's calls over one ``sqlite3`` connection, used on its thread only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Keep the connection."""
        self._connection = connection

    def run(self, sql: str, *values: Any) -> int:
        """Execute a statement; returns the number of rows it changed."""
        return self._connection.execute(sql, values).rowcount

    def one(self, sql: str, *values: Any) -> Row | None:
        """The first row, or None."""
        rows = self._connection.execute(sql, values).fetchall()
        return rows[0] if rows else None

    def all(self, sql: str, *values: Any) -> Sequence[Row]:
        """All rows."""
        return self._connection.execute(sql, values).fetchall()


def _savepoint(connection: sqlite3.Connection, work: Work) -> tuple[Any, Exception | None]:
    """Run one piece of work; its own failure is undone and returned, a failure of the database is raised."""
    connection.execute("SAVEPOINT piece")
    try:
        result = work(SqliteTransaction(connection))
    except sqlite3.OperationalError:
        raise
    except Exception as error:
        connection.execute("ROLLBACK TO piece")
        connection.execute("RELEASE piece")
        return None, error
    connection.execute("RELEASE piece")
    return result, None


def _commit_group(connection: sqlite3.Connection, group: Sequence[Work]) -> list[tuple[Any, Exception | None]]:
    """Run the pieces inside one ``BEGIN IMMEDIATE`` … ``COMMIT``."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        outcomes = [_savepoint(connection, work) for work in group]
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return outcomes


class Sqlite:
    """A database file; :func:`open_database` makes one."""

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        """Start the writer's loop."""
        self._writer = writer
        self._reader = reader
        self._queue: asyncio.Queue[tuple[Work, asyncio.Future[Any]]] = asyncio.Queue()
        self._loop = asyncio.create_task(self._write())
        self._begun: float | None = None
        self._closed = False

    @property
    def working_for(self) -> float:
        """Seconds of the machine for which one group of work has held the writer."""
        return time.monotonic() - self._begun if self._begun is not None else 0.0

    async def transaction(self, work: Callable[[Transaction], Result]) -> Result:
        """Run ``work`` in the next group; what was accepted is finished even when the caller is cancelled."""
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((work, done))
        return await asyncio.shield(done)

    async def read(self, work: Callable[[Transaction], Result]) -> Result:
        """Run ``work`` on the reader connection."""

        def call() -> Result:
            return work(SqliteTransaction(self._reader._conn))

        try:
            result: Result = await self._reader._execute(call)  # type: ignore[no-untyped-call]
        except sqlite3.OperationalError as error:
            raise Unavailable(str(error)) from error
        return result

    async def clean(self) -> None:
        """Empty the WAL: what was deleted is overwritten with zeros already (``secure_delete``), and nothing is copied."""

        def rewrite() -> Any:
            return self._writer._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

        try:
            busy = await self._writer._execute(rewrite)  # type: ignore[no-untyped-call]
        except sqlite3.OperationalError as error:
            raise Unavailable(str(error)) from error
        if busy:
            raise Unavailable("the write-ahead log is being read")

    async def close(self) -> None:
        """Finish the queue, write the WAL back, and close; a second time does nothing."""
        if self._closed:
            return
        self._closed = True
        await self._queue.join()
        self._loop.cancel()
        try:
            await self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error:
            pass
        finally:
            await self._reader.close()
            await self._writer.close()

    async def _write(self) -> None:
        """Take what waits, commit it, answer; for ever."""
        while True:
            group = [await self._queue.get()]
            while len(group) < GROUP and not self._queue.empty():
                group.append(self._queue.get_nowait())
            self._begun = time.monotonic()
            await self._commit(group)
            self._begun = None
            for _ in group:
                self._queue.task_done()

    async def _commit(self, group: Sequence[tuple[Work, asyncio.Future[Any]]]) -> None:
        """Commit a group and tell each waiting caller; a refused group of several is tried piece by piece."""
        pieces = [work for work, _ in group]
        try:
            outcomes = await self._writer._execute(lambda: _commit_group(self._writer._conn, pieces))  # type: ignore[no-untyped-call]
        except sqlite3.OperationalError as error:
            if len(group) > 1 and "no such" in str(error):
                for piece in group:
                    await self._commit([piece])
                return
            outcomes = [(None, _refusal(error))] * len(group)
        except Exception as error:
            outcomes = [(None, error)] * len(group)
        for (_, done), (result, failure) in zip(group, outcomes, strict=True):
            if done.cancelled():
                continue
            if failure is None:
                done.set_result(result)
            else:
                done.set_exception(failure)


def _refusal(error: sqlite3.OperationalError) -> Exception:
    """What a refusing database means to the caller; a mistake in our SQL stays what it is."""
    mistakes = ("no such", "syntax error", "has no column")
    return error if any(word in str(error) for word in mistakes) else Unavailable(str(error))


async def open_database(path: Path) -> Sqlite:
    """Open (or create) the database file; raises ``Unavailable`` when that is impossible."""
    opened: list[aiosqlite.Connection] = []
    try:
        for _ in range(2):
            opened.append(await aiosqlite.connect(path, isolation_level=None))
            opened[-1].row_factory = sqlite3.Row
            for pragma in PRAGMAS:
                await opened[-1].execute(pragma)
        writer, reader = opened
        await reader.execute("PRAGMA query_only=ON")
    except (sqlite3.Error, OSError) as error:
        for connection in opened:
            await connection.close()
        raise Unavailable(str(error)) from error
    return Sqlite(writer, reader)


def damage(path: Path) -> str:
    """What is wrong with the pages of a database file; empty when nothing is. Reads all of it."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        return str(error)
    return "" if found == "ok" else found
