"""Many people who report something on Telegram at once, and what must hold when they are done."""

from __future__ import annotations

import random
import sqlite3
import time
from collections import Counter
from contextlib import closing

from storage import tickets
from storage.sqlite import SqliteTransaction
from tests.support.invariants import unattended, unequal
from tests.support.telegram_app import PATIENCE, Town

LINES = ("垃圾桶满了", "{n}号楼", "对")
"""One report: three lines, three answers."""


ENDS = ("KILL", "TERM")


class Load:
    """People who report something, each in three lines, in an order that chance decides."""

    def __init__(self, place: Town, people: int, chance: random.Random) -> None:
        """Nobody has said anything."""
        self.town, self.chance = place, chance
        self.people = [place.server.person(f"居民{n}") for n in range(people)]
        self._left = {n: [line.format(n=n % 99 + 1) for line in LINES] for n in range(people)}

    def say(self, lines: int) -> None:
        """So many more lines, each person's in order."""
        for _ in range(lines):
            waiting = [n for n, left in self._left.items() if left]
            if waiting:
                n = self.chance.choice(waiting)
                self.people[n].says(self._left[n].pop(0))

    @property
    def over(self) -> bool:
        """Whether everything is said."""
        return not any(self._left.values())

    def until_sent(self, more: int) -> None:
        """Let time pass until so many more messages came, or none can come."""
        place, begun = self.town, time.monotonic()
        wanted = len(place.server.state.sent) + more
        while len(place.server.state.sent) < wanted and place.process is not None and place.process.poll() is None:
            assert time.monotonic() - begun < PATIENCE, place.log()[-2000:]
            if place.quiet(told := place.health()) and not told["held"]:
                return
            place.clock.go(0.2)


def crowd(place: Town, people: int, seed: int) -> Load:
    """A house of 99 buildings, so that reports differ."""
    place.config.write_text(place.config.read_text(encoding="utf-8").replace('"1-18"', '"1-99"'), encoding="utf-8")
    return Load(place, people, random.Random(seed))


def finish(load: Load) -> None:
    """Everything is said and answered, then the process ends in peace."""
    load.say(10**6)
    load.town.settle()
    assert load.town.end() == 0


def check(load: Load, kills: int) -> None:
    """Nothing lost, no ticket twice, at most one repeat for each kill."""
    place = load.town
    with closing(sqlite3.connect(place.folder / "data" / "linsheng.db")) as connection:
        connection.row_factory = sqlite3.Row
        tx = SqliteTransaction(connection)
        reports = Counter(row["reporter"] for row in tx.all("SELECT reporter FROM ticket WHERE flow = 'issue'"))
        joined = [person for n in tickets.numbers(tx) for person in tickets.get(tx, n).joined]  # type: ignore[union-attr]
        assert Counter(row["state"] for row in tx.all("SELECT state FROM inbox")) == {
            "done": len(LINES) * len(load.people)
        }
        assert set(reports.values()) <= {1}, "a ticket twice"
        assert len(reports) + len(joined) == len(load.people), "somebody's report is missing"
        assert not tx.all("SELECT 1 FROM outbox WHERE state = 'pending'")
        assert unequal(tx) == [] and unattended(tx) == []
    assert not place.server.unconfirmed()
    told = Counter((sent.chat, sent.text) for sent in place.server.state.sent if sent.method == "sendMessage")
    assert sum(number - 1 for number in told.values()) <= kills, "more than one repeat for a kill"
    for person in load.people:
        assert any("号" in text for text in place.server.said(person)[1:]), "an answer is missing"


def wait_for_the_end(load: Load) -> int:
    """Talk on until the process is gone; its exit code."""
    place = load.town
    assert place.process is not None
    begun = time.monotonic()
    while place.process.poll() is None:
        assert time.monotonic() - begun < PATIENCE, "it never came to that step"
        load.say(1)
        place.clock.go(0.2)
        time.sleep(0.02)
    return place.process.returncode
