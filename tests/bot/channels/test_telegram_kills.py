"""``linsheng run`` on Telegram, killed at random moments and at each named step: nothing lost, nothing twice."""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from storage import tickets
from storage.sqlite import SqliteTransaction
from tests.conftest import SOAK, count
from tests.handlers.test_invariants import unattended, unequal
from tests.support.telegram_app import PATIENCE, Town, town
from tests.support.telegram_standin import Person

LINES = ("垃圾桶满了", "{n}号楼", "对")
"""One report: three lines, three answers."""
STEPS = {"fetched": 1, "stored": 1, "taken": 2, "committed": 2, "sent": 3, "marked": 2}
"""Step → at which passing."""
ENDS = ("KILL", "TERM")
USUAL = {("committed", "KILL"), ("sent", "KILL"), ("stored", "TERM")}
"""The others are tried by ``make soak``."""


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


def test_random_kills_under_load(tmp_path: Path) -> None:
    kills, people = count(4, 100), count(18, 300)
    with town(tmp_path, privacy=False) as place:
        load = crowd(place, people, 20260302)
        for _ in range(kills):
            load.say(load.chance.randint(1, max(2, 5 * people // kills)))
            place.start()
            load.until_sent(load.chance.randint(1, 3 * len(LINES) * people // kills))
            place.kill()
        place.start()
        finish(load)
        check(load, kills)


@pytest.mark.parametrize(
    ("step", "how"), [(step, how) for step in STEPS for how in ENDS if SOAK or (step, how) in USUAL]
)
def test_the_end_at_each_step(step: str, how: str, tmp_path: Path) -> None:
    with town(tmp_path, privacy=False) as place:
        load = crowd(place, 4, 7)
        ends = 1 if how == "KILL" else 0
        load.say(6)
        place.start(f"{step}:{STEPS[step]}:{how}")
        load.say(2)
        code = wait_for_the_end(load)
        assert code == (-signal.SIGKILL if how == "KILL" else 0)
        place.start()
        finish(load)
        check(load, ends)


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


def test_an_answer_reaches_each_person(tmp_path: Path) -> None:
    """The same load without any end repeats nothing: the check above can tell."""
    with town(tmp_path, privacy=False) as place:
        load = crowd(place, 4, 7)
        place.start()
        finish(load)
        check(load, 0)
        person: Person = load.people[0]
        assert any("记下了" in text for text in place.server.said(person))
