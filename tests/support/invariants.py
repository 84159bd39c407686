"""What holds of every database, whatever happened: looked after, rebuilt from events; and words that must reach no group."""

from __future__ import annotations

from storage import tickets
from storage.database import Transaction


def unattended(tx: Transaction) -> list[int]:
    """Open tickets without a next time, or with neither queue nor owner."""
    scheduled = {row["ticket"] for row in tx.all("SELECT ticket FROM agenda WHERE ticket IS NOT NULL")}
    return [t.id for t in tickets.open_in(tx) if t.id not in scheduled or not (t.queue or t.owner)]


def unequal(tx: Transaction) -> list[int]:
    """Tickets that their events do not rebuild."""
    return [number for number in tickets.numbers(tx) if tickets.rebuild(tx, number) != tickets.get(tx, number)]


CANARIES = {"name": "金丝雀娜美", "phone": "13912345678", "room": "6099", "words": "绿毛鹦鹉", "user": "canary_user"}
