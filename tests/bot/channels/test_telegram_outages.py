"""Bad hours on Telegram, on the clock that both sides share: nothing is lost, nobody waits for somebody else's trouble."""

from __future__ import annotations

import os
import resource
import sqlite3
import statistics
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import SOAK, count
from tests.support.telegram_app import Town, town
from tests.support.telegram_load import LINES, Load, check, crowd, finish
from tests.support.telegram_standin import Person

HALF_AN_HOUR = timedelta(minutes=30)
THINKS = 2.0
"""Seconds from an answer to the next line: nobody types faster."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path, privacy=False) as found:
        yield found


def pass_by(place: Town, seconds: float, step: float) -> None:
    """Let time go on, a look at the service after each step."""
    end = place.clock.now() + timedelta(seconds=seconds)
    while place.clock.now() < end:
        place.clock.go(step)
        place.health()


def wake(place: Town) -> None:
    """Let time go on until whoever paused asks for updates again."""
    place.server.wait_for(lambda: place.clock.go(0.5) or not place.server.unconfirmed(), 60)


@pytest.mark.parametrize("status", [500, 502] if SOAK else [502])
def test_half_an_hour_of_errors(status: int, place: Town) -> None:
    load = crowd(place, 8, status)
    load.say(12)
    place.start()
    place.settle()
    begun = place.clock.now()
    place.server.inject("status", "*", status=status, times=None, until=begun + HALF_AN_HOUR)
    for _ in range(6):
        load.say(1)
        pass_by(place, 300, 5)
    assert place.clock.now() - begun >= HALF_AN_HOUR
    failed = len(place.server.calls(fault="status"))
    wake(place)
    finish(load)
    check(load, 0)
    assert 20 < failed < 1000, "tried again, but not in a hurry"


class Closed:
    """A closed loop: everybody says the next line a little after the answer to the last one."""

    def __init__(self, place: Town, load: Load, every: float, step: float = 0.1) -> None:
        """``every`` seconds somebody begins; the clock goes on in steps, and only when nothing happens any more."""
        self.place, self.load, self.every, self.step = place, load, every, step
        self._said: dict[int, int] = {}

    def run(self) -> None:
        """Until everybody has their last answer."""
        begun, waiting = self.place.clock.now(), list(enumerate(self.load.people))
        active: list[tuple[int, Person]] = []
        while waiting or active:
            passed = (self.place.clock.now() - begun).total_seconds()
            while waiting and passed >= self.every * (len(self.load.people) - len(waiting)):
                active.append(waiting.pop(0))
            active = [one for one in active if self._go_on(*one)]
            self.place.rest()
            self.place.clock.go(self.step)

    def _go_on(self, number: int, person: Person) -> bool:
        """The next line, if the last was answered; False when that was all."""
        posts, said = self.place.server.messages(person), self._said.get(number, 0)
        thinking = posts and (self.place.clock.now() - posts[-1].date).total_seconds() < THINKS
        if posts and (posts[-1].sender == person.id or thinking):
            return True
        if said == len(LINES):
            return False
        person.says(LINES[said].format(n=number % 99 + 1))
        self._said[number] = said + 1
        return True


def waits(place: Town, people: list[Person]) -> list[float]:
    """Seconds on the clock from each line to the next answer in its chat."""
    found = []
    for person in people:
        asked = None
        for post in place.server.messages(person):
            if post.sender == person.id:
                asked = post.date
            elif asked is not None:
                found.append((post.date - asked).total_seconds())
                asked = None
    return found


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[18]


def test_a_group_that_must_wait_holds_up_nobody_else(place: Town) -> None:
    load = crowd(place, count(12, 100), 1)
    group = place.groups["志愿者群"]
    until = place.clock.now() + timedelta(minutes=10)
    fault = place.server.inject("retry_after", "*", chat=group.id, seconds=20, times=None, until=until)
    place.start()
    Closed(place, load, every=0.3).run()
    assert fault.hits > 0 and not place.server.said(group)
    answered = waits(place, load.people)
    assert len(answered) == len(LINES) * len(load.people)
    assert p95(answered) < 2, sorted(answered)[-10:]
    pass_by(place, 600, 10)
    place.settle()
    assert len(place.server.said(group)) >= 1, "the cards come when they may"
    assert not place.rows("SELECT 1 FROM outbox WHERE state = 'pending'")


def test_limits_are_kept_with_many_tickets_in_a_minute(place: Town) -> None:
    number = count(40, 200)
    load = crowd(place, number, 2)
    place.start()
    opened = place.clock.now()
    Closed(place, load, every=50 / number, step=0.2).run()
    place.people["李大爷"].says("着火了快来人")
    cried = place.clock.now()
    place.rest()
    [first, *_] = place.server.messages(place.people["李大爷"])[1:]
    assert first.date - cried < timedelta(seconds=2), "danger does not wait for the others"
    place.settle()
    times = [row["opened_at"] for row in place.rows("SELECT opened_at FROM ticket WHERE flow = 'issue'")]
    within = [at for at in times if at - opened.timestamp() * 1000 <= 60_000]
    joined = sum(
        len(row["joined"].strip("[]").split(","))
        for row in place.rows("SELECT joined FROM ticket WHERE joined <> '[]'")
    )
    assert len(times) + joined == number and len(within) >= 0.9 * len(times)
    assert place.server.refused() == []
    assert place.server.most(1) <= 30
    for group in place.groups.values():
        assert place.server.most(60, group) <= 20
    assert max(place.server.most(1, person) for person in load.people) <= 3
    assert place.server.most(60, place.groups["志愿者群"]) >= 18, "the limit was felt"


@contextmanager
def full_disk(place: Town) -> Iterator[None]:
    """The service can write nothing more to any file."""
    assert place.process is not None
    soft, hard = resource.prlimit(place.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(place.process.pid, resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            resource.prlimit(place.process.pid, resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def locked(place: Town) -> Iterator[None]:
    """Another process holds the database."""
    with closing(sqlite3.connect(place.folder / "data" / "linsheng.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("COMMIT")


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="the system cannot limit another process")
@pytest.mark.parametrize("trouble", [full_disk, locked])
def test_while_nothing_can_be_stored_nothing_is_confirmed(trouble, place: Town) -> None:
    load = crowd(place, 4, 3)
    load.say(6)
    place.start()
    place.settle()
    with trouble(place):
        load.say(4)
        asked = len(place.server.calls("getUpdates"))
        waiting = place.server.unconfirmed()
        place.server.wait_for(lambda: place.clock.go(0.5) or len(place.server.calls("getUpdates")) >= asked + 4, 60)
        assert place.server.unconfirmed() == waiting and len(waiting) >= 1
        assert place.health()["ok"] is False
    wake(place)
    finish(load)
    check(load, 0)
    assert place.rows("PRAGMA integrity_check")[0][0] == "ok"


def hanging(place: Town) -> None:
    place.server.inject("hang", "sendMessage", times=None)


@pytest.mark.parametrize("trouble", ["full", "locked", "hanging"] if SOAK else ["hanging"])
def test_sigterm_ends_in_time_whatever_is_wrong(trouble: str, place: Town) -> None:
    load = crowd(place, 4, 4)
    load.say(4)
    place.start()
    place.settle()
    if trouble == "hanging":
        hanging(place)
        load.say(6)
        place.server.wait_for(lambda: place.server.calls("sendMessage", fault="hang"), 60)
        assert place.end() == 0
    else:
        with {"full": full_disk, "locked": locked}[trouble](place):
            load.say(6)
            place.server.wait_for(lambda: place.health().get("ok") is False or place.clock.go(0.5), 60)
            assert place.end() == 0
    place.server.faults.clear()
    place.start()
    finish(load)
    check(load, 1 if trouble == "hanging" else 0)
    assert os.path.getsize(place.folder / "data" / "left.jsonl") == 0
