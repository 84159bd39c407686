"""Stands beside every transaction of a played core and writes down what was said and was not true."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from handlers.settings import House
from storage.database import Database, Transaction
from tests.support.truth import bookings, cases, dangers, desks, everything, said, tasks
from tests.support.truth.said import Said, Truth

Result = TypeVar("Result")
TRUTHS: Mapping[str, Truth] = {
    **tasks.TRUTHS,
    **bookings.TRUTHS,
    **desks.TRUTHS,
    **dangers.TRUTHS,
    **cases.TRUTHS,
    **everything.TRUTHS,
}
"""Condition → how it is recomputed; the same names as ``models/conditions.py``."""


STANDING = frozenset({"ticket.open", "ticket.accepted", "ticket.enroute", "ticket.onhold", "ticket.cancelled"})
"""What a card must go on showing as it is, after it was sent."""


@dataclass(frozen=True)
class Untrue:
    """Something that was said and was not so."""

    at: datetime
    chat: str
    key: str
    condition: str
    why: str
    words: str

    def __str__(self) -> str:
        """One line for a report."""
        return f"{self.at:%m-%d %H:%M} {self.chat} {self.key} [{self.condition}] {self.why}: {self.words}"


class Witness:
    """Looks at what each transaction queued, before it is committed."""

    def __init__(self, house: House, now: Callable[[], datetime]) -> None:
        """``now`` is the clock of the played core."""
        self._house, self._now = house, now
        self._seen: dict[int, int] = {}
        self._event = 0
        self.untrue: list[Untrue] = []
        self.looked = 0
        self.asserted = 0
        """Texts that said something."""

    def beside(self, database: Database) -> Database:
        """The same database, with the witness at its side; also after a restart."""
        inner = database.transaction

        async def transaction(work: Callable[[Transaction], Result]) -> Result:
            return await inner(lambda tx: self._watched(tx, work))

        database.transaction = transaction  # type: ignore[method-assign]
        return database

    def _watched(self, tx: Transaction, work: Callable[[Transaction], Result]) -> Result:
        result = work(tx)
        now = self._now()
        for row, one in list(said.waiting(tx, self._house, now, self._seen)):
            self._seen[row["id"]] = row["version"]
            self.asserted += 1
            self._look(one)
        if (last := _last_event(tx)) != self._event:
            self._event = last
            for one in said.standing(tx, self._house, now):
                self._look(one, STANDING)
        return result

    def _look(self, one: Said, only: Collection[str] = ()) -> None:
        for condition in self._house.asserts[one.key]:
            if only and condition not in only:
                continue
            self.looked += 1
            local = one.now.astimezone(self._house.zone)
            if why := TRUTHS[condition](one):
                self.untrue.append(Untrue(local, one.chat.address, one.key, condition, why, one.words or "(card)"))


def _last_event(tx: Transaction) -> int:
    row = tx.one("SELECT max(id) AS last FROM ticket_event")
    return int(row["last"] or 0) if row else 0
