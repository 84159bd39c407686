"""The inbox: events are stored before they are confirmed, each once, and forgotten but for their key when they are done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from models.events import Received, decode, encode
from storage.database import Transaction, millis


@dataclass(frozen=True)
class Entry:
    """A stored event."""

    id: int
    lane: str
    attempts: int
    event: Received


def lane_of(event: Received) -> str:
    """The lane an event runs in: one per chat of a channel."""
    return f"{event.origin.channel}:{event.origin.chat}"


def _hash(event: Received) -> str:
    """Tells two events with one key apart: platforms restart their ids at random."""
    fields = json.loads(encode(event))
    for name in ("at", "name"):
        fields["origin"].pop(name)
    for name in ("file", "fault", "album", "others", "late"):
        fields.pop(name, None)
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def receive(tx: Transaction, events: Iterable[Received]) -> list[Entry]:
    """Store events; those seen before are left out of the answer."""
    return [entry for event in events if (entry := _receive(tx, event))]


def _receive(tx: Transaction, event: Received) -> Entry | None:
    row = tx.one(
        "INSERT INTO inbox (channel, key, hash, lane, at, payload, album) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING RETURNING id",
        event.origin.channel,
        event.origin.key,
        _hash(event),
        lane_of(event),
        millis(event.origin.at),
        encode(event),
        getattr(event, "album", "") or None,
    )
    return Entry(row["id"], lane_of(event), 0, event) if row else None


def storable(event: Received) -> Received:
    """The event without halves of characters, which no database takes."""
    text = encode(event)
    legible = text.encode("utf-8", "replace").decode()
    return event if legible == text else decode(legible)


def waiting(tx: Transaction) -> list[Entry]:
    """Events not yet done, oldest first."""
    rows = tx.all("SELECT id, lane, attempts, payload FROM inbox WHERE state IN ('new', 'heard') ORDER BY id")
    return [Entry(row["id"], row["lane"], row["attempts"], decode(row["payload"])) for row in rows]


def album(tx: Transaction, lane: str, name: str) -> list[Entry]:
    """The parts of an album that are not yet done, oldest first."""
    rows = tx.all(
        "SELECT id, lane, attempts, payload FROM inbox WHERE lane = ? AND album = ? AND state IN ('new', 'heard') ORDER BY id",
        lane,
        name,
    )
    return [Entry(row["id"], row["lane"], row["attempts"], decode(row["payload"])) for row in rows]


def album_is_done(tx: Transaction, lane: str, name: str) -> bool:
    """Whether a part of this album was handled before."""
    return tx.one("SELECT 1 FROM inbox WHERE lane = ? AND album = ? AND state = 'done' LIMIT 1", lane, name) is not None


def count_restart(tx: Transaction, begun: Collection[int]) -> None:
    """These were being worked when the last process ended, and one of them may have ended it: each counts an attempt."""
    for entry in begun:
        tx.run("UPDATE inbox SET attempts = attempts + 1 WHERE id = ? AND state IN ('new', 'heard')", entry)


def heard(tx: Transaction, entry: int, event: Received) -> None:
    """Keep what a voice note said, so that it is heard once only."""
    tx.run("UPDATE inbox SET state = 'heard', payload = ? WHERE id = ?", encode(event), entry)


def finish(tx: Transaction, entry: int) -> bool:
    """Mark an event done and forget what it said; False when it was done before."""
    return (
        tx.run("UPDATE inbox SET state = 'done', payload = NULL WHERE id = ? AND state IN ('new', 'heard')", entry) > 0
    )


def failed(tx: Transaction, entry: int) -> int:
    """Count a failure; returns the attempts so far."""
    row = tx.one("UPDATE inbox SET attempts = attempts + 1 WHERE id = ? RETURNING attempts", entry)
    return int(row["attempts"]) if row else 0


def set_aside(tx: Transaction, entry: int) -> Received | None:
    """Put an event aside for a person to look at; the event as it was stored last, None when it is not waiting any more."""
    row = tx.one("SELECT payload FROM inbox WHERE id = ? AND state IN ('new', 'heard')", entry)
    if row is None:
        return None
    tx.run("UPDATE inbox SET state = 'aside' WHERE id = ?", entry)
    return decode(row["payload"])
