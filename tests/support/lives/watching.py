"""What is looked at while people live: everything that is queued, in the transaction that queues it, and the tables each day.

Nobody is written to in quiet hours but for danger, nothing personal is read in a group, at most so many messages about one task
stand there, an unanswered alarm never falls silent and tells nobody too often, and nothing goes to who is gone.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import TypeVar

from handlers.settings import House
from models.incidents import SLOWEST
from storage import incidents, people, tickets
from storage.database import Database, Row, Transaction
from tests.support.lives import recount

Result = TypeVar("Result")
IN_GROUP = 2
"""Messages about one task in its group, the card among them."""
ALARMS = 24
"""How often one person may be told of the same alarm that nobody answers, in twelve hours: once an hour after the first."""


class Watch:
    """Looks at what each transaction queued, and remembers what was wrong."""

    def __init__(self, house: House, now: Callable[[], datetime], canaries: Collection[str]) -> None:
        """``canaries``: words that no group may read."""
        self._house, self._now, self._canaries = house, now, canaries
        self._last: Counter[int] = Counter()
        self._grouped: dict[tuple[int, int], list[str]] = defaultdict(list)
        self._rung: dict[tuple[int, int], list[datetime]] = defaultdict(list)
        self.by_clock = False
        """Whether nobody did anything: what is queued now was due."""
        self.gone: set[str] = set()
        """Addresses of chats that the core knows to be gone."""
        self.sang: set[str] = set()
        self.wrong: list[str] = []
        self._noted: set[str] = set()
        self.queued = 0

    def beside(self, database: Database) -> Database:
        """The same database, looked at."""
        inner = database.transaction

        async def transaction(work: Callable[[Transaction], Result]) -> Result:
            return await inner(lambda tx: self._watched(tx, work))

        database.transaction = transaction  # type: ignore[method-assign]
        return database

    def _watched(self, tx: Transaction, work: Callable[[Transaction], Result]) -> Result:
        result = work(tx)
        for row in tx.all("SELECT id, chat, key, kind, about, content, version FROM outbox WHERE state = 'pending'"):
            if self._last[row["id"]] < row["version"]:
                self._last[row["id"]] = row["version"]
                self._look(tx, row)
        return result

    def note(self, what: str) -> None:
        """Something was wrong now; the same is written down once."""
        if what in self._noted:
            return
        self._noted.add(what)
        self.wrong.append(f"{self._now().astimezone(self._house.zone):%m-%d %H:%M} {what}")

    def _look(self, tx: Transaction, row: Row) -> None:
        self.queued += 1
        content, chat = json.loads(row["content"]), people.chat(tx, row["chat"])
        words = str(content.get("text", ""))
        rings = row["key"] is None or content.get("anew")
        if rings and self.by_clock and row["kind"] != "emergency" and self._asleep():
            self.note(f"quiet hours: {chat.address}: {words}")
        if chat.kind == "group":
            self._in_group(row, chat.address, words, content)
        else:
            self.sang |= {canary for canary in self._canaries if canary in words}
            if rings and self.by_clock and chat.address in self.gone:
                self.note(f"gone: {chat.address}: {words}")
        if (row["key"] or "").startswith("alert:") and chat.person:
            self._alarm(tx, row["about"], chat.person)

    def _asleep(self) -> bool:
        local, hours = self._now().astimezone(self._house.zone).time(), self._house.hours
        return local < hours.wakes or local >= hours.sleeps

    def _in_group(self, row: Row, address: str, words: str, content: dict[str, object]) -> None:
        shown = words + json.dumps(content.get("buttons", ""), ensure_ascii=False)
        for canary in self._canaries:
            if canary in shown:
                self.note(f"canary {canary} in {address}: {words}")
        if address != "desk" and row["about"] is not None:
            said = self._grouped[row["chat"], row["about"]]
            if row["id"] not in said:
                said.append(row["id"])
                if len(said) > IN_GROUP:
                    self.note(f"{len(said)} messages about {row['about']} in {address}: {words}")

    def _alarm(self, tx: Transaction, number: int, person: int) -> None:
        found = incidents.get(tx, number)
        if found is None or found.status != "open":
            return
        told = [at for at in self._rung[number, person] if self._now() - at < timedelta(hours=12)]
        self._rung[number, person] = [*told, self._now()]
        if len(told) == ALARMS:
            self.note(f"alarm {number}: {person} told more than {ALARMS} times in twelve hours")

    # ------------------------------------------------------------ the tables

    def tables(self, tx: Transaction) -> None:
        """What must hold between any two events."""
        now = self._now()
        rows = tx.all("SELECT ticket, max(at) AS at FROM agenda WHERE ticket IS NOT NULL GROUP BY ticket")
        ahead = {row["ticket"] for row in rows if row["at"] > now.timestamp() * 1000}
        for one in tickets.open_in(tx):
            if one.id not in ahead:
                self.note(f"ticket {one.id} ({one.flow}, {one.status}) has no next time")
            if not (one.owner or one.queue):
                self.note(f"ticket {one.id} has nobody")
        for number in tickets.numbers(tx):
            if tickets.rebuild(tx, number) != tickets.get(tx, number):
                self.note(f"ticket {number} is not what its events make of it")
        for danger in incidents.unclosed(tx):
            quiet = danger.next_at is None or danger.next_at > now + timedelta(minutes=SLOWEST + 1)
            if danger.status == "open" and not danger.drill and quiet:
                self.note(f"alarm {danger.id} has fallen silent")

    def figures(self, tx: Transaction, start: datetime) -> None:
        """Figures are what the events give when they are counted once more."""
        for line in recount.differences(tx, start, self._now()):
            self.note(f"figures: {line}")
