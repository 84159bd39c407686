"""What the alarm lane keeps in memory: the ladder, who lives where, and what is going on; read once a second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handlers.danger import alerts, incident, ladder
from handlers.saying import titles
from handlers.settings import House
from models.incidents import LIVE, Alarm, Incident, Reach, Rung
from models.people import Person
from models.places import decode_place
from storage import directory as accounts
from storage import incidents as stored
from storage import people
from storage.database import Transaction

Account = tuple[str, str]
"""Channel and account."""


@dataclass(frozen=True)
class Snapshot:
    """The ladder, as far as it is the same for everybody, and who speaks of danger all day."""

    rungs: tuple[tuple[Rung, tuple[Reach, ...]], ...] = ()
    staff: frozenset[Account] = frozenset()


@dataclass(frozen=True)
class Standing:
    """An incident that is going on, with everything its next alert needs."""

    number: int
    mark: str
    status: str
    accounts: tuple[Account, ...]
    families: tuple[str, ...]
    count: int
    next_at: datetime | None
    active_at: datetime | None
    rungs: tuple[tuple[Rung, tuple[Reach, ...]], ...]
    lines: str


@dataclass(frozen=True)
class Directory:
    """Who is behind an account."""

    rows: Mapping[Account, Any] = field(default_factory=dict)
    kin: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """One look at the database."""

    snapshot: Snapshot
    standing: tuple[Standing, ...]
    known: frozenset[str]
    """Marks of alarms whose incident is stored by now."""


def look(tx: Transaction, house: House, marks: Iterable[str]) -> Look:
    """Everything that may change from one second to the next."""
    staff = frozenset(accounts.accounts_of(tx, "desk", "manager", "duty"))
    snapshot = Snapshot(_reached(tx, ladder.rungs_of(tx, house, ladder.BARE)), staff)
    live = [one for one in stored.unclosed(tx) if one.status in LIVE and not one.drill]
    standing = tuple(_standing(tx, house, one) for one in live)
    return Look(snapshot, standing, frozenset(stored.known_marks(tx, marks)))


def _standing(tx: Transaction, house: House, one: Incident) -> Standing:
    rungs = _reached(tx, ladder.rungs_of(tx, house, one)) if one.status == "open" else ()
    lines = alerts.body(house, one.family, one.sign, ladder.subject(tx, house, one)) if one.status == "open" else ""
    return Standing(
        one.id,
        one.mark,
        one.status,
        tuple(accounts.account_of(tx, one.person)),
        one.families,
        one.count,
        one.next_at,
        one.active_at,
        rungs,
        lines,
    )


def _reached(tx: Transaction, rungs: ladder.Rungs) -> tuple[tuple[Rung, tuple[Reach, ...]], ...]:
    return tuple((rung, tuple(_reach(tx, person) for person in some)) for rung, some in rungs)


def _reach(tx: Transaction, person: Person) -> Reach:
    chat = people.chat(tx, person.chat or 0)
    home = titles.spelled(person.home) if person.home and person.home.room else ""
    return Reach(person.id, chat.channel, chat.address, home)


def directory(tx: Transaction) -> Directory:
    """Everybody who was here before."""
    return Directory(accounts.directory(tx), accounts.all_kin(tx))


# ---------------------------------------------------------------- without a database


def subject(found: Directory, alarm: Alarm) -> alerts.Subject:
    """Whom an alarm speaks of, as far as memory knows."""
    row = found.rows.get((alarm.channel, alarm.account))
    if row is None:
        return alerts.subject_seen(alarm, None)
    home = titles.spelled(decode_place(row["home"])) if row["home"] else ""
    name = row["name"] or alarm.name or alarm.account
    return alerts.subject_seen(alarm, alerts.Subject(name, home, row["phone"], caution=bool(row["caution"])))


def rungs_for(snapshot: Snapshot, found: Directory, alarm: Alarm) -> tuple[tuple[Rung, tuple[Reach, ...]], ...]:
    """The ladder for an alarm: not the one in danger; where a home is violent, nobody of that home and no relative."""
    row = found.rows.get((alarm.channel, alarm.account))
    if row is None:
        return snapshot.rungs
    quiet = alerts.path_of(alarm.sign) == "quiet"
    home = titles.spelled(decode_place(row["home"])) if row["home"] else ""
    near = {row["id"], *(found.kin.get(row["id"], ()) if quiet else ())}
    kept = (
        (rung, tuple(one for one in some if one.person not in near and not (quiet and home and one.home == home)))
        for rung, some in snapshot.rungs
    )
    return tuple((rung, some) for rung, some in kept if some)


def goes_on(standing: Standing, alarm: Alarm) -> bool:
    """Whether people know of this already: the same person, the same kind of danger, not long ago."""
    if (alarm.channel, alarm.account) not in standing.accounts or alarm.family not in standing.families:
        return False
    return standing.status == "open" or alarm.at - (standing.active_at or alarm.at) < incident.FRESH
