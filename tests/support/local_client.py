"""Talks to a running ``linsheng run`` over its local channel, as a platform would: what was not stored is said again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import processes

ROOT = Path(__file__).parents[2]


def write_config(folder: Path, more: str = "") -> Path:
    """A configuration with the local channel on."""
    file = folder / "config.toml"
    file.write_text(
        f'[community]\nbuildings = [{{ numbers = "1-99", units = 3 }}]\n[community.spots]\n"南门" = ["南门口"]\n'
        f'[data]\nfolder = "{folder / "data"}"\n[local]\nenabled = true\n[hearing]\nenabled = false\n{more}',
        encoding="utf-8",
    )
    return file


def start(config: Path) -> subprocess.Popen[str]:
    """The service as a process of its own, once it says that it is ready."""
    with open(config.parent / "log", "a") as log:
        process = processes.linsheng(
            "run",
            "--config",
            str(config),
            cwd=config.parent,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "ready" in line, (config.parent / "log").read_text(encoding="utf-8")[-2000:]
    return process


def kill(process: subprocess.Popen[str]) -> None:
    """End the whole process, now."""
    process.send_signal(signal.SIGKILL)
    process.wait()


@dataclass
class Client:
    """One connection, and everything it was ever sent."""

    path: Path
    messages: list[dict[str, object]] = field(default_factory=list)
    stored: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    _socket: socket.socket | None = None
    _buffer: bytes = b""

    def connect(self) -> None:
        """Connect, as soon as the socket is there."""
        while True:
            try:
                self._socket = socket.socket(socket.AF_UNIX)
                self._socket.connect(str(self.path))
                self._socket.settimeout(0.05)
                return
            except OSError:
                self._socket.close()
                time.sleep(0.005)

    def say(self, key: str, who: str, text: str, **more: object) -> bool:
        """Send a line; False when the connection broke."""
        fields = {"key": key, "chat": who, "account": who, "name": who, "text": text, **more}
        try:
            assert self._socket is not None
            self._socket.sendall((json.dumps(fields) + "\n").encode())
        except OSError:
            return False
        return True

    def listen(self) -> bool:
        """Read what has come; False at the end of the connection."""
        assert self._socket is not None
        try:
            data = self._socket.recv(1 << 16)
        except TimeoutError:
            return True
        except OSError:
            return False
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        for line in lines:
            self._take(json.loads(line))
        return bool(data)

    def _take(self, fields: dict[str, object]) -> None:
        if "stored" in fields:
            self.stored.add(str(fields["stored"]))
        elif "refused" in fields:
            self.refused.add(str(fields["refused"]))
        else:
            self.messages.append(fields)

    def drop(self) -> None:
        """Read to the end of a broken connection."""
        while self.listen():
            pass
        assert self._socket is not None
        self._socket.close()
        self._buffer = b""
