"""People whom somebody speaks for on their own telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.meaning import PlaceExpression
from models.places import decode_place, encode_place
from storage.database import Row, Transaction, millis, moment


@dataclass(frozen=True)
class Other:
    """Somebody else, as the one who speaks for them calls them."""

    called: str
    place: PlaceExpression | None = None
    """Where they live, when it is not where the speaker lives."""
    since: datetime | None = None
    """From when on the telephone speaks for them; None while it speaks for its owner."""


def remember(tx: Transaction, person: int, called: str, place: PlaceExpression | None, now: datetime) -> None:
    """Keep whom somebody speaks for, and where they live once that was said."""
    tx.run(
        "INSERT INTO other (person, called, place, at) VALUES (?, ?, ?, ?) ON CONFLICT (person, called)"
        " DO UPDATE SET place = coalesce(excluded.place, other.place), at = excluded.at",
        person,
        called,
        encode_place(place) if place else None,
        millis(now),
    )


def speak_for(tx: Transaction, person: int, called: str | None, now: datetime) -> None:
    """From now on the telephone speaks for this one, or for its owner."""
    tx.run("UPDATE other SET since = NULL WHERE person = ?", person)
    if called is not None:
        remember(tx, person, called, None, now)
        tx.run("UPDATE other SET since = ? WHERE person = ? AND called = ?", millis(now), person, called)


def spoken_for(tx: Transaction, person: int) -> Other | None:
    """Whom the telephone speaks for now."""
    row = tx.one("SELECT * FROM other WHERE person = ? AND since IS NOT NULL", person)
    return _other(row) if row else None


def get(tx: Transaction, person: int, called: str) -> Other | None:
    """Somebody this person spoke for before."""
    row = tx.one("SELECT * FROM other WHERE person = ? AND called = ?", person, called)
    return _other(row) if row else None


def _other(row: Row) -> Other:
    return Other(
        row["called"],
        decode_place(row["place"]) if row["place"] else None,
        moment(row["since"]) if row["since"] else None,
    )
