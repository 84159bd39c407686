"""Forgetting a person: figures stay without them, everything they said and everything that leads to them goes.

What refers to a person or to their private chats is found in the schema, so a new table is covered on its first day:
a column that may be empty is emptied, a row that cannot be without the person is deleted. The person's number stays
as an empty row, so that it is never given to somebody else and an older backup can be cleaned by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from storage import cases, dialogues, families, households
from storage.database import Transaction, millis

PRIVATE: Mapping[str, Any] = {"object": "", "words": "", "slots": "{}", "code": "", "pictures": "[]"}
"""What is left of the private columns of a ticket."""
NOBODY: Mapping[str, Any] = {"reporter": None, "chat": None}


def forget(tx: Transaction, person: int, now: datetime) -> list[str]:
    """Erase a person; returns the names of their pictures. Erasing twice changes nothing."""
    chats = tuple(row["id"] for row in tx.all("SELECT id FROM chat WHERE person = ? AND kind = 'private'", person))
    _let_go(tx, person)
    cases.forget(tx, person)
    files = _cut_words(tx, person)
    files += _forget_tickets(tx, [row["id"] for row in tx.all("SELECT id FROM ticket WHERE reporter = ?", person)])
    files += _forget_tickets(tx, _doors(tx, person), nobody={})
    _unjoin(tx, person)
    cases.forget(tx, person)
    files += _forms(tx, person, chats)
    households.forget(tx, person)
    for link in families.links_of(tx, person):
        families.unlink(tx, *link)
    for chat in chats:
        _loosen(tx, "chat", chat)
        tx.run("DELETE FROM chat WHERE id = ?", chat)
    _loosen(tx, "person", person)
    tx.run(
        "UPDATE person SET name = '', phone = '', home = NULL, consent_at = NULL, consent_version = NULL, reachable = 0,"
        " starter_told_at = NULL, created_at = 0, state = '', state_at = NULL, erased_at = coalesce(erased_at, ?) WHERE id = ?",
        millis(now),
        person,
    )
    return sorted(set(files))


def is_erased(tx: Transaction, person: int) -> bool:
    """Whether nothing but the number is left; True for a number nobody has."""
    row = tx.one("SELECT erased_at FROM person WHERE id = ?", person)
    return row is None or row["erased_at"] is not None


def _loosen(tx: Transaction, table: str, number: int) -> None:
    """Empty or delete whatever refers to a row of ``person`` or ``chat``."""
    for name, column, needed in _references(tx, table):
        if needed:
            tx.run(f"DELETE FROM {name} WHERE {column} = ?", number)
        else:
            tx.run(f"UPDATE {name} SET {column} = NULL WHERE {column} = ?", number)


def _references(tx: Transaction, table: str) -> list[tuple[str, str, bool]]:
    """Table, column and whether it must hold something, of everything that refers to a table (the schema is SQLite's)."""
    rows = tx.all(
        'SELECT m.name AS name, f."from" AS field, c."notnull" OR c.pk > 0 AS needed FROM sqlite_master m'
        ' JOIN pragma_foreign_key_list(m.name) f JOIN pragma_table_info(m.name) c ON c.name = f."from"'
        " WHERE m.type = 'table' AND f.\"table\" = ? ORDER BY m.name DESC",
        table,
    )
    return [(row["name"], row["field"], bool(row["needed"])) for row in rows]


# ---------------------------------------------------------------- tickets


def _doors(tx: Transaction, person: int) -> list[int]:
    """Tickets that somebody else opened about this person: behind their door, or about what they asked for."""
    rows = tx.all("SELECT t.id FROM ticket t JOIN incident i ON i.id = t.id WHERE i.person = ?", person)
    return [row["id"] for row in rows]


def accounts(tx: Transaction, person: int) -> list[tuple[str, str]]:
    """Channel and account of everything they are known by."""
    rows = tx.all("SELECT channel, account FROM account WHERE person = ?", person)
    return [(row["channel"], row["account"]) for row in rows]


def _forget_tickets(tx: Transaction, numbers: Iterable[int], nobody: Mapping[str, Any] = NOBODY) -> list[str]:
    """Blank these tickets; category, times, building and rating stay, as figures. Returns their pictures and recordings."""
    files: list[str] = []
    for number in numbers:
        slots = tx.one("SELECT slots FROM ticket WHERE id = ?", number)
        files.append(str(json.loads(slots["slots"]).get("sound", "")) if slots else "")
        files += blank(tx, number, {**PRIVATE, **nobody}, coarse=True)
        tx.run("DELETE FROM question WHERE ticket = ?", number)
        tx.run("DELETE FROM relay WHERE ticket = ?", number)
        tx.run(
            "UPDATE outbox SET content = NULL, state = 'failed' WHERE about = ? AND state = 'pending'"
            " AND (key IS NULL OR key LIKE 'alert:%')",
            number,
        )
    return files


def blank(tx: Transaction, number: int, blanks: Mapping[str, Any], coarse: bool = False) -> list[str]:
    """Empty columns of a ticket and of its events, so that they still rebuild it; returns pictures that go."""
    row = tx.one("SELECT place, pictures FROM ticket WHERE id = ?", number)
    assert row is not None
    place = _coarse(row["place"]) if coarse else row["place"]
    settings = ", ".join(f"{name} = ?" for name in blanks)
    tx.run(f"UPDATE ticket SET {settings}, place = ? WHERE id = ?", *blanks.values(), place, number)
    for event in tx.all("SELECT id, changes FROM ticket_event WHERE ticket = ?", number):
        changes = json.loads(event["changes"])
        kept = {name: blanks.get(name, value) for name, value in changes.items()}
        if coarse and "place" in kept:
            kept["place"] = _coarse(kept["place"])
        _rewrite(tx, event["id"], kept)
    return list(json.loads(row["pictures"])) if "pictures" in blanks else []


def _coarse(place: str) -> str:
    """Of a place only the building is left."""
    building = json.loads(place).get("building")
    return json.dumps({"building": building} if building else {}, ensure_ascii=False)


def _rewrite(tx: Transaction, event: int, changes: dict[str, Any]) -> None:
    tx.run("UPDATE ticket_event SET changes = ? WHERE id = ?", json.dumps(changes, ensure_ascii=False), event)


def _let_go(tx: Transaction, person: int) -> None:
    """As a helper and as a filer they are nobody."""
    for row in tx.all("SELECT id, changes FROM ticket_event WHERE json_extract(changes, '$.owner') = ?", person):
        _rewrite(tx, row["id"], {**json.loads(row["changes"]), "owner": None})
    for row in tx.all("SELECT id, slots FROM ticket WHERE json_extract(slots, '$.filer') = ?", str(person)):
        _drop_filer(tx, row["id"])


def _drop_filer(tx: Transaction, number: int) -> None:
    """Who filed it for somebody else is forgotten, in the ticket and in every event that says so."""
    tx.run("UPDATE ticket SET slots = json_remove(slots, '$.filer') WHERE id = ?", number)
    for row in tx.all("SELECT id, changes FROM ticket_event WHERE ticket = ?", number):
        changes = json.loads(row["changes"])
        if "slots" in changes:
            slots = {name: value for name, value in json.loads(changes["slots"]).items() if name != "filer"}
            _rewrite(tx, row["id"], {**changes, "slots": json.dumps(slots, ensure_ascii=False)})


def _unjoin(tx: Transaction, person: int) -> None:
    """They no longer wait beside others."""
    rows = tx.all("SELECT DISTINCT ticket FROM ticket_event WHERE action = 'join' AND actor = ?", person)
    for row in rows:
        for event in tx.all("SELECT id, changes FROM ticket_event WHERE ticket = ?", row["ticket"]):
            changes = json.loads(event["changes"])
            if "joined" in changes:
                _rewrite(tx, event["id"], {**changes, "joined": _without(changes["joined"], person)})
        joined = tx.one("SELECT joined FROM ticket WHERE id = ?", row["ticket"])
        assert joined is not None
        tx.run("UPDATE ticket SET joined = ? WHERE id = ?", _without(joined["joined"], person), row["ticket"])


def _without(joined: str, person: int) -> str:
    return json.dumps([number for number in json.loads(joined) if number != person])


def _cut_words(tx: Transaction, person: int) -> list[str]:
    """What they added to somebody else's ticket is cut out of it; returns pictures that go."""
    rows = tx.all(
        "SELECT DISTINCT t.id FROM ticket t JOIN ticket_event e ON e.ticket = t.id WHERE e.actor = ?"
        " AND t.reporter IS NOT ? AND (json_extract(e.changes, '$.words') IS NOT NULL"
        " OR json_extract(e.changes, '$.pictures') IS NOT NULL)",
        person,
        person,
    )
    return [file for row in rows for file in _cut(tx, row["id"], person)]


def _cut(tx: Transaction, number: int, person: int) -> list[str]:
    """Fold words and pictures again without the pieces this person added; returns pictures that go."""
    before, words, theirs = "", "", set[str]()
    shown: list[str] = []
    for event in tx.all("SELECT id, actor, changes FROM ticket_event WHERE ticket = ? ORDER BY id", number):
        changes, own = json.loads(event["changes"]), event["actor"] == person
        if "words" in changes:
            said = str(changes["words"])
            added = said.removeprefix(before) if before else said
            words = words if own else (words if said.startswith(before) else "") + added
            before, changes["words"] = said, words
        if "pictures" in changes:
            files = json.loads(changes["pictures"])
            theirs |= {file for file in files if own and file not in shown}
            shown = files
            changes["pictures"] = json.dumps([file for file in files if file not in theirs], ensure_ascii=False)
        _rewrite(tx, event["id"], changes)
    left = json.dumps([file for file in shown if file not in theirs], ensure_ascii=False)
    tx.run("UPDATE ticket SET words = ?, pictures = ? WHERE id = ?", words, left, number)
    return sorted(theirs)


# ---------------------------------------------------------------- what is under way


def _forms(tx: Transaction, person: int, chats: tuple[int, ...]) -> list[str]:
    """Open forms, questions, unsent messages and stored events; returns the pictures among them."""
    files: list[str] = []
    for row in tx.all("SELECT state FROM dialogue WHERE person = ?", person):
        files += dialogues.pictures(row["state"])
    for row in tx.all("SELECT data FROM question WHERE person = ?", person):
        files += str(json.loads(row["data"]).get("file", "")).split("|")
    theirs = set(accounts(tx, person))
    for row in tx.all("SELECT id, payload FROM inbox WHERE payload IS NOT NULL"):
        event = json.loads(row["payload"])
        if (event["origin"]["channel"], event["origin"]["account"]) in theirs:
            files += [str(event.get("file", "")), str(event.get("sound", "")), *map(str, event.get("others", ()))]
            tx.run("UPDATE inbox SET payload = NULL, state = 'done' WHERE id = ?", row["id"])
    for chat in chats:
        tx.run("DELETE FROM agenda WHERE ticket IS NULL AND (chat = ? OR person = ?)", chat, person)
        tx.run(
            "UPDATE inbox SET lane = '', payload = NULL, state = 'done'"
            " WHERE lane = (SELECT channel || ':' || address FROM chat WHERE id = ?)",
            chat,
        )
    return [file for file in files if file]
