"""The whole process is killed before the first alert, between repeats and after the acknowledgement; the clock is a file."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage import incidents, people
from storage.migrate import migrate
from storage.sqlite import SqliteTransaction
from tests.local_client import Client, kill, start, write_config
from tests.test_kills import rows

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LADDER = '[danger]\nladder = [{ who = "duty", minutes = 2 }, { who = "manager", minutes = 2 }]\n'


class World:
    """A service that may die, and the people around it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.second = folder, 0
        self.client = Client(folder / "data" / "socket")
        self.process: subprocess.Popen[str] | None = None
        (folder / "data").mkdir()
        self.clock(0)
        self.config = write_config(folder, LADDER + "[test]\nclock = true\n")
        migrate(folder / "data" / "linsheng.db")
        tx = rows(folder)
        for account, role in (("duty", "duty"), ("boss", "manager"), ("wang", "resident")):
            _, person = people.arrive(tx, "local", account, account, True, account, BEGIN)
            people.give_role(tx, person.id, role, BEGIN)
            people.consent(tx, person.id, "test", BEGIN)
        tx._connection.commit()  # type: ignore[attr-defined]
        tx._connection.close()  # type: ignore[attr-defined]

    def clock(self, second: int) -> None:
        """What time it is, in seconds from the beginning."""
        self.second = second
        waiting = self.folder / "data" / "clock.new"
        waiting.write_text((BEGIN + timedelta(seconds=second)).isoformat(), encoding="ascii")
        waiting.replace(self.folder / "data" / "clock")

    def start(self) -> None:
        """Start, connect, and let a second pass: what was tried while nobody was connected is tried again."""
        self.process = start(self.config)
        self.client.connect()
        self.clock(self.second + 1)

    def kill(self) -> None:
        assert self.process is not None
        kill(self.process)
        self.client.drop()

    def end(self) -> None:
        assert self.process is not None
        self.process.terminate()
        assert self.process.wait(timeout=15) == 0
        self.client.drop()

    def until(self, done: Callable[[], bool]) -> None:
        """Listen until something is so; the test's own limit ends it otherwise."""
        while not done():
            self.client.listen()

    def alerts(self, chat: str = "duty") -> list[dict[str, object]]:
        mine = (one for one in self.client.messages if one["chat"] == chat)
        return [one for one in mine if re.match(r"急 .*第\d+次", str(one["text"]))]

    def numbers(self, chat: str = "duty") -> set[int]:
        """The numbers of the alerts somebody got."""
        return {int(found[1]) for one in self.alerts(chat) if (found := re.search(r"第(\d+)次", str(one["text"])))}

    def tx(self) -> SqliteTransaction:
        return rows(self.folder)


def test_killed_before_the_first_alert(tmp_path: Path) -> None:
    """The danger is in the alarm file, nothing is stored, nobody was told; the platform never offers it again."""
    world = World(tmp_path)
    world.config.write_text(
        world.config.read_text(encoding="utf-8").replace("clock = true", 'clock = true\nend = "alarmed:1:KILL"'),
        encoding="utf-8",
    )
    world.start()
    world.client.say("d1", "wang", "着火了")
    assert world.process is not None
    world.process.wait()
    world.client.drop()
    assert not world.alerts() and not world.tx().all("SELECT 1 FROM inbox")
    world.config.write_text(world.config.read_text(encoding="utf-8").replace('end = "alarmed:1:KILL"', ""), encoding="utf-8")
    world.start()
    world.until(lambda: bool(world.alerts()))
    assert len(world.alerts()) == 1, "tried at the start, and again as soon as somebody is connected"
    world.clock(6)
    world.until(lambda: incidents.get(world.tx(), 1) is not None)
    found = incidents.get(world.tx(), 1)
    assert found is not None and (found.family, found.count) == ("fire", 1)
    world.client.say("d1", "wang", "着火了")
    world.until(lambda: "d1" in world.client.stored)
    world.end()
    assert len(world.alerts()) == 1 and incidents.get(world.tx(), 2) is None


def test_killed_between_repeats_and_after_the_acknowledgement(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.start()
    world.client.say("d1", "wang", "着火了")
    world.until(lambda: len(world.alerts()) == 1 and incidents.get(world.tx(), 1) is not None)
    world.kill()
    world.clock(30)
    world.start()
    world.clock(61)
    world.until(lambda: len(world.alerts()) >= 2)
    assert world.numbers() == {1, 2}
    world.kill()
    world.clock(600)
    world.start()
    world.until(lambda: bool(world.alerts("boss")))
    assert world.numbers() == {1, 2} and world.numbers("boss") == {3}, "what was missed is not repeated"
    world.client.say("ack", "boss", "我来管")
    world.until(lambda: "ack" in world.client.stored)
    world.kill()
    world.start()
    world.until(lambda: getattr(incidents.get(world.tx(), 1), "status", "") == "held")
    before = len(world.alerts()) + len(world.alerts("boss"))
    world.clock(900)
    world.client.say("hello", "wang", "你是谁")
    world.until(lambda: "hello" in world.client.stored)
    world.end()
    assert len(world.alerts()) + len(world.alerts("boss")) == before
