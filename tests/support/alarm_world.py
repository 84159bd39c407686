"""For the tests that kill the whole process: a service on a clock that is a file, and the people around it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage import incidents, people
from storage.migrate import migrate
from storage.sqlite import SqliteTransaction
from tests.support.alarm_faults import Course
from tests.support.local_client import Client, kill, start, write_config
from tests.support.stored import rows

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
        for account, role in (("duty", "duty"), ("boss", "manager"), ("wang", "resident"), ("li", "resident")):
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
        """``kill -9``."""
        assert self.process is not None
        kill(self.process)
        self.client.drop()

    def arm(self, step: str) -> None:
        """The process that starts next ends itself with a signal at this step; at none when it is empty."""
        text = re.sub(r'\nend = "[^"]*"', "", self.config.read_text(encoding="utf-8"))
        armed = f'clock = true\nend = "{step}"' if step else "clock = true"
        self.config.write_text(text.replace("clock = true", armed), encoding="utf-8")

    def died(self) -> None:
        """Wait until it ended by itself."""
        assert self.process is not None
        self.process.wait()
        self.client.drop()

    def again(self, down: int) -> float:
        """Start once more after it was down for so long; returns that moment."""
        self.clock(self.second + down)
        began = self.second
        self.start()
        return began

    def end(self) -> None:
        """End in peace."""
        assert self.process is not None
        self.process.terminate()
        assert self.process.wait() == 0
        self.client.drop()

    def until(self, done: Callable[[], bool]) -> None:
        """Listen until something is so; the test's own limit ends it otherwise."""
        while not done():
            before = len(self.client.messages)
            self.client.listen()
            for one in self.client.messages[before:]:
                one["second"] = self.second

    def alerts(self, chat: str = "duty") -> list[dict[str, object]]:
        mine = (one for one in self.client.messages if one["chat"] == chat)
        return [one for one in mine if re.match(r"急 .*第\d+次", str(one["text"]))]

    def numbers(self, chat: str = "duty") -> set[int]:
        """The numbers of the alerts somebody got."""
        return {int(found[1]) for one in self.alerts(chat) if (found := re.search(r"第(\d+)次", str(one["text"])))}

    def tx(self) -> SqliteTransaction:
        return rows(self.folder)

    # ------------------------------------------------------------ what happens, and when

    def danger(self) -> float:
        """Somebody is in danger and the duty person is told; returns the moment it was said."""
        began = self.second
        self.client.say("d1", "wang", "着火了")
        self.until(lambda: bool(self.alerts()) and incidents.get(self.tx(), 1) is not None)
        return began

    def until_next(self, number: int) -> None:
        """The clock goes to the latest moment of the next alert, and stands there until it has come."""
        self.clock(max(self.second, self.seconds()[-1] + 61))
        self.until(lambda: number in self.numbers())

    def acknowledged(self, began: float, kill: bool = False, down: int = 0, died: bool = False) -> Course:
        """我来管 by the duty person; then listen for three minutes in which ticks are known to have passed."""
        at = self.second
        self.client.say("ack", "duty", "我来管")
        if died:
            self.died()
        else:
            self.until(lambda: getattr(incidents.get(self.tx(), 1), "status", "") == "held")
        if kill:
            if not died:
                self.kill()
            self.arm("")
            self.again(down)
            self.until(lambda: getattr(incidents.get(self.tx(), 1), "status", "") == "held")
        self._listen(185)
        self.end()
        return Course(tuple(self.seconds()), began, at, self.second, allowed=10.0)

    def _listen(self, seconds: int) -> None:
        """A weak sign of somebody else is asked about after a minute: the answer proves that the tick went on."""
        self.client.say("other", "li", "屋里有股糊味")
        self.until(lambda: self._said("li", "您是说"))
        self.clock(self.second + seconds)
        self.until(lambda: self._said("li", "我再问一句"))

    def _said(self, chat: str, words: str) -> bool:
        return any(one["chat"] == chat and words in str(one["text"]) for one in self.client.messages)

    def seconds(self) -> list[float]:
        """When the alerts came, on the test's clock."""
        return [float(str(one["second"])) for one in (*self.alerts(), *self.alerts("boss"))]

    def opened(self) -> int:
        """How many incidents there are."""
        row = self.tx().one("SELECT count(*) AS many FROM incident")
        assert row is not None
        return int(row["many"])
