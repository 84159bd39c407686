"""Waiting is counted apart: each wait from its beginning to what ended it, and what is late is late while it waits too."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.tickets import promises
from models.tickets import Ticket, TicketEvent, can, evolve
from storage import tickets, waits
from storage.database import Transaction
from storage.migrate import migrate
from storage.sqlite import Sqlite, open_database

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def database(tmp_path: Path):  # type: ignore[no-untyped-def]
    migrate(tmp_path / "w.db")
    opened = await open_database(tmp_path / "w.db")
    yield opened
    await opened.close()


def happened(tx: Transaction, *actions: tuple[str, int]) -> Ticket:
    """A ticket to which this happened, each so many hours after it was opened."""
    opened = TicketEvent("open", START, None, "x", {"opened_at": START, "promised_at": START + 2 * HOUR})
    ticket = tickets.add(tx, "issue", "task", opened)
    for action, hours in actions:
        ticket = tickets.record(tx, ticket, TicketEvent(action, START + hours * HOUR, None, "x"))
    return ticket


@pytest.mark.parametrize(
    ("actions", "hours"),
    [
        ([("accept", 0), ("wait", 1), ("start", 4)], 3),
        ([("accept", 0), ("wait", 1), ("wait", 2), ("finish", 4)], 3),
        ([("accept", 0), ("wait", 1), ("start", 2), ("wait", 5), ("release", 6)], 2),
        ([("accept", 0), ("wait", 1), ("append", 2)], 9),
        ([("accept", 0), ("finish", 4)], None),
    ],
)
async def test_how_long_it_waited(database: Sqlite, actions: list[tuple[str, int]], hours: int | None) -> None:
    def work(tx: Transaction) -> Any:
        happened(tx, *actions)
        return waits.waited(tx, START, START + HOUR, START + 10 * HOUR)

    found = await database.transaction(work)
    assert found.median == (None if hours is None else hours * 60)


def test_given_back_is_late_again_and_waiting_hides_nothing() -> None:
    """Over random histories: late is open past its promise, or not done past the second one, whatever happened between."""
    chance = random.Random(15)
    base = Ticket(1, "issue", promised_at=START + 2 * HOUR, due_at=START + 9 * HOUR)
    for _ in range(300):
        ticket = evolve(base, TicketEvent("open", START, None, "x"))
        for _ in range(chance.randrange(8)):
            possible = [one for one in ("accept", "wait", "start", "release", "widen", "finish") if can(ticket, one)]
            if possible:
                ticket = evolve(ticket, TicketEvent(chance.choice(possible), START, None, "x"))
        for hours in (1, 3, 10):
            now = START + hours * HOUR
            late = ticket.is_open and (hours >= 9 or (ticket.status == "open" and hours >= 2))
            assert promises.is_late(replace(ticket), now) is late, (ticket.status, hours)
