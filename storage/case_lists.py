"""Which mediation cases there are, and whose: numbers only, never a word of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.cases import LIVE
from storage.database import Transaction, millis

_LIVE = ", ".join(f"'{status}'" for status in LIVE)


def of_mediator(tx: Transaction, person: int) -> list[int]:
    """The live cases somebody mediates, newest first."""
    return _numbers(tx, "f.mediator = ?", person)


def of_party(tx: Transaction, person: int) -> list[int]:
    """The live cases somebody is a party of, and those that were declined, newest first."""
    return _numbers(
        tx, "f.ticket IN (SELECT ticket FROM case_side WHERE person = ?)", person, statuses=f"{_LIVE}, 'declined'"
    )


@dataclass(frozen=True)
class Part:
    """Somebody's part in a live case: party or mediator, and whether they are speaking just now."""

    number: int
    mediates: bool
    speaks: bool


def parts_of(tx: Transaction, person: int) -> list[Part]:
    """Every live case that somebody has a part in, newest first, in one read."""
    rows = tx.all(
        "SELECT f.ticket, f.mediator = ?1 AS mediates, t.status = 'declined' AS declined, f.talking, s.side"
        " FROM case_file f JOIN ticket t ON t.id = f.ticket"
        " LEFT JOIN case_side s ON s.ticket = f.ticket AND s.person = ?1"
        f" WHERE t.status IN ({_LIVE}, 'declined') AND (f.mediator = ?1 OR s.person = ?1) ORDER BY f.ticket DESC",
        person,
    )
    found = []
    for row in rows:
        if row["side"] is not None:
            talks = not row["declined"] and row["talking"] == row["side"]
            found.append(Part(row["ticket"], False, talks))
        if row["mediates"] and not row["declined"]:
            found.append(Part(row["ticket"], True, bool(row["talking"])))
    return found


def _numbers(tx: Transaction, where: str, *values: Any, statuses: str = _LIVE) -> list[int]:
    rows = tx.all(
        "SELECT f.ticket FROM case_file f JOIN ticket t ON t.id = f.ticket"
        f" WHERE t.status IN ({statuses}) AND {where} ORDER BY f.ticket DESC",
        *values,
    )
    return [row["ticket"] for row in rows]


def live(tx: Transaction) -> list[int]:
    """The numbers of all that goes on."""
    return [
        row["id"] for row in tx.all(f"SELECT id FROM ticket WHERE life = 'case' AND status IN ({_LIVE}) ORDER BY id")
    ]


def late(tx: Transaction, now: datetime) -> int:
    """How many wait for a mediator longer than was promised."""
    sql = "SELECT count(*) AS n FROM ticket WHERE life = 'case' AND status = 'filed' AND promised_at <= ?"
    row = tx.one(sql, millis(now))
    return int(row["n"]) if row else 0
