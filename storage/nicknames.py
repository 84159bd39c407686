"""Names that neighbours have for places, each learned once; the community's own gazetteer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from storage.database import Transaction, millis


def learn(tx: Transaction, name: str, place: str, person: int, now: datetime) -> None:
    """Keep what a name means; a later explanation replaces an earlier one."""
    tx.run(
        "INSERT INTO nickname (name, place, person, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET place = excluded.place, person = excluded.person, at = excluded.at",
        name,
        place,
        person,
        millis(now),
    )


def used(tx: Transaction, words: str, now: datetime) -> None:
    """A name was said again: it is not forgotten for being old."""
    tx.run("UPDATE nickname SET at = ? WHERE instr(?, name) > 0", millis(now), words)


def learned(tx: Transaction) -> Mapping[str, str]:
    """Name → what it means."""
    return {row["name"]: row["place"] for row in tx.all("SELECT name, place FROM nickname ORDER BY name")}
