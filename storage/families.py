"""Families: one-time codes bound to a resident, and who may be told when that resident is in danger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage import incidents, people
from storage.database import Transaction, millis
from storage.invitations import VALID, digest


@dataclass(frozen=True)
class FamilyCode:
    """What a code that may still be used is good for."""

    person: int
    """The resident whose relative it makes."""
    made_by: int | None
    """Who asked for it; None when that person was erased."""

    @property
    def is_own(self) -> bool:
        """Whether the resident asked for it: then their word is given already."""
        return self.made_by == self.person


def invite(tx: Transaction, code: str, person: int, by: int, now: datetime) -> None:
    """Keep a one-time code for a relative of this resident; only its hash is stored."""
    tx.run(
        "INSERT INTO family_code (code, person, made_by, made_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        digest(code),
        person,
        by,
        millis(now),
        millis(now + VALID),
    )


def look(tx: Transaction, code: str, now: datetime) -> FamilyCode | None:
    """What a code is good for; None when there is none, or it was used, withdrawn or ran out."""
    row = tx.one(
        "SELECT person, made_by FROM family_code WHERE code = ? AND used_at IS NULL AND expires_at > ?",
        digest(code),
        millis(now),
    )
    return FamilyCode(row["person"], row["made_by"]) if row else None


def use(tx: Transaction, code: str, relative: int, now: datetime) -> None:
    """The code is used up."""
    tx.run("UPDATE family_code SET used_at = ?, used_by = ? WHERE code = ?", millis(now), relative, digest(code))


def withdraw(tx: Transaction, person: int) -> bool:
    """No code of this resident that is still out counts any more; returns whether there was one."""
    return bool(tx.all("DELETE FROM family_code WHERE person = ? AND used_at IS NULL RETURNING code", person))


def forget_codes(tx: Transaction, before: datetime) -> None:
    """Codes that ran out are nobody's business."""
    tx.run("DELETE FROM family_code WHERE expires_at < ?", millis(before))


def link(tx: Transaction, person: int, relative: int, now: datetime) -> None:
    """From now on this relative may be told."""
    incidents.add_kin(tx, person, relative, now)
    people.give_role(tx, relative, "family", now)


def unlink(tx: Transaction, person: int, relative: int) -> None:
    """This relative is told nothing any more; family of nobody is no family."""
    tx.run("DELETE FROM kin WHERE person = ? AND relative = ?", person, relative)
    if not cared_for(tx, relative):
        tx.run("DELETE FROM role WHERE person = ? AND role = 'family'", relative)


def cared_for(tx: Transaction, relative: int) -> list[int]:
    """Those whose relative somebody is."""
    return [row["person"] for row in tx.all("SELECT person FROM kin WHERE relative = ? ORDER BY person", relative)]


def links_of(tx: Transaction, person: int) -> list[tuple[int, int]]:
    """Resident and relative of every link somebody is in: their own relatives first."""
    own = [(person, relative) for relative in incidents.kin_of(tx, person)]
    return own + [(other, person) for other in cared_for(tx, person)]
