"""Conditions of mediations, from the tables: statuses only, never a word of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.cases import LIVE, TALKING
from storage.database import Row
from tests.support.truth.said import Said, Truth

OVER = ("declined", "withdrawn", "halted", "referred", "concluded")


def status(*wanted: str) -> Truth:
    """The case, or one of the reader's, stands in one of these statuses."""

    def truth(said: Said) -> str:
        found = {row["status"] for row in cases(said)}
        return "" if found & set(wanted) else f"cases are {found or 'none'}"

    return truth


def cases(said: Said) -> Sequence[Row]:
    """The case that is spoken of, else every case that the reader is or was in, or that waits for a mediator."""
    if said.about is not None:
        return said.tx.all("SELECT id, status FROM ticket WHERE id = ? AND life = 'case'", said.about)
    return said.tx.all(
        "SELECT t.id, t.status FROM ticket t JOIN case_file f ON f.ticket = t.id WHERE f.mediator = ? OR EXISTS"
        " (SELECT 1 FROM case_side s WHERE s.ticket = t.id AND s.person = ?)",
        said.person,
        said.person,
    )


def talking(said: Said) -> str:
    """The mediator who is named speaks with the side that reads it."""
    rows = said.tx.all(
        "SELECT f.mediator FROM case_file f JOIN case_side s ON s.ticket = f.ticket AND s.side = f.talking"
        " WHERE s.person = ?",
        said.person,
    )
    names = {said.called(row["mediator"]) for row in rows}
    return "" if said.values.get("mediator") in names else f"{names or 'nobody'} speaks with them"


def no_work(said: Said) -> str:
    """The reader mediates nothing that goes on."""
    sql = f"SELECT 1 FROM case_file f JOIN ticket t ON t.id = f.ticket WHERE f.mediator = ? AND t.status IN {TALKING}"
    return "mediates one" if said.tx.one(sql, said.person) else ""


TRUTHS: Mapping[str, Truth] = {
    "case.live": status(*LIVE),
    "case.filed": status("filed"),
    "case.taken": status(*TALKING, "settled"),
    **{f"case.{one}": status(one) for one in ("heard", "invited", "willing", "proposed", "set", "drafted", "settled")},
    **{f"case.{one}": status(one) for one in ("declined", "concluded", "referred")},
    "case.talking": talking,
    "case.no_work": no_work,
    "case.over": status(*OVER),
}
