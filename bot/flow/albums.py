"""An album is one event: its parts are stored one by one, as they come, and handled together.

Each part is an event of its own until it is handled, so that nothing is lost between two pages of updates or in a kill. The
first of them in its lane waits a moment for the others; what comes later still goes where the album went, without an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from models.events import Picture, Received
from storage import inbox
from storage.database import Database, Transaction
from storage.inbox import Entry

GATHER = 0.7
"""Seconds (of the machine) without a further part after which an album is complete."""


async def parts(database: Database, entry: Entry, hurries: Callable[[Received], bool]) -> list[Entry]:
    """All stored parts of the album an entry begins, once no further one came, but for those that hold a danger."""
    assert isinstance(entry.event, Picture)
    album, found = entry.event.album, [entry]
    while True:
        await asyncio.sleep(GATHER)
        rows = await database.read(lambda tx: inbox.album(tx, entry.lane, album))
        stored = [one for one in rows if not hurries(one.event)]
        if len(stored) <= len(found):
            return stored or [entry]
        found = stored


def together(found: list[Entry]) -> Received:
    """The parts as one event: the first one, with every file and all the words."""
    first = found[0].event
    if not isinstance(first, Picture):
        return first
    pictures = [one.event for one in found if isinstance(one.event, Picture)]
    files = [file for one in pictures for file in one.files]
    words = "\n".join(dict.fromkeys(one.caption for one in pictures if one.caption))
    return replace(first, file=next(iter(files), ""), others=tuple(files[1:]), caption=words)


def finish(tx: Transaction, found: list[Entry], event: Received) -> Received | None:
    """Mark the parts done; the event as it is to be handled now, None when it was done before."""
    if isinstance(event, Picture):
        event = replace(event, late=inbox.album_is_done(tx, found[0].lane, event.album))
    done = [inbox.finish(tx, one.id) for one in found]
    return event if done[0] else None
