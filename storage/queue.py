"""The outbox and the agenda: messages stored before they are sent, work due at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from models.events import Due
from models.outgoing import CLASSES, Button, Card, Make, Outgoing, Rows, Say
from storage.database import Row, Transaction, millis, moment

# ---------------------------------------------------------------- outbox


@dataclass(frozen=True)
class Pending:
    """A message on its way out."""

    id: int
    chat: int
    channel: str
    address: str
    group: bool
    kind: str
    rank: int
    content: Mapping[str, Any]
    version: int
    attempts: int
    message: str | None
    """The message to edit, if the card was sent before."""
    key: str | None

    @property
    def buttons(self) -> Rows:
        """The buttons, row by row."""
        return tuple(tuple(Button(**button) for button in row) for row in self.content.get("buttons", ()))


_PENDING = (
    "SELECT o.id, o.chat, c.channel, c.address, c.kind = 'group' AS in_group, o.kind, o.rank, o.content, o.version,"
    " o.attempts, o.message, o.key FROM outbox o JOIN chat c ON c.id = o.chat WHERE o.state = 'pending'"
)


def put(tx: Transaction, outgoing: Outgoing, now: datetime) -> int:
    """Store a message to be sent; a card replaces what waits under its key. Returns its id."""
    key = outgoing.key if isinstance(outgoing, Card) else None
    content = json.dumps(_content(outgoing), ensure_ascii=False)
    rank = CLASSES.index(outgoing.kind)
    about = None if isinstance(outgoing, Make) else outgoing.about
    asserts = json.dumps(() if isinstance(outgoing, Make) else outgoing.asserts)
    row = tx.one(
        "INSERT INTO outbox (chat, key, kind, rank, about, content, at, asserts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (chat, key) WHERE key IS NOT NULL DO UPDATE SET content = excluded.content,"
        " version = outbox.version + 1, state = 'pending', attempts = 0, kind = excluded.kind, rank = excluded.rank,"
        " asserts = excluded.asserts RETURNING id",
        outgoing.chat,
        key,
        outgoing.kind,
        rank,
        about,
        content,
        millis(now),
        asserts,
    )
    assert row is not None
    return int(row["id"])


def _content(outgoing: Outgoing) -> dict[str, Any]:
    """What is kept of a message until it is sent."""
    if isinstance(outgoing, Make):
        return {"task": outgoing.task, "arguments": dict(outgoing.arguments)}
    content: dict[str, Any] = {"text": outgoing.text}
    if outgoing.buttons:
        content["buttons"] = [[asdict(button) for button in row] for row in outgoing.buttons]
    if isinstance(outgoing, Say) and outgoing.file:
        content["file"] = outgoing.file
    if isinstance(outgoing, Say) and outgoing.menu:
        content["menu"] = True
    if isinstance(outgoing, Card) and outgoing.anew:
        content["anew"] = True
    return content


def pending(tx: Transaction, ids: Iterable[int] | None = None) -> list[Pending]:
    """Messages not yet sent: all of them, or those with these ids."""
    if ids is None:
        rows = tx.all(f"{_PENDING} ORDER BY o.id")
    else:
        wanted = list(ids)
        rows = tx.all(f"{_PENDING} AND o.id IN ({','.join('?' * len(wanted))}) ORDER BY o.id", *wanted)
    return [_pending(row) for row in rows]


def _pending(row: Row) -> Pending:
    return Pending(
        row["id"],
        row["chat"],
        row["channel"],
        row["address"],
        bool(row["in_group"]),
        row["kind"],
        row["rank"],
        json.loads(row["content"]),
        row["version"],
        row["attempts"],
        row["message"],
        row["key"],
    )


def sent(tx: Transaction, outgoing: int, version: int, message: str) -> None:
    """Mark a message sent and forget its text; a card that was changed meanwhile stays pending."""
    if tx.run("DELETE FROM outbox WHERE id = ? AND key IS NULL AND about IS NULL AND version = ?", outgoing, version):
        return
    tx.run(
        "UPDATE outbox SET message = ?, state = CASE WHEN version = ? THEN 'sent' ELSE state END,"
        " content = CASE WHEN version = ? THEN NULL ELSE content END WHERE id = ?",
        message,
        version,
        version,
        outgoing,
    )


def sent_all(tx: Transaction, marks: Iterable[tuple[int, int, str]]) -> None:
    """Mark several messages sent: id, version and the channel's id of each."""
    for mark in marks:
        sent(tx, *mark)


def give_up(tx: Transaction, outgoing: int) -> None:
    """This message will never arrive; its text is forgotten."""
    tx.run("UPDATE outbox SET state = 'failed', content = NULL WHERE id = ?", outgoing)


def withdraw(tx: Transaction, person: int) -> None:
    """Nothing that still waits is sent to somebody any more, but what is about danger."""
    tx.run(
        "UPDATE outbox SET content = NULL, state = 'failed' WHERE state = 'pending' AND kind <> 'emergency'"
        " AND chat IN (SELECT id FROM chat WHERE person = ? AND kind = 'private')",
        person,
    )


def chats_with(tx: Transaction, key: str) -> list[int]:
    """The chats in which a card with this key was put up."""
    return [row["chat"] for row in tx.all("SELECT chat FROM outbox WHERE key = ? ORDER BY id", key)]


def ticket_of_message(tx: Transaction, chat: int, message: str) -> int | None:
    """The ticket a message in a chat spoke of."""
    row = tx.one("SELECT about FROM outbox WHERE chat = ? AND message = ? ORDER BY id DESC LIMIT 1", chat, message)
    return row["about"] if row else None


# ---------------------------------------------------------------- agenda


def schedule(
    tx: Transaction,
    key: str,
    at: datetime,
    kind: str,
    *,
    chat: int | None = None,
    person: int | None = None,
    ticket: int | None = None,
    **data: Any,
) -> None:
    """Write down what is due; the same key is moved."""
    tx.run(
        "INSERT INTO agenda (key, at, kind, chat, person, ticket, data) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET at = excluded.at, data = excluded.data, chat = excluded.chat, attempts = 0",
        key,
        millis(at),
        kind,
        chat,
        person,
        ticket,
        json.dumps(data, ensure_ascii=False),
    )


def is_scheduled(tx: Transaction, key: str) -> bool:
    """Whether a row of this key is on the agenda."""
    return tx.one("SELECT 1 FROM agenda WHERE key = ?", key) is not None


def scheduled_at(tx: Transaction, key: str) -> datetime | None:
    """When a row of this key falls due; None where there is none."""
    row = tx.one("SELECT at FROM agenda WHERE key = ?", key)
    return moment(row["at"]) if row else None


def drop(tx: Transaction, key: str) -> bool:
    """Take a row off the agenda; False when it was not there."""
    return tx.run("DELETE FROM agenda WHERE key = ?", key) > 0


def due(tx: Transaction, now: datetime, limit: int = 500) -> list[tuple[Due, str]]:
    """What is due, oldest first, each with the lane of its chat."""
    rows = tx.all(
        "SELECT a.key, a.at, a.kind, a.chat, a.person, a.ticket, a.data, coalesce(c.channel || ':' || c.address, 'clock')"
        " AS lane FROM agenda a LEFT JOIN chat c ON c.id = a.chat WHERE a.at <= ? ORDER BY a.at, a.key LIMIT ?",
        millis(now),
        limit,
    )
    return [(_due(row), row["lane"]) for row in rows]


def _due(row: Row) -> Due:
    return Due(
        row["key"], moment(row["at"]), row["kind"], row["chat"], row["person"], row["ticket"], json.loads(row["data"])
    )


def next_due(tx: Transaction) -> datetime | None:
    """When something is due next."""
    row = tx.one("SELECT min(at) AS at FROM agenda")
    return moment(row["at"]) if row and row["at"] is not None else None


def take(tx: Transaction, entry: Due) -> bool:
    """Take exactly this occurrence; False when it was moved, dropped or done meanwhile."""
    return tx.run("DELETE FROM agenda WHERE key = ? AND at = ?", entry.key, millis(entry.at)) > 0


def failed_due(tx: Transaction, entry: Due) -> int:
    """Count a failure of an agenda row; the third takes it away. Returns the attempts."""
    row = tx.one("UPDATE agenda SET attempts = attempts + 1 WHERE key = ? RETURNING attempts", entry.key)
    attempts = int(row["attempts"]) if row else 3
    if attempts >= 3:
        drop(tx, entry.key)
    return attempts
