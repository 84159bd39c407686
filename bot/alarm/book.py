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

from bot.keeping import sidefiles
from handlers.danger.memory import Snapshot
from models.incidents import Alarm, Reach, Rung

LARGEST = 1 << 31
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
        for found in sidefiles.read(self._alarms, _read):
            if isinstance(found, Alarm):
                alarms[found.mark] = found
            elif isinstance(found, tuple):
                tried.append(found)
            else:
                alarms.pop(found or "", None)
        return list(alarms.values()), [one for one in tried if one[0] in alarms or one[0].isdigit()]

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
        return sidefiles.whole(self._ladder, _snapshot, Snapshot())


def _snapshot(text: str) -> Snapshot:
    found = json.loads(text)
    rungs = tuple((Rung(**rung), tuple(_reach(one) for one in some)) for rung, some in found["rungs"])
    return Snapshot(rungs, frozenset((str(channel), str(account)) for channel, account in found["staff"]))


def _reach(fields: dict[str, Any]) -> Reach:
    reach = Reach(**fields)
    if type(reach.person) is not int or not isinstance(reach.address, str):
        raise ValueError("nobody")
    return reach


def _read(text: str) -> Alarm | Tried | str | None:
    """One line: an alarm, whom it reached, or the mark of one that is stored. Raises when it is none of ours."""
    if text.startswith("{") and not text.endswith("}"):
        return None  # torn: it was never finished
    line = json.loads(text)
    if "alarm" in line:
        fields = line["alarm"]
        times = {name: _moment(fields[name]) for name in ("at", "said")}
        words = {name: value for name, value in fields.items() if name not in times and name != "private"}
        if not all(isinstance(value, str) for value in words.values()):
            raise ValueError("no words")
        return Alarm(**{**fields, **times})
    if "tried" in line:
        mark, number, at, persons = line["tried"]
        if not isinstance(mark, str) or not all(type(one) is int and abs(one) < LARGEST for one in (number, *persons)):
            raise ValueError("no numbers")
        return mark, number, _moment(at), tuple(persons)
    return str(line["stored"])


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without zone")
    return at
