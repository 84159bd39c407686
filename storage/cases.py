"""Mediation cases: the one module that touches what was said in them, and it asks everybody for their right.

A :class:`Right` is made from the database at this moment: the mediator of this case, who holds the role now, reads
everything, and every reading is written down; a party reads what they said themselves and what was agreed; the house
itself (clocks, buttons) sees who is to be told, never a word. Lists and counts, which hold numbers only, are in ``case_lists``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.cases import LIVE, File, Side, Word
from models.places import decode_place
from storage import people, readings
from storage.database import Row, Transaction, millis, moment

ROLE = "mediator"
_LIVE = ", ".join(f"'{status}'" for status in LIVE)
SAID = ("party", "topic", "wish")
"""Kinds of words that belong to the one who said them."""
AGREED = "deal"
"""What both may read."""


class NoRight(Exception):
    """Somebody reached for a case that is none of theirs."""


@dataclass(frozen=True)
class Right:
    """Who asks, for which case, as what: ``mediator``, ``a``, ``b`` or ``house``."""

    number: int
    role: str
    person: int | None = None


def right(tx: Transaction, number: int, person: int) -> Right:
    """The right of a person to a case now; raises :class:`NoRight`."""
    file = _file(tx, number)
    side = file.side_of(person) if file else None
    if file is None:
        raise NoRight(number)
    if side is not None:
        return Right(number, side.name, person)
    if file.mediator == person and people.get(tx, person).may(ROLE):
        return Right(number, ROLE, person)
    raise NoRight(number)


def house(number: int) -> Right:
    """What clocks and buttons may: who is to be told, never a word."""
    return Right(number, "house")


# ---------------------------------------------------------------- the file


def add(tx: Transaction, number: int, person: int, homes: tuple[str | None, str | None], wanted: int | None) -> Right:
    """Open the file of a new case; homes of both sides are JSON places. Returns the right of the one who asked."""
    home, other = homes
    tx.run("INSERT INTO case_file (ticket, wanted) VALUES (?, ?)", number, wanted)
    tx.run("INSERT INTO case_side (ticket, side, person, home) VALUES (?, 'a', ?, ?)", number, person, home)
    tx.run("INSERT INTO case_side (ticket, side, home) VALUES (?, 'b', ?)", number, other)
    return Right(number, "a", person)


def file(tx: Transaction, by: Right) -> File | None:
    """Who is in a case; None when there is no such case."""
    return _file(tx, by.number)


def _file(tx: Transaction, number: int) -> File | None:
    row = tx.one("SELECT ticket, mediator, wanted, at, place, talking FROM case_file WHERE ticket = ?", number)
    if row is None:
        return None
    sides = tx.all("SELECT side, person, home, consent, answer FROM case_side WHERE ticket = ?", number)
    at = moment(row["at"]) if row["at"] is not None else None
    parties = {side["side"]: _side(tx, side) for side in sides}
    return File(row["ticket"], row["mediator"], row["wanted"], at, row["place"], row["talking"], parties)


def _side(tx: Transaction, row: Row) -> Side:
    """A side as it is now: whoever moved lives where they live now."""
    person = people.get(tx, row["person"]) if row["person"] is not None else None
    said = decode_place(row["home"]) if row["home"] else None
    home = person.home if person and person.home else said
    return Side(row["side"], row["person"], person.chat if person else None, home, row["consent"], row["answer"])


def change(tx: Transaction, by: Right, **values: Any) -> None:
    """Change columns of the file: ``mediator``, ``wanted``, ``at``, ``place``, ``talking``."""
    at = {"at": millis(values["at"])} if values.get("at") is not None else {}
    for name, value in {**values, **at}.items():
        tx.run(f"UPDATE case_file SET {_NAMED[name]} = ? WHERE ticket = ?", value, by.number)


def change_side(tx: Transaction, by: Right, side: str, **values: Any) -> None:
    """Change columns of a side: ``person``, ``consent``, ``answer``. A party changes only their own."""
    if by.role in ("a", "b") and by.role != side:
        raise NoRight(by.number)
    for name, value in values.items():
        tx.run(f"UPDATE case_side SET {_OF_SIDE[name]} = ? WHERE ticket = ? AND side = ?", value, by.number, side)


_NAMED = {name: name for name in ("mediator", "wanted", "at", "place", "talking")}
_OF_SIDE = {name: name for name in ("person", "consent", "answer")}


def ask_anew(tx: Transaction, by: Right) -> None:
    """Something new stands open: nobody has answered it yet."""
    tx.run("UPDATE case_side SET answer = '' WHERE ticket = ?", by.number)


def note(tx: Transaction, by: Right, action: str, now: datetime, side: str = "", person: int | None = None) -> None:
    """Write down who did what, or with whom it was done."""
    tx.run(
        "INSERT INTO case_step (ticket, action, side, person, at) VALUES (?, ?, ?, ?, ?)",
        by.number,
        action,
        side,
        person or by.person,
        millis(now),
    )


def aside(tx: Transaction, by: Right) -> frozenset[int]:
    """Mediators who are not asked (any more): named by a party, or they let it go by."""
    sql = (
        "SELECT person FROM case_step WHERE ticket = ? AND action IN ('pass', 'named', 'recuse') AND person IS NOT NULL"
    )
    return frozenset(row["person"] for row in tx.all(sql, by.number))


# ---------------------------------------------------------------- words


def say(tx: Transaction, by: Right, kind: str, text: str, now: datetime) -> None:
    """Keep words: a party's own, or what the mediator wrote down as agreed; a newer one takes the place of the older."""
    if by.person is None or (kind == AGREED) is not (by.role == ROLE):
        raise NoRight(by.number)
    tx.run("DELETE FROM case_word WHERE ticket = ? AND kind = ? AND person = ?", by.number, kind, by.person)
    tx.run(
        "INSERT INTO case_word (ticket, kind, person, text, at) VALUES (?, ?, ?, ?, ?)",
        by.number,
        kind,
        by.person,
        text,
        millis(now),
    )


def words(tx: Transaction, by: Right, now: datetime) -> dict[str, Word]:
    """What was said, by kind: all of it for the mediator, written down as read; their own and the agreement for a party."""
    if by.person is None or by.role not in (ROLE, "a", "b"):
        raise NoRight(by.number)
    rows = tx.all("SELECT kind, person, text, at FROM case_word WHERE ticket = ? ORDER BY id", by.number)
    if by.role == ROLE:
        for side in (_file(tx, by.number) or File(by.number)).sides.values():
            if side.person is not None:
                readings.note_all(tx, by.person, side.person, by.number, "case", now)
    seen = [row for row in rows if by.role == ROLE or row["person"] == by.person or row["kind"] == AGREED]
    return {row["kind"]: Word(row["kind"], row["text"], moment(row["at"])) for row in seen}


# ---------------------------------------------------------------- forgetting


def forget(tx: Transaction, person: int) -> None:
    """A party goes: what was said in their cases goes with them, whoever said it."""
    for row in tx.all("SELECT ticket FROM case_side WHERE person = ?", person):
        tx.run("DELETE FROM case_word WHERE ticket = ?", row["ticket"])
        tx.run("UPDATE case_side SET home = NULL WHERE ticket = ?", row["ticket"])


def expire(tx: Transaction, before: int) -> None:
    """Nothing but a number is left of cases that ended before a moment (UTC milliseconds)."""
    rows = tx.all(
        f"SELECT id FROM ticket t WHERE life = 'case' AND status NOT IN ({_LIVE})"
        " AND (SELECT max(at) FROM ticket_event WHERE ticket = t.id) < ?",
        before,
    )
    for row in rows:
        for table in ("case_word", "case_step", "case_side", "case_file"):
            tx.run(f"DELETE FROM {table} WHERE ticket = ?", row["id"])


def kept(tx: Transaction, person: int) -> Sequence[Row]:
    """What is kept of somebody's cases, as a party: their own words and answers, nothing of the other side."""
    return tx.all(
        "SELECT s.ticket, s.consent, s.answer, w.kind, w.text AS words, w.at FROM case_side s LEFT JOIN case_word w"
        " ON w.ticket = s.ticket AND w.person = s.person WHERE s.person = ? ORDER BY s.ticket, w.id",
        person,
    )
