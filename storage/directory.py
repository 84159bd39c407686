"""Who is behind which account: what the alarm lane keeps in memory."""

from __future__ import annotations

from storage.database import Row, Transaction


def accounts_of(tx: Transaction, *roles: str) -> list[tuple[str, str]]:
    """Channel and account of everybody who holds one of these roles."""
    marks = ",".join("?" * len(roles))
    rows = tx.all(
        f"SELECT channel, account FROM account WHERE person IN (SELECT person FROM role WHERE role IN ({marks}))",
        *roles,
    )
    return [(row["channel"], row["account"]) for row in rows]


def account_of(tx: Transaction, person: int | None) -> list[tuple[str, str]]:
    """Channel and account of one person."""
    rows = tx.all("SELECT channel, account FROM account WHERE person = ?", person)
    return [(row["channel"], row["account"]) for row in rows]


def directory(tx: Transaction) -> dict[tuple[str, str], Row]:
    """What an alert says of each known account: person, name, phone, home and whether to call first."""
    rows = tx.all(
        "SELECT a.channel, a.account, p.id, p.name, p.phone, p.home, c.person IS NOT NULL AS caution"
        " FROM account a JOIN person p ON p.id = a.person LEFT JOIN caution c ON c.person = p.id"
    )
    return {(row["channel"], row["account"]): row for row in rows}


def all_kin(tx: Transaction) -> dict[int, tuple[int, ...]]:
    """Every person's relatives."""
    found: dict[int, tuple[int, ...]] = {}
    for row in tx.all("SELECT person, relative FROM kin"):
        found[row["person"]] = (*found.get(row["person"], ()), row["relative"])
    return found
