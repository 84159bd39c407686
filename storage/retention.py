"""What grew old is forgotten: words, conversations and pictures of what is closed, and stored keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from storage import cases, dialogues, spent
from storage.database import Transaction, millis
from storage.erasure import PRIVATE, blank
from storage.families import forget_codes
from storage.invitations import WITHIN, forget_attempts

_CLOSED = (
    "SELECT t.id FROM ticket t WHERE t.status NOT IN ('open', 'accepted', 'enroute', 'onhold')"
    " AND (SELECT max(at) FROM ticket_event WHERE ticket = t.id) < ?"
)
_KINDS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "pictures": ("t.pictures <> '[]'", {"pictures": "[]"}),
    "words": ("t.flow <> 'desk' AND (t.words <> '' OR t.object <> '')", PRIVATE),
    "relay": ("t.flow = 'desk' AND (t.words <> '' OR t.object <> '')", PRIVATE),
}
"""Kind of data → which tickets still have it, and what is emptied."""

MOVED = 180
"""Days for which a mediator's home before still bars the neighbours there."""
ASIDE = 7
"""Days for which an event that was put aside keeps its words; the desk's ticket has them too."""


STEP = 200
"""Tickets of a kind that are emptied in one transaction: nobody waits long for it, and memory holds little of them."""


def expire(tx: Transaction, days: Mapping[str, int], now: datetime) -> bool:
    """Forget what is older than its days, 0 keeps for ever; returns whether there is more of it for another step."""
    more = any([_empty(tx, kind, _before(now, days[kind])) == STEP for kind in _KINDS if days[kind]])
    if days["words"]:
        tx.run("DELETE FROM nickname WHERE at < ?", _before(now, days["words"]))
    if days["readings"]:
        tx.run("DELETE FROM reading WHERE at < ?", _before(now, days["readings"]))
    forget_attempts(tx, now - WITHIN)
    tx.run("DELETE FROM former_home WHERE at < ?", _before(now, MOVED))
    spent.forget(tx, now - timedelta(days=8))
    forget_codes(tx, now)
    if days["relay"]:
        cases.expire(tx, _before(now, days["relay"]))
    if days["words"]:
        tx.run("DELETE FROM other WHERE at < ?", _before(now, days["words"]))
    if days["cases"]:
        cases.expire(tx, _before(now, days["cases"]))
    tx.run("UPDATE inbox SET payload = NULL WHERE state = 'aside' AND at < ?", _before(now, ASIDE))
    if days["keys"]:
        tx.run(
            "DELETE FROM inbox WHERE state IN ('done', 'aside') AND payload IS NULL AND at < ?",
            _before(now, days["keys"]),
        )
    return more


def _empty(tx: Transaction, kind: str, before: int) -> int:
    """One step of a kind of data; returns how many tickets it took."""
    has, blanks = _KINDS[kind]
    rows = tx.all(f"{_CLOSED} AND {has} LIMIT {STEP}", before)
    for row in rows:
        blank(tx, row["id"], blanks)
    return len(rows)


def _before(now: datetime, days: int) -> int:
    return millis(now - timedelta(days=days))


def pictures(tx: Transaction) -> set[str]:
    """The names of all pictures that somebody may still need."""
    names: set[str] = set()
    for row in tx.all("SELECT pictures FROM ticket WHERE pictures <> '[]'"):
        names |= set(json.loads(row["pictures"]))
    for row in tx.all("SELECT state FROM dialogue"):
        names |= set(dialogues.pictures(row["state"]))
    for column, table in (("data", "question"), ("payload", "inbox")):
        for row in tx.all(f"SELECT {column} AS text FROM {table} WHERE {column} IS NOT NULL"):
            names |= set(str(json.loads(row["text"]).get("file", "")).split("|"))
    return names - {""}
