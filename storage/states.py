"""How the life of somebody stands: here, in hospital, away, moved, deceased; and who can be reached by that."""

from __future__ import annotations

from datetime import datetime

from storage.database import Transaction, millis


def set_state(tx: Transaction, number: int, state: str, now: datetime) -> None:
    """How somebody's life stands from now on; empty when they are here."""
    tx.run("UPDATE person SET state = ?, state_at = ? WHERE id = ?", state, millis(now), number)


def reach(tx: Transaction, number: int) -> tuple[bool, str]:
    """Whether a chat is gone, and how the life of whom it belongs to stands."""
    row = tx.one("SELECT c.gone, p.state FROM chat c LEFT JOIN person p ON p.id = c.person WHERE c.id = ?", number)
    return (bool(row["gone"]), row["state"] or "") if row else (False, "")
