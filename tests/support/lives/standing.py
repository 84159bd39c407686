"""What must hold in the tables between any two events: nobody sleeps, nothing is lost, and who waits was told.

A rule is a function ``(tx, house, now)`` that yields what is wrong; a wing adds its own to ``RULES``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from handlers.settings import House
from models.cases import LIVE
from models.incidents import SLOWEST
from models.tickets import LIVES, Ticket
from storage import incidents, people, tickets
from storage.database import Transaction, moment
from tests.support.truth.tasks import is_late

LONGEST = timedelta(days=12)
"""How far ahead the next look at something may lie: over the longest holidays, and a little."""
WAITS = timedelta(days=31)
"""The same for what waits for something."""
HELD = timedelta(days=8)
"""How long after its hour a booking is asked about."""
BEFORE_NIGHT = time(20, 50)
"""What slips later is told in the morning."""


def looked_after(tx: Transaction, house: House, now: datetime) -> Iterator[str]:
    """Each open ticket has somebody and a next time, and that time is not far."""
    ahead = _ahead(tx, now)
    for one in tickets.open_in(tx):
        if one.life == "task":
            yield from _next(one, ahead.get(one.id), now)
            if not (one.owner or one.queue):
                yield f"ticket {one.id} has nobody"


def _next(one: Ticket, at: datetime | None, now: datetime) -> Iterator[str]:
    if at is None:
        yield f"ticket {one.id} ({one.flow}, {one.status}) has no next time"
    elif at - now > (WAITS if one.status == "onhold" else LONGEST):
        yield f"ticket {one.id} ({one.flow}, {one.status}) sleeps for {(at - now).days} days"


def _ahead(tx: Transaction, now: datetime) -> Mapping[int, datetime]:
    rows = tx.all("SELECT ticket, at FROM agenda WHERE ticket IS NOT NULL ORDER BY at DESC")
    return {row["ticket"]: moment(row["at"]) for row in rows if moment(row["at"]) > now}


def others(tx: Transaction, house: House, now: datetime) -> Iterator[str]:
    """Mediations and bookings have a next time too; no booking stays held after its hour."""
    ahead = _ahead(tx, now)
    rows = tx.all(
        "SELECT id, life, status, julianday(json_extract(slots, '$.at')) < ? AS past FROM ticket WHERE life = 'case'"
        " AND status IN (SELECT value FROM json_each(?)) OR life = 'appointment'"
        " AND status IN ('open', 'accepted', 'waiting', 'offered')",
        (now - HELD).timestamp() / 86_400 + 2440587.5,
        json.dumps(LIVE),
    )
    for row in rows:
        if row["life"] == "appointment" and row["past"]:
            yield f"booking {row['id']} ({row['status']}) is over and still held"
        elif row["id"] not in ahead:
            yield f"{row['life']} {row['id']} ({row['status']}) has no next time"


def rebuilt(tx: Transaction, house: House, now: datetime) -> Iterator[str]:
    """Every ticket is what its events make of it."""
    for number in tickets.numbers(tx):
        if tickets.rebuild(tx, number) != tickets.get(tx, number):
            yield f"ticket {number} is not what its events make of it"


def alarmed(tx: Transaction, house: House, now: datetime) -> Iterator[str]:
    """No open alarm falls silent."""
    for danger in incidents.unclosed(tx):
        silent = danger.next_at is None or danger.next_at > now + timedelta(minutes=SLOWEST + 1)
        if danger.status == "open" and not danger.drill and silent:
            yield f"alarm {danger.id} has fallen silent"


def untold(
    tx: Transaction, house: House, now: datetime, told: Mapping[int, datetime], gone: Collection[str]
) -> Iterator[str]:
    """Who waits for something late was told with a name and an hour, before they asked; at the latest before the night."""
    evening = datetime.combine(now.astimezone(house.zone).date(), BEFORE_NIGHT, house.zone)
    for one in tickets.open_in(tx):
        if not _owed(tx, one, gone) or not is_late(one, now):
            continue
        since = late_since(tx, one, now)
        named = datetime.fromisoformat(one.slots["named_until"]) if "named_until" in one.slots else now
        heard = told.get(one.id)
        if since < evening and named <= now and (heard is None or heard < since):
            yield f"ticket {one.id} ({one.flow}, {one.status}) is late and nobody said so"


def _owed(tx: Transaction, one: Ticket, gone: Collection[str]) -> bool:
    """Whether somebody can be told, and was promised something; danger has its own messages."""
    if one.chat is None or one.urgency == "P0" or people.chat(tx, one.chat).address in gone:
        return False
    if tx.one("SELECT 1 FROM incident WHERE id = ?", one.id):
        return False
    return one.life == "task" and (one.flow != "desk" or "promised" in one.slots)


def late_since(tx: Transaction, one: Ticket, now: datetime) -> datetime:
    """Since when it is late: given back after the promise, it is late from then on."""
    starts = [one.due_at] if one.due_at is not None and one.due_at <= now else []
    if one.status == "open" and one.promised_at is not None and one.promised_at <= now:
        starts.append(max(one.promised_at, _open_since(tx, one)))
    return min(starts)


def _open_since(tx: Transaction, one: Ticket) -> datetime:
    """Since when nobody has it."""
    events = tickets.events_of(tx, one.id)
    status, since = "open", events[0].at
    for event in events[1:]:
        before, status = status, LIVES[one.life][status, event.action]
        if status == "open" != before:
            since = event.at
    return since


Rule = Callable[[Transaction, House, datetime], Iterator[str]]
RULES: Sequence[Rule] = (looked_after, others, rebuilt, alarmed)
"""What is looked at each night."""
