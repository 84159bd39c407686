"""What is looked at while people live: everything that is queued, in the transaction that queues it, and the tables each day.

Nobody is written to in quiet hours but for danger, nobody is asked too much unasked, nothing personal is read in a group, at
most so many messages about one task stand there, an unanswered alarm tells nobody too often, and nothing goes to who is gone.
A wing adds a function ``(watch, tx, seen)`` to ``LOOKS``, or one ``(tx, house, now)`` to ``standing.RULES``.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from handlers.settings import House
from models.people import Chat
from storage import incidents, people
from storage.database import Database, Row, Transaction
from tests.support.lives import standing

Result = TypeVar("Result")
IN_GROUP = 2
"""Messages about one task in its group, the card among them."""
ALARMS = 40
"""How often one person may be told of the same alarm that nobody answers, in twelve hours: two quick rounds, then every three
quarters of an hour."""


@dataclass(frozen=True)
class Seen:
    """A message that waits to be sent."""

    row: Row
    chat: Chat
    words: str
    content: Mapping[str, object]
    rings: bool
    """It is a new one, not a card that changes where it stands."""

    @property
    def keys(self) -> set[str]:
        """The texts in it that say how things stand."""
        return {key for key, _ in json.loads(self.row["asserts"])}


class Watch:
    """Looks at what each transaction queued, and remembers what was wrong."""

    def __init__(self, house: House, now: Callable[[], datetime], canaries: Collection[str]) -> None:
        """``canaries``: words that no group may read."""
        self.house, self.now, self.canaries = house, now, canaries
        self._last: Counter[int] = Counter()
        self.grouped: dict[tuple[int, int], list[str]] = defaultdict(list)
        self.rung: dict[tuple[int, int], list[datetime]] = defaultdict(list)
        self.asked: Counter[tuple[int, date]] = Counter()
        self.told: dict[int, datetime] = {}
        """Ticket → when its reporter last heard a name and an hour."""
        self.addressed: set[str] = set()
        """Addresses to which something was queued since somebody cleared it."""
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
        for row in tx.all(
            "SELECT id, chat, key, kind, about, content, version, asserts FROM outbox WHERE state = 'pending'"
        ):
            if self._last[row["id"]] < row["version"]:
                self._last[row["id"]] = row["version"]
                self._look(tx, row)
        return result

    def _look(self, tx: Transaction, row: Row) -> None:
        self.queued += 1
        content, chat = json.loads(row["content"]), people.chat(tx, row["chat"])
        self.addressed.add(chat.address)
        rings = row["key"] is None or bool(content.get("anew"))
        seen = Seen(row, chat, str(content.get("text", "")), content, rings)
        for look in LOOKS:
            look(self, tx, seen)

    def note(self, what: str) -> None:
        """Something was wrong now; the same is written down once."""
        if what in self._noted:
            return
        self._noted.add(what)
        self.wrong.append(f"{self.local:%m-%d %H:%M} {what}")

    @property
    def local(self) -> datetime:
        """Now, in the community's zone."""
        return self.now().astimezone(self.house.zone)

    def tables(self, tx: Transaction) -> None:
        """What must hold between any two events."""
        for rule in standing.RULES:
            for line in rule(tx, self.house, self.now()):
                self.note(line)
        for line in standing.untold(tx, self.house, self.now(), self.told, self.gone):
            self.note(line)


def quiet(watch: Watch, tx: Transaction, seen: Seen) -> None:
    """What is due waits for the morning, unless it is danger."""
    hours = watch.house.hours
    asleep = not hours.wakes <= watch.local.time() < hours.sleeps
    if seen.rings and watch.by_clock and seen.row["kind"] != "emergency" and asleep:
        watch.note(f"quiet hours: {seen.chat.address}: {seen.words}")


def canaries(watch: Watch, tx: Transaction, seen: Seen) -> None:
    """Nothing personal in a group; in private it is heard, else the silence proves nothing."""
    if seen.chat.kind != "group":
        watch.sang |= {canary for canary in watch.canaries if canary in seen.words}
        return
    shown = seen.words + json.dumps(seen.content.get("buttons", ""), ensure_ascii=False)
    for canary in watch.canaries:
        if canary in shown:
            watch.note(f"canary {canary} in {seen.chat.address}: {seen.words}")


def crowded(watch: Watch, tx: Transaction, seen: Seen) -> None:
    """At most so many messages about one task in its group."""
    about = seen.row["about"]
    if seen.chat.kind == "group" and seen.chat.address != "desk" and about is not None:
        said = watch.grouped[seen.row["chat"], about]
        if seen.row["id"] not in said:
            said.append(seen.row["id"])
            if len(said) > IN_GROUP:
                watch.note(f"{len(said)} messages about {about} in {seen.chat.address}: {seen.words}")


def gone(watch: Watch, tx: Transaction, seen: Seen) -> None:
    """Nothing that is due goes to who is known to be gone; danger is tried all the same."""
    if seen.rings and watch.by_clock and seen.row["kind"] != "emergency" and seen.chat.address in watch.gone:
        watch.note(f"gone: {seen.chat.address}: {seen.words}")


def budget(watch: Watch, tx: Transaction, seen: Seen) -> None:
    """A resident is asked so many questions a day that they did not begin."""
    person = people.get(tx, seen.chat.person) if seen.chat.person else None
    resident = person is not None and person.roles <= {"resident", "family"}
    unasked = seen.rings and watch.by_clock and seen.row["kind"] not in ("emergency", "answer")
    if resident and unasked and "？" in seen.words:
        assert person is not None
        watch.asked[person.id, watch.local.date()] += 1
        if watch.asked[person.id, watch.local.date()] > watch.house.timing.questions:
            watch.note(f"asked too much: {seen.chat.address}: {seen.words}")


def alarms(watch: Watch, tx: Transaction, seen: Seen) -> None:
    """An alarm that nobody answers climbs; it does not tell one person the same for ever."""
    number, person = seen.row["about"], seen.chat.person
    if not (seen.row["key"] or "").startswith("alert:") or not person or not seen.rings:
        return
    found = incidents.get(tx, number)
    if found is None or found.status != "open":
        return
    told = [at for at in watch.rung[number, person] if watch.now() - at < timedelta(hours=12)]
    watch.rung[number, person] = [*told, watch.now()]
    if len(told) == ALARMS:
        watch.note(f"alarm {number}: {person} told more than {ALARMS} times in twelve hours")


def hearing(watch: Watch, tx: Transaction, seen: Seen) -> None:
    """Remembers who was told that something takes longer, with a name and an hour."""
    for key, about in json.loads(seen.row["asserts"]):
        if "answer.named" in watch.house.asserts.get(key, ()) and about is not None and seen.chat.kind != "group":
            watch.told[about] = watch.now()


LOOKS: Sequence[Callable[[Watch, Transaction, Seen], None]] = (
    quiet,
    canaries,
    crowded,
    gone,
    budget,
    alarms,
    hearing,
)
"""What is looked at in every message."""
