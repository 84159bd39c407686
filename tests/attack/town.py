"""The service under attack: its folder, its process, and how much memory and how many files it holds."""

from __future__ import annotations

import http.client
import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.attack.wire import TOKEN, Wire
from tests.support import processes

ROOT = Path(__file__).parents[2]
DESK, GROUP = -1001, -1002
MANAGER, HELPER, OTHER, RESIDENT, STRANGER = 501, 502, 503, 601, 666
"""The desk's group, the volunteers' group, and people by their account."""
PEOPLE = {
    MANAGER: ("张主任", "manager"),
    HELPER: ("小李", "volunteer"),
    OTHER: ("小陈", "volunteer"),
    RESIDENT: ("王奶奶", "resident"),
}
EMPTY: dict[str, bytes] = {}
"""The files of a database that holds nobody yet."""


class Town:
    """A data folder with a desk, a group and a few people, and the process that serves them."""

    def __init__(self, folder: Path, wire: Wire, clock: bool = False) -> None:
        self.folder, self.wire = folder, wire
        self.data = folder / "data"
        self.data.mkdir(mode=0o700)
        self.port = _free()
        self.process: subprocess.Popen[str] | None = None
        self.clock = self.data / "clock" if clock else None
        self.configure()
        self._plant()

    def configure(self, more: str = "") -> None:
        """Write the settings."""
        test = "[test]\nclock = true\n" if self.clock else ""
        self.config = self.folder / "config.toml"
        self.config.write_text(
            f'[community]\nphone = "8888"\nbuildings = [{{ numbers = "1-18", units = 4 }}]\n[data]\nfolder = "{self.data}"\n'
            f"[hearing]\nenabled = false\n[status]\nport = {self.port}\n[telegram]\nenabled = true\npoll_timeout = 1\n"
            f'api_url = "http://127.0.0.1:{self.wire.port}/bot"\n{test}{more}',
            encoding="utf-8",
        )

    def _plant(self) -> None:
        """People and groups; the database itself is made by the first town's ``check`` and copied for the others."""
        if not EMPTY:
            assert self.command("check").returncode in (0, 1)
            EMPTY.update({path.name: path.read_bytes() for path in self.data.glob("linsheng.db*")})
        for name, content in EMPTY.items():
            (self.data / name).write_bytes(content)
        with closing(sqlite3.connect(self.data / "linsheng.db")) as database, database:
            for number, (account, (name, role)) in enumerate(PEOPLE.items(), 1):
                database.execute(
                    "INSERT INTO person (id, name, consent_at, created_at) VALUES (?, ?, 1, 0)", (number, name)
                )
                database.execute("INSERT INTO account VALUES ('telegram', ?, ?)", (str(account), number))
                database.execute(
                    "INSERT INTO chat (channel, address, kind, person) VALUES ('telegram', ?, 'private', ?)",
                    (str(account), number),
                )
                database.execute("INSERT INTO role VALUES (?, ?, 0)", (number, role))
            for address, queue in ((DESK, "desk"), (GROUP, "volunteers")):
                database.execute(
                    "INSERT INTO chat (channel, address, kind, queue) VALUES ('telegram', ?, 'group', ?)",
                    (str(address), queue),
                )

    def environment(self) -> dict[str, str]:
        """What the service finds in its environment."""
        return {**os.environ, "PYTHONPATH": str(ROOT), "LINSHENG_TELEGRAM__TOKEN": TOKEN}

    def command(self, *words: str, seconds: float = 60.0) -> subprocess.CompletedProcess[str]:
        """Run another command of the contract; one that does not end by itself is a failure."""
        process = processes.linsheng(
            words[0],
            *words[1:],
            "--config",
            str(self.config),
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        out, err = process.communicate(timeout=seconds)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def start(self, memory: int = 0) -> float:
        """Run the service; returns after how many seconds it said that it is ready. ``memory`` limits its data, in MB."""
        begun = time.monotonic()
        limit = memory << 20
        with open(self.folder / "log", "a") as log:
            self.process = processes.linsheng(
                "run",
                "--config",
                str(self.config),
                cwd=self.folder,
                env=self.environment(),
                stdout=subprocess.PIPE,
                stderr=log,
                preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))) if limit else None,
            )
        assert self.process.stdout is not None
        assert "ready" in self.process.stdout.readline(), self.log()[-3000:]
        return time.monotonic() - begun

    def kill(self) -> None:
        """End it, now."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        """End it in peace."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=15)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def peak(self) -> float:
        """The most memory it ever held, in MB."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))

    def log(self) -> str:
        """Everything that was logged."""
        return (self.folder / "log").read_text(encoding="utf-8")

    def health(self) -> tuple[int, dict[str, Any]]:
        """Status and what it says of itself."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", "/health")
            answer = connection.getresponse()
            return answer.status, dict(json.load(answer))

    def metrics(self) -> str:
        """The figures for Prometheus."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", "/metrics")
            return connection.getresponse().read().decode()

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Read the database beside the running service."""
        with closing(sqlite3.connect(f"file:{self.data / 'linsheng.db'}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return database.execute(sql, values).fetchall()

    def tickets(self, category: str) -> int:
        """How many tickets of the desk have this reason."""
        return int(self.rows("SELECT count(*) AS n FROM ticket WHERE flow = 'desk' AND category = ?", category)[0]["n"])


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
