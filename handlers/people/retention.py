"""Every night what grew old is forgotten."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, time, timedelta

from handlers.settings import House
from handlers.turn import Turn
from storage import queue, retention
from storage.database import Transaction

KEY = "keep.nightly"
HOUR = time(3, 0)
PAUSE = timedelta(seconds=2)
"""Between two steps of a night with much to forget."""


def plant(tx: Transaction, house: House, now: datetime) -> None:
    """The first night, unless it is on the agenda already."""
    if not queue.is_scheduled(tx, KEY):
        queue.schedule(tx, KEY, _night(house, now), KEY)


def nightly(turn: Turn) -> None:
    """Forget, and write down the next night; what is much is forgotten step by step, so that nobody waits for it."""
    more = retention.expire(turn.tx, asdict(turn.house.retention), turn.now)
    queue.schedule(turn.tx, KEY, turn.now + PAUSE if more else _night(turn.house, turn.now), KEY)


def _night(house: House, now: datetime) -> datetime:
    """The next three o'clock."""
    local = now.astimezone(house.zone)
    tonight = datetime.combine(local.date(), HOUR, house.zone)
    return tonight if tonight > local else datetime.combine(local.date() + timedelta(days=1), HOUR, house.zone)
