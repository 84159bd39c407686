"""Conditions that look at everything somebody has: nothing waits, so many things are open, the lists of managers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from models.cases import LIVE as LIVE_CASES
from models.incidents import LIVE as LIVE_DANGERS
from models.tickets import OPEN
from storage import tickets
from storage.database import Transaction
from tests.support.truth.said import Said, Truth
from tests.support.truth.tasks import is_late

PAST = timedelta(hours=2)
"""A booking whose hour lies so far back is not waited for any more."""
EPOCH = 2440587.5
"""The first of January 1970 as SQLite counts days."""


def _marks(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def waits(tx: Transaction, person: int | None, now: datetime) -> list[str]:
    """Everything somebody waits for: tasks and what lies on the desk, bookings, mediations, dangers."""
    found = tx.all(
        "SELECT 'ticket ' || id AS what FROM ticket WHERE life = 'task' AND id NOT IN (SELECT id FROM incident)"
        f" AND status IN ({_marks(OPEN)}) AND (reporter = :who OR EXISTS (SELECT 1 FROM json_each(joined) WHERE value = :who))"
        " UNION SELECT 'booking ' || id FROM ticket WHERE life = 'appointment' AND reporter = :who"
        " AND status IN ('open', 'accepted', 'waiting', 'offered') AND julianday(json_extract(slots, '$.at')) > ?2"
        " UNION SELECT 'case ' || t.id FROM ticket t JOIN case_side s ON s.ticket = t.id WHERE s.person = :who"
        f" AND t.status IN ({_marks(LIVE_CASES)})"
        " UNION SELECT 'danger ' || id FROM incident WHERE kind <> 'drill' AND person = :who"
        f" AND status IN ({_marks(LIVE_DANGERS)})".replace(":who", "?1"),
        person,
        (now - PAST).timestamp() / 86_400 + EPOCH,
    )
    return [row["what"] for row in found]


def nothing_waits(said: Said) -> str:
    """Nothing of the reader is open."""
    found = waits(said.tx, said.person, said.now)
    return f"{', '.join(found)} open" if found else ""


def counted(said: Said) -> str:
    """So many things of the reader are open."""
    found = waits(said.tx, said.person, said.now)
    return "" if str(len(found)) == said.values.get("count") else f"there are {len(found)}: {', '.join(found)}"


def nothing_asked(said: Said) -> str:
    """The reader fills no form."""
    row = said.tx.one("SELECT 1 FROM dialogue WHERE chat = ? AND person = ?", said.chat.id, said.person)
    return "a form is open" if row else ""


def work(said: Said) -> int:
    """How many tasks the reader has in hand."""
    held = tickets.held_by(said.tx, said.person or 0)
    return sum(one.life == "task" and one.flow != "desk" and one.is_open for one in held)


def mine(table: str) -> Truth:
    """The reader has none of these."""
    return lambda said: next(
        (f"{one} open" for one in waits(said.tx, said.person, said.now) if one.startswith(table)), ""
    )


def family(linked: bool) -> Truth:
    """The one who is named and the reader are family, in either direction."""

    def truth(said: Said) -> str:
        rows = said.tx.all("SELECT person, relative FROM kin WHERE ? IN (person, relative)", said.person)
        names = {said.called(one) for row in rows for one in (row["person"], row["relative"]) if one != said.person}
        return "" if (said.values.get("name") in names) == linked else f"family are {names or 'nobody'}"

    return truth


def some_family(said: Said) -> str:
    """Somebody is to be told of the reader."""
    return "" if said.tx.one("SELECT 1 FROM kin WHERE person = ?", said.person) else "nobody is"


def no_family(said: Said) -> str:
    """Nobody is to be told of the reader."""
    return "somebody is" if said.tx.one("SELECT 1 FROM kin WHERE person = ?", said.person) else ""


def kept(said: Said) -> str:
    """The words that are quoted stay with the form of the reader."""
    row = said.tx.one("SELECT state FROM dialogue WHERE chat = ? AND person = ?", said.chat.id, said.person)
    words = said.values.get("words", "")
    return "" if row and words in json.dumps(json.loads(row["state"]), ensure_ascii=False) else f"{words} is not kept"


def unread(said: Said) -> str:
    """Nobody read the details of the ticket."""
    number = said.about or said.values.get("number")
    return "somebody did" if said.tx.one("SELECT 1 FROM reading WHERE ticket = ?", number) else ""


def listed(late: bool) -> Truth:
    """So many tickets are open, or late; mediations are not counted."""

    def truth(said: Said) -> str:
        every = [one for one in tickets.open_in(said.tx) if one.life != "case" and (not late or is_late(one, said.now))]
        named = said.values.get("count", "0")
        return "" if str(len(every)) == named else f"{named} are said, there are {[one.id for one in every]}"

    return truth


TRUTHS: Mapping[str, Truth] = {
    "nothing.waits": nothing_waits,
    "nothing.asked": nothing_asked,
    "need.kept": kept,
    "reading.none": unread,
    "matters.count": counted,
    "work.none": lambda said: "has work in hand" if work(said) else "",
    "work.count": lambda said: "" if str(work(said)) == said.values.get("count") else f"has {work(said)}",
    "booking.none": mine("booking"),
    "case.none": mine("case"),
    "family.some": some_family,
    "family.none": no_family,
    "family.linked": family(True),
    "family.unlinked": family(False),
    "open.none": listed(False),
    "open.count": listed(False),
    "overdue.none": listed(True),
    "overdue.count": listed(True),
}
