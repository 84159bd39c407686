"""One-time codes that give a role: used once, run out, and closed for a while to whoever guesses."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from storage.database import Transaction, millis
from storage.people import give_role

VALID = timedelta(days=7)
"""How long a code may be used."""
WRONG, WITHIN = 5, timedelta(hours=1)
"""So many wrong codes of one person within this time, and none is looked at, right or wrong."""


def digest(code: str) -> str:
    """What is stored of a code."""
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


def invite(tx: Transaction, code: str, role: str, now: datetime) -> None:
    """Keep a one-time code; only its hash is stored."""
    tx.run(
        "INSERT INTO invitation (code, role, made_at, expires_at) VALUES (?, ?, ?, ?)",
        digest(code),
        role,
        millis(now),
        millis(now + VALID),
    )


def is_guessing(tx: Transaction, person: int, now: datetime) -> bool:
    """Whether somebody sent too many wrong codes lately."""
    row = tx.one("SELECT count(*) AS n FROM attempt WHERE person = ? AND at > ?", person, millis(now - WITHIN))
    return row is not None and int(row["n"]) >= WRONG


def redeem(tx: Transaction, code: str, person: int, now: datetime) -> str | None:
    """Use a code once; returns the role it gave, or None, and then the attempt is counted."""
    row = tx.one(
        "UPDATE invitation SET used_at = ?, used_by = ? WHERE code = ? AND used_at IS NULL"
        " AND (expires_at IS NULL OR expires_at > ?) RETURNING role",
        millis(now),
        person,
        digest(code),
        millis(now),
    )
    if row is None:
        tx.run("INSERT INTO attempt (person, at) VALUES (?, ?)", person, millis(now))
        return None
    give_role(tx, person, row["role"], now)
    return str(row["role"])


def forget_attempts(tx: Transaction, before: datetime) -> None:
    """Wrong codes count for an hour; older ones are nobody's business."""
    tx.run("DELETE FROM attempt WHERE at < ?", millis(before))
