"""How people want to be spoken to, and the recordings of a day that nobody could hear."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database import Row, Transaction, millis, moment

KEPT = timedelta(hours=24)
"""How long a recording that nobody could hear may be listened to."""


@dataclass(frozen=True)
class Habit:
    """How somebody wants to be spoken to."""

    aloud: bool = False
    private: bool = False
    """What may be of a quarrel is spoken too: it was asked for in the middle of one."""
    slow: bool = False
    loud: bool = False
    spoken: int = 0
    """Recordings in a row, without a typed line between."""
    asked: bool = False


@dataclass(frozen=True)
class Sent:
    """A text on its way to somebody who wants it spoken."""

    chat: int
    text: str
    kind: str
    person: int
    habit: Habit


@dataclass(frozen=True)
class Unheard:
    """A recording that nobody could hear."""

    person: int
    sound: str
    at: datetime


def habit(tx: Transaction, person: int) -> Habit:
    """What is remembered of a person; the usual for whoever never said anything about it."""
    row = tx.one("SELECT aloud, slow, loud, spoken, asked_at FROM voice WHERE person = ?", person)
    return _habit(row) if row else Habit()


def _habit(row: Row) -> Habit:
    aloud, slow, loud = row["aloud"], bool(row["slow"]), bool(row["loud"])
    return Habit(aloud > 0, aloud > 1, slow, loud, row["spoken"], row["asked_at"] is not None)


def remember(
    tx: Transaction, person: int, *, aloud: int | None = None, slow: int | None = None, loud: int | None = None
) -> None:
    """Write down what somebody asked for; what is None stays. ``aloud`` is 2 where it was asked for in a quarrel."""
    values = tuple(None if one is None else int(one) for one in (aloud, slow, loud))
    tx.run(
        "INSERT INTO voice (person, aloud, slow, loud) VALUES (?, coalesce(?, 0), coalesce(?, 0), coalesce(?, 0))"
        " ON CONFLICT (person) DO UPDATE SET aloud = coalesce(?, voice.aloud), slow = coalesce(?, voice.slow),"
        " loud = coalesce(?, voice.loud)",
        person,
        *values,
        *values,
    )


def spoke(tx: Transaction, person: int) -> int:
    """Count one more recording of a person; returns how many came in a row."""
    row = tx.one(
        "INSERT INTO voice (person, spoken) VALUES (?, 1)"
        " ON CONFLICT (person) DO UPDATE SET spoken = voice.spoken + 1 RETURNING spoken",
        person,
    )
    return int(row["spoken"]) if row else 0


def typed(tx: Transaction, person: int) -> None:
    """Somebody types after all."""
    tx.run("UPDATE voice SET spoken = 0 WHERE person = ?", person)


def asked(tx: Transaction, person: int, now: datetime) -> bool:
    """Write down that somebody is asked now; False when they were asked before."""
    return _once(tx, "asked_at", person, now)


def told(tx: Transaction, person: int, now: datetime) -> bool:
    """Write down that a manager hears of the starter model now; False when they heard of it before."""
    return _once(tx, "told_at", person, now)


def _once(tx: Transaction, column: str, person: int, now: datetime) -> bool:
    row = tx.one(
        f"INSERT INTO voice (person, {column}) VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET {column} = excluded.{column}"
        f" WHERE voice.{column} IS NULL RETURNING person",
        person,
        millis(now),
    )
    return row is not None


def to_speak(tx: Transaction, outgoing: Sequence[int], person: int) -> tuple[Habit, list[Sent]]:
    """What is remembered of the speaker, and of these messages the texts to people who want them spoken; one statement."""
    habits = "v.person, v.aloud, v.slow, v.loud, v.spoken, v.asked_at FROM"
    rows = tx.all(
        f"SELECT NULL AS id, NULL AS chat, NULL AS content, '' AS kind, {habits} voice v WHERE v.person = ?"
        f" UNION ALL SELECT o.id, o.chat, o.content, o.kind, {habits} outbox o"
        " JOIN chat c ON c.id = o.chat AND c.kind = 'private' JOIN voice v ON v.person = c.person AND v.aloud > 0"
        f" WHERE o.id IN ({', '.join('?' * len(outgoing))}) AND o.content IS NOT NULL ORDER BY 1",
        person,
        *outgoing,
    )
    speaker = next((_habit(row) for row in rows if row["id"] is None), Habit())
    found = [(row, json.loads(row["content"])) for row in rows if row["id"] is not None]
    texts = [
        Sent(row["chat"], content["text"], row["kind"], row["person"], _habit(row))
        for row, content in found
        if "text" in content and not content.get("file")
    ]
    return speaker, texts


def texts(tx: Transaction, outgoing: Sequence[int], chat: int) -> list[tuple[int, str, str]]:
    """Number, kind and text of those of these messages that go to a chat, in order."""
    rows = tx.all(
        f"SELECT id, kind, content FROM outbox WHERE chat = ? AND id IN ({', '.join('?' * len(outgoing))}) ORDER BY id",
        chat,
        *outgoing,
    )
    return [(row["id"], row["kind"], json.loads(row["content"] or "{}").get("text", "")) for row in rows]


def head(tx: Transaction, number: int, line: str) -> None:
    """Put a line at the head of a message that is not sent yet."""
    row = tx.one("SELECT content FROM outbox WHERE id = ?", number)
    content = json.loads(row["content"]) if row else {}
    told = json.dumps({**content, "text": f"{line}\n{content['text']}"}, ensure_ascii=False)
    tx.run("UPDATE outbox SET content = ? WHERE id = ?", told, number)


# ---------------------------------------------------------------- recordings


def keep(tx: Transaction, person: int, sound: str, now: datetime, counts: bool = True) -> None:
    """Write down a recording that nobody could hear; those older than a day are forgotten.

    One whose beginning was heard does not count among the failures of somebody.
    """
    tx.run("DELETE FROM unheard WHERE at < ?", millis(now - KEPT))
    tx.run(
        "INSERT INTO unheard (person, sound, at, told) VALUES (?, ?, ?, ?)", person, sound, millis(now), int(not counts)
    )


def since(tx: Transaction, at: datetime, person: int | None = None) -> list[Unheard]:
    """Recordings since a moment, oldest first: of everybody, or those of one person that no ticket tells of."""
    rows = tx.all(
        "SELECT person, sound, at FROM unheard WHERE at >= ?1 AND (?2 IS NULL OR (person = ?2 AND told = 0)) ORDER BY at, id",
        millis(at),
        person,
    )
    return [Unheard(row["person"], row["sound"], moment(row["at"])) for row in rows]


def ticketed(tx: Transaction, person: int) -> None:
    """The desk has a ticket of them: they are not counted a second time, but may still be listened to."""
    tx.run("UPDATE unheard SET told = 1 WHERE person = ?", person)
