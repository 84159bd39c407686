"""People, accounts, chats and roles."""

from __future__ import annotations

import json
from datetime import datetime

from models.meaning import PlaceExpression
from models.people import Chat, Person
from models.places import decode_place, encode_place
from storage.database import Row, Transaction, millis


def arrive(
    tx: Transaction, channel: str, address: str, account: str, private: bool, name: str, now: datetime
) -> tuple[Chat, Person]:
    """The chat and the person behind a platform's ids; both are made at first contact."""
    if (known_both := known_at(tx, channel, address, account)) is not None:
        return known_both
    person = _person_of_account(tx, channel, account) or _new_person(tx, channel, account, name, now)
    chat = chat_at(tx, channel, address)
    if chat is None:
        chat = add_chat(tx, channel, address, "private" if private else "group", person if private else None)
    return chat, get(tx, person)


def known_at(tx: Transaction, channel: str, address: str, account: str) -> tuple[Chat, Person] | None:
    """Chat and person where both are known, in one read."""
    row = tx.one(
        f"SELECT {_PERSON}, c.id AS at, c.channel, c.address, c.kind, c.queue, c.person, c.gone FROM chat c"
        " JOIN account a ON a.channel = c.channel AND a.account = ? JOIN person p ON p.id = a.person"
        " WHERE c.channel = ? AND c.address = ?",
        account,
        channel,
        address,
    )
    if row is None:
        return None
    here = Chat(row["at"], row["channel"], row["address"], row["kind"], row["queue"], row["person"], bool(row["gone"]))
    return here, _person(row)


def _person_of_account(tx: Transaction, channel: str, account: str) -> int | None:
    row = tx.one("SELECT person FROM account WHERE channel = ? AND account = ?", channel, account)
    return row["person"] if row else None


def _new_person(tx: Transaction, channel: str, account: str, name: str, now: datetime) -> int:
    row = tx.one("INSERT INTO person (name, created_at) VALUES (?, ?) RETURNING id", (name or "")[:40], millis(now))
    assert row is not None
    tx.run("INSERT INTO account (channel, account, person) VALUES (?, ?, ?)", channel, account, row["id"])
    return int(row["id"])


def add_chat(
    tx: Transaction, channel: str, address: str, kind: str, person: int | None = None, queue: str | None = None
) -> Chat:
    """Write down a chat, or give the one at this address another queue."""
    row = tx.one(
        "INSERT INTO chat (channel, address, kind, queue, person) VALUES (?, ?, ?, ?, ?) ON CONFLICT (channel, address)"
        " DO UPDATE SET queue = coalesce(excluded.queue, chat.queue), gone = 0"
        " RETURNING id, channel, address, kind, queue, person",
        channel,
        address,
        kind,
        queue,
        person,
    )
    assert row is not None
    return Chat(**dict(row))


_CHAT = "SELECT id, channel, address, kind, queue, person FROM chat"


def chat_at(tx: Transaction, channel: str, address: str) -> Chat | None:
    """The chat at a platform's address."""
    row = tx.one(f"{_CHAT} WHERE channel = ? AND address = ?", channel, address)
    return Chat(**dict(row)) if row else None


def chat(tx: Transaction, number: int) -> Chat:
    """A chat by its number; raises ``KeyError``."""
    row = tx.one(f"{_CHAT} WHERE id = ?", number)
    if row is None:
        raise KeyError(number)
    return Chat(**dict(row))


def group_of(tx: Transaction, queue: str) -> Chat | None:
    """The group that serves a queue."""
    row = tx.one(f"{_CHAT} WHERE queue = ? AND kind = 'group' AND gone = 0 ORDER BY id DESC LIMIT 1", queue)
    return Chat(**dict(row)) if row else None


def bind_group(tx: Transaction, number: int, queue: str | None) -> None:
    """Say what a group serves; another group serves it no longer."""
    tx.run("UPDATE chat SET queue = NULL WHERE queue = ? AND id <> ?", queue, number)
    tx.run("UPDATE chat SET queue = ?, gone = 0 WHERE id = ?", queue, number)


def move_chat(tx: Transaction, chat: Chat, address: str) -> None:
    """A group got another address; told twice, it moves once."""
    there = chat_at(tx, chat.channel, address)
    if there is None:
        tx.run("UPDATE chat SET address = ? WHERE id = ?", address, chat.id)
    elif there.id != chat.id:
        tx.run("UPDATE chat SET queue = NULL, gone = 1 WHERE id = ?", chat.id)
        tx.run("UPDATE chat SET queue = coalesce(queue, ?), gone = 0 WHERE id = ?", chat.queue, there.id)


def mark_gone(tx: Transaction, number: int, gone: bool = True) -> None:
    """The bot is no longer (or again) in this chat."""
    tx.run("UPDATE chat SET gone = ? WHERE id = ?", int(gone), number)
    tx.run("UPDATE person SET reachable = ? WHERE id = (SELECT person FROM chat WHERE id = ?)", int(not gone), number)


_PERSON = (
    "p.id, p.name, p.phone, p.home, p.consent_at, p.reachable, p.state,"
    " (SELECT group_concat(role) FROM role WHERE person = p.id) AS roles,"
    " (SELECT json_group_array(home) FROM former_home WHERE person = p.id) AS former,"
    " (SELECT max(id) FROM chat WHERE person = p.id AND kind = 'private' AND gone = 0) AS chat"
)


def get(tx: Transaction, number: int) -> Person:
    """A person with their roles and private chat; raises ``KeyError``."""
    row = tx.one(f"SELECT {_PERSON} FROM person p WHERE p.id = ?", number)
    if row is None:
        raise KeyError(number)
    return _person(row)


def _person(row: Row) -> Person:
    return Person(
        row["id"],
        row["name"],
        row["phone"],
        decode_place(row["home"]) if row["home"] else None,
        frozenset((row["roles"] or "").split(",")) - {""},
        row["chat"],
        row["consent_at"] is not None,
        bool(row["reachable"]),
        tuple(decode_place(home) for home in json.loads(row["former"])),
        row["state"],
    )


def with_role(tx: Transaction, role: str) -> list[Person]:
    """Everybody who holds a role."""
    return [get(tx, row["person"]) for row in tx.all("SELECT person FROM role WHERE role = ? ORDER BY person", role)]


def count(tx: Transaction) -> int:
    """How many people are known."""
    row = tx.one("SELECT count(*) AS people FROM person WHERE erased_at IS NULL")
    assert row is not None
    return int(row["people"])


def called(tx: Transaction, name: str) -> list[Person]:
    """Everybody of this name."""
    return [
        get(tx, row["id"])
        for row in tx.all("SELECT id FROM person WHERE name = ? AND erased_at IS NULL ORDER BY id", name)
    ]


def change(
    tx: Transaction,
    number: int,
    *,
    name: str | None = None,
    phone: str | None = None,
    home: PlaceExpression | None = None,
    now: datetime | None = None,
) -> None:
    """Change what is known of a person; with ``now`` a mediator's home before is remembered for a while."""
    if home is not None and now is not None:
        tx.run(
            "INSERT INTO former_home (person, home, at) SELECT id, home, ? FROM person WHERE id = ? AND home IS NOT NULL"
            " AND home <> ? AND EXISTS (SELECT 1 FROM role WHERE person = ? AND role = 'mediator') ON CONFLICT DO NOTHING",
            millis(now),
            number,
            encode_place(home),
            number,
        )
    tx.run(
        "UPDATE person SET name = coalesce(?, name), phone = coalesce(?, phone), home = coalesce(?, home) WHERE id = ?",
        name,
        phone,
        encode_place(home) if home else None,
        number,
    )


def consent(tx: Transaction, number: int, version: str, now: datetime) -> None:
    """Write down that the person was told and went on."""
    tx.run("UPDATE person SET consent_at = ?, consent_version = ? WHERE id = ?", millis(now), version, number)


def told_starter(tx: Transaction, number: int, now: datetime) -> bool:
    """Write down that the person hears of the starter model now; False when they heard of it before."""
    sql = "UPDATE person SET starter_told_at = ? WHERE id = ? AND starter_told_at IS NULL RETURNING id"
    return tx.one(sql, millis(now), number) is not None


def give_role(tx: Transaction, number: int, role: str, now: datetime) -> None:
    """Give somebody a role."""
    tx.run(
        "INSERT INTO role (person, role, given_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", number, role, millis(now)
    )


def take_role(tx: Transaction, number: int, role: str) -> bool:
    """Take a role back; False when they do not hold it."""
    return tx.run("DELETE FROM role WHERE person = ? AND role = ?", number, role) > 0


def known(tx: Transaction, channel: str, account: str) -> Person | None:
    """The person behind an account, if they were here before."""
    number = _person_of_account(tx, channel, account)
    return get(tx, number) if number is not None else None


def is_gone(tx: Transaction, number: int) -> bool:
    """Whether a chat is known to be out of reach."""
    row = tx.one("SELECT gone FROM chat WHERE id = ?", number)
    return bool(row and row["gone"])


def group_addresses(tx: Transaction, channel: str) -> list[str]:
    """The addresses of the groups that serve a queue on a channel."""
    rows = tx.all(
        "SELECT address FROM chat WHERE channel = ? AND kind = 'group' AND queue IS NOT NULL AND gone = 0", channel
    )
    return [row["address"] for row in rows]


def named_in(tx: Transaction, text: str) -> list[int]:
    """Everybody whose name stands in a text."""
    sql = "SELECT id FROM person WHERE length(name) > 1 AND erased_at IS NULL AND instr(?, name) > 0 ORDER BY id"
    return [row["id"] for row in tx.all(sql, text)]
