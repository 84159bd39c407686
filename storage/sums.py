"""Money between a helper and a resident: what was said, and who said that it is right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.database import Row, Transaction, millis


@dataclass(frozen=True)
class Sum:
    """A sum spoken of on a ticket."""

    id: int
    ticket: int
    fen: int
    said_by: int | None
    resident: bool | None = None
    """Whether that side agreed; None while it was not said."""
    helper: bool | None = None
    state: str = "asked"
    """``small``, ``asked``, ``agreed`` or ``disputed``."""


def add(tx: Transaction, ticket: int, fen: int, said_by: int, state: str, now: datetime) -> Sum:
    """Write down a sum."""
    row = tx.one(
        "INSERT INTO money (ticket, fen, said_by, state, at) VALUES (?, ?, ?, ?, ?) RETURNING *",
        ticket,
        fen,
        said_by,
        state,
        millis(now),
    )
    assert row is not None
    return _sum(row)


def _sum(row: Row) -> Sum:
    resident, helper = (None if row[side] is None else bool(row[side]) for side in ("resident", "helper"))
    return Sum(row["id"], row["ticket"], row["fen"], row["said_by"], resident, helper, row["state"])


def get(tx: Transaction, number: int) -> Sum | None:
    """A sum by its number."""
    row = tx.one("SELECT * FROM money WHERE id = ?", number)
    return _sum(row) if row else None


def of_ticket(tx: Transaction, ticket: int) -> list[Sum]:
    """Every sum of a ticket, oldest first."""
    return [_sum(row) for row in tx.all("SELECT * FROM money WHERE ticket = ? ORDER BY id", ticket)]


def answer(tx: Transaction, number: int, side: str, agreed: bool) -> Sum:
    """One side (``resident`` or ``helper``) says whether it is right; the first answer of a side counts."""
    other = {"resident": "helper", "helper": "resident"}[side]
    state = f"CASE WHEN ? = 0 THEN 'disputed' WHEN {other} = 1 THEN 'agreed' ELSE state END"
    tx.run(
        f"UPDATE money SET {side} = ?, state = {state} WHERE id = ? AND {side} IS NULL AND state = 'asked'",
        int(agreed),
        int(agreed),
        number,
    )
    found = get(tx, number)
    assert found is not None
    return found


def dispute(tx: Transaction, number: int) -> bool:
    """Nobody answered: a person has to look; False when it is settled."""
    return tx.run("UPDATE money SET state = 'disputed' WHERE id = ? AND state = 'asked'", number) > 0
