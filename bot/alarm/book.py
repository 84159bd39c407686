"""Two small files beside the database: alarms whose incident is not stored yet, and the ladder as it was last seen."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from handlers.danger.memory import Snapshot
from models.incidents import Alarm, Reach, Rung

LOG = logging.getLogger(__name__)
Tried = tuple[str, int, datetime, tuple[int, ...]]
"""Mark or incident's number, number of the alert, when, and the persons it went to."""


class AlarmBook:
    """Append-only lines; a disk that refuses is logged and never stops an alarm."""

    def __init__(self, folder: Path) -> None:
        """Files in the data folder, readable by their owner only."""
        self._alarms, self._ladder = folder / "alarms.jsonl", folder / "ladder.json"
        self._shown: Snapshot | None = None

    def alarm(self, alarm: Alarm) -> None:
        """A danger was seen: on the disk before anything else happens."""
        self._append(
            {"alarm": {**asdict(alarm), "at": alarm.at.isoformat(), "said": alarm.said.isoformat()}}, sync=True
        )

    def tried(self, mark: str, number: int, at: datetime, persons: Iterable[int]) -> None:
        """Somebody is being alerted."""
        self._append({"tried": [mark, number, at.isoformat(), list(persons)]}, sync=False)

    def stored(self, mark: str) -> None:
        """The incident of an alarm is in the database."""
        self._append({"stored": mark}, sync=False)

    def clear(self) -> None:
        """Nothing is waiting."""
        try:
            if self._alarms.exists() and self._alarms.stat().st_size:
                os.truncate(self._alarms, 0)
        except OSError as fault:
            LOG.error("alarm file: %s", type(fault).__name__)

    def _append(self, line: dict[str, Any], sync: bool) -> None:
        try:
            file = os.open(self._alarms, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(file, (json.dumps(line) + "\n").encode())
                if sync:
                    os.fsync(file)
            finally:
                os.close(file)
        except OSError as fault:
            LOG.error("alarm file: %s", type(fault).__name__)

    def left(self) -> tuple[list[Alarm], list[Tried]]:
        """Alarms that were not stored when the process ended, and whom they reached."""
        alarms: dict[str, Alarm] = {}
        tried: list[Tried] = []
        for line in self._lines():
            try:
                _read(line, alarms, tried)
            except (KeyError, TypeError, ValueError):
                LOG.warning("alarm file: a line of another version")
        return list(alarms.values()), [one for one in tried if one[0] in alarms or one[0].isdigit()]

    def _lines(self) -> Iterable[dict[str, Any]]:
        """Whole lines; a torn one was never finished."""
        try:
            text = self._alarms.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return
        for line in text.splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                LOG.warning("alarm file: a torn line")

    # ------------------------------------------------------------ the ladder

    def show(self, snapshot: Snapshot) -> None:
        """Keep the ladder, if it changed."""
        if snapshot == self._shown:
            return
        self._shown = snapshot
        rungs = [[asdict(rung), [asdict(reach) for reach in some]] for rung, some in snapshot.rungs]
        text = json.dumps({"rungs": rungs, "staff": sorted(snapshot.staff)})
        try:
            waiting = self._ladder.with_suffix(".new")
            waiting.touch(0o600)
            waiting.write_text(text, encoding="utf-8")
            waiting.replace(self._ladder)
        except OSError as fault:
            LOG.error("ladder file: %s", type(fault).__name__)

    def shown(self) -> Snapshot:
        """The ladder as it was last seen; empty when there is no file."""
        try:
            found = json.loads(self._ladder.read_text(encoding="utf-8"))
            rungs = tuple((Rung(**rung), tuple(Reach(**one) for one in some)) for rung, some in found["rungs"])
            return Snapshot(rungs, frozenset((channel, account) for channel, account in found["staff"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Snapshot()


def _read(line: dict[str, Any], alarms: dict[str, Alarm], tried: list[Tried]) -> None:
    """Take up one line; raises when it has another shape."""
    if "alarm" in line:
        fields = line["alarm"]
        times = {name: datetime.fromisoformat(fields[name]) for name in ("at", "said")}
        alarms[fields["mark"]] = Alarm(**{**fields, **times})
    elif "tried" in line:
        mark, number, at, persons = line["tried"]
        tried.append((mark, int(number), datetime.fromisoformat(at), tuple(persons)))
    else:
        alarms.pop(line["stored"], None)
