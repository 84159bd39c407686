"""How long tickets waited: for a part, an hour, a second visit. Counted apart, so that waiting hides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from storage.database import Row, Transaction, millis
from storage.figures import MINUTE, Spread

ENDS = frozenset(
    {"start", "arrive", "finish", "release", "return", "reoffer", "cancel", "widen", "refer", "merge", "reopen"}
)
"""Actions with which a wait is over."""


def waited(tx: Transaction, start: datetime, end: datetime, now: datetime) -> Spread:
    """The time that tickets opened within [start, end) spent waiting, over those that ever waited."""
    rows = tx.all(
        "SELECT e.ticket, e.action, e.at FROM ticket_event e JOIN ticket t ON t.id = e.ticket"
        " WHERE t.opened_at >= ? AND t.opened_at < ? AND t.flow <> 'desk' AND t.life = 'task' AND EXISTS"
        " (SELECT 1 FROM ticket_event w WHERE w.ticket = t.id AND w.action = 'wait') ORDER BY e.ticket, e.id",
        millis(start),
        millis(end),
    )
    minutes = sorted(_minutes(events, millis(now)) for _, events in groupby(rows, key=lambda row: row["ticket"]))
    if not minutes:
        return Spread(0, None, None)
    count = len(minutes)
    return Spread(count, minutes[(count + 1) // 2 - 1], minutes[(count * 9 + 9) // 10 - 1])


def _minutes(events: Iterable[Row], now: int) -> int:
    return sum(_stretches(events, now)) // MINUTE


def _stretches(events: Iterable[Row], now: int) -> Iterator[int]:
    """Each wait from its beginning to whatever ended it; a wait that is prolonged is one."""
    since: int | None = None
    for event in events:
        if event["action"] == "wait" and since is None:
            since = event["at"]
        elif event["action"] in ENDS and since is not None:
            yield event["at"] - since
            since = None
    if since is not None:
        yield now - since
