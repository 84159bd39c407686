"""The seeded community on Telegram: ``linsheng run`` as a process of its own, the stand-in, and one clock for both."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.app import Folders
from bot.replay import script, seed
from bot.replay.talk import BEGIN
from bot.service import open_folder
from models.outgoing import Button
from tests.support import processes
from tests.support.telegram_standin import Call, Standin
from tests.support.telegram_standin.methods import SENDING, markup_of

ROOT = Path(__file__).parents[2]
PATIENCE = 150.0
"""Seconds of the machine after which something that should happen has not."""
STEP = 0.5
"""Seconds that the clock goes on when a limit holds somebody back."""


class SharedClock:
    """A moment in a file that several processes read; only this one moves it."""

    def __init__(self, path: Path, at: datetime = BEGIN) -> None:
        """Begin at a moment."""
        self._path, self._at = path, at
        self._write()

    def now(self) -> datetime:
        """Aware, in UTC."""
        return self._at

    def move(self, to: datetime) -> None:
        """Go on to a later moment; never back, never half written."""
        self._at = max(self._at, to)
        self._write()

    def go(self, seconds: float) -> None:
        """Let time pass."""
        self.move(self._at + timedelta(seconds=seconds))

    def _write(self) -> None:
        part = self._path.with_suffix(".part")
        part.write_text(self._at.isoformat(), encoding="ascii")
        part.replace(self._path)


class Town:
    """Everybody of the cast with a telephone, and the bot that serves them."""

    def __init__(self, folder: Path, server: Standin, clock: SharedClock) -> None:
        """Plant the cast; :meth:`start` begins."""
        self.folder, self.server, self.clock = folder, server, clock
        self.drift = timedelta()
        """What limits cost: by so much every later moment of a conversation is later."""
        self.process: subprocess.Popen[str] | None = None
        cast = seed.load()
        self.people = {one.name: server.person(one.name) for one in cast.people}
        self.groups = {one.title: server.group(one.title) for one in cast.groups}
        self.titles = {one.id: name for name, one in (*self.people.items(), *self.groups.items())}
        self.port = _free_port()
        self._plant(cast)
        self.config = folder / "config.toml"
        self.configure()

    def _plant(self, cast: seed.Seed) -> None:
        known = replace(
            cast,
            people=tuple(replace(one, account=str(self.people[one.name].id)) for one in cast.people),
            groups=tuple(replace(one, address=str(self.groups[one.title].id)) for one in cast.groups),
        )

        async def plant() -> None:
            database = await open_folder(Folders(self.folder / "data"))
            await database.transaction(lambda tx: seed.plant(tx, known, "telegram", self.clock.now()))
            await database.close()

        asyncio.run(plant())

    def configure(self, more: str = "", telegram: str = "", hearing: str = "enabled = false") -> None:
        """Write the settings."""
        community = files("bot").joinpath("seed.toml").read_text(encoding="utf-8").partition("[[people]]")[0]
        self.config.write_text(
            f'{community}\n[data]\nfolder = "{self.folder / "data"}"\n[hearing]\n{hearing}\n[test]\nclock = true\n'
            f'[status]\nport = {self.port}\n[telegram]\nenabled = true\napi_url = "{self.server.api_url}"\n{telegram}\n{more}',
            encoding="utf-8",
        )

    # ------------------------------------------------------------ the process

    def start(self, end: str = "", *options: str) -> None:
        """Run the service, once it says that it is ready."""
        with open(self.folder / "log", "a") as log:
            self.process = processes.linsheng(
                "run",
                "--config",
                str(self.config),
                *options,
                cwd=self.folder,
                env=self.environment(LINSHENG_TEST__END=end),
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "ready" in line or end, self.log()[-2000:]

    def environment(self, **more: str) -> dict[str, str]:
        """What the service finds in its environment."""
        known = {"PYTHONPATH": str(ROOT), "LINSHENG_TELEGRAM__TOKEN": self.server.token}
        return {**os.environ, **known, **more}

    def kill(self) -> None:
        """End the process, now."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        """End it in peace; returns the exit code, within the ten seconds that are promised."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=10)

    def log(self) -> str:
        """Everything that was logged."""
        return (self.folder / "log").read_text(encoding="utf-8")

    # ------------------------------------------------------------ time

    def health(self) -> dict[str, Any]:
        """What the service says of itself; empty while it does not answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/health")
            return dict(json.load(connection.getresponse()))
        except (OSError, ValueError, http.client.HTTPException):
            return {}
        finally:
            connection.close()

    def quiet(self, told: dict[str, Any]) -> bool:
        """Whether nothing happens before the clock is moved."""
        working = (told.get(name, 1) for name in ("inbox", "due", "lanes", "sendable"))
        return not any(working) and (told["held"] > 0 or told["outbox"] == 0) and not self.server.unconfirmed()

    def rest(self) -> dict[str, Any]:
        """Wait until nothing happens before the clock is moved; what the service says then."""
        last, looks = time.monotonic() + PATIENCE, 0
        told: dict[str, Any] = {}
        while self.server.unconfirmed() or not self.quiet(told := self.health()):
            assert self.process is not None and self.process.poll() is None, (
                f"it ended: {self.process and self.process.poll()}"
            )
            assert time.monotonic() < last, (told, self.log()[-2000:])
            time.sleep(0.004)
            looks += 1
            if looks % 250 == 0 and self.server.unconfirmed():
                self._pause()  # after a fault it asks again a little later
        return told

    def settle(self) -> None:
        """Wait until everything is answered; the clock goes on only where a limit holds somebody back."""
        while self.rest()["held"]:
            self._pause()

    def _pause(self) -> None:
        self.clock.go(STEP)
        self.drift += timedelta(seconds=STEP)

    def next_due(self) -> datetime | None:
        """When something is due next, read beside the running service."""
        row = self.rows("SELECT min(at) AS at FROM agenda")[0]
        return datetime.fromtimestamp(row["at"] / 1000, BEGIN.tzinfo) if row["at"] is not None else None

    def walk(self, to: datetime) -> None:
        """Move the clock through every due moment in order."""
        self.settle()
        while (due := self.next_due()) is not None and due <= to + self.drift:
            self.clock.move(due)
            self.settle()
        self.clock.move(to + self.drift)
        self.settle()

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Read the database as it is on disk."""
        with closing(sqlite3.connect(f"file:{self.folder / 'data' / 'linsheng.db'}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return database.execute(sql, values).fetchall()

    # ------------------------------------------------------------ what is shown

    def lines(self, calls: list[Call]) -> list[str]:
        """Messages and edits that went through, as a conversation file shows them."""
        return [
            self._line(call) for call in calls if call.method in SENDING and (call.status == 200 or _same(self, call))
        ]

    def _line(self, call: Call) -> str:
        file = {"sendPhoto": "[图] ", "sendDocument": "[图] ", "sendVoice": "[声] "}.get(call.method, "")
        text = file + str(call.params.get("text", call.params.get("caption", "")))
        rows = tuple(tuple(Button(*button) for button in row) for row in markup_of(call.params)[0])
        assert call.chat is not None
        return script.sent_line(self.titles[call.chat], text, rows, call.method == "editMessageText")


def _same(town: Town, call: Call) -> bool:
    """An edit to what the message showed already, which the client takes for done."""
    post = town.server.state.chats[call.chat or 0].post(int(call.params.get("message_id", 0)))
    return call.status == 400 and post is not None and post.text == call.params.get("text")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def town(folder: Path, **standin: Any) -> Iterator[Town]:
    """A stand-in, a clock and a planted community; whatever still runs in the end is killed."""
    (folder / "data").mkdir(mode=0o700, parents=True, exist_ok=True)
    clock = SharedClock(folder / "data" / "clock")
    with Standin(clock.now, **standin).in_thread() as server:
        place = Town(folder, server, clock)
        try:
            yield place
        finally:
            if place.process is not None and place.process.poll() is None:
                place.kill()
