"""Figures, lists and tables that a manager asks for, counted once more: all of them must agree."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.channels import Message
from handlers.settings import House
from models.tickets import Ticket
from storage import tickets
from storage.database import Transaction
from tests.support.lives import recount
from tests.support.truth.tasks import is_late

if TYPE_CHECKING:
    from tests.support.lives.life import Life

MANAGER = "zhuren"
NUMBER = re.compile(r"^#(\d+) ", re.MULTILINE)
LATE = "stats.line.late"


async def compare(life: Life, start: datetime) -> None:
    """Ask as the manager does, and count once more from the events; what differs is noted."""
    database, house = life.stage.database, life.stage.house
    for line in await database.read(lambda tx: list(recount.differences(tx, start, life.stage.clock.now()))):
        life.watch.note(f"figures: {line}")
    for words, check in (("/open", _open), ("/overdue", _late), ("/stats 今年", _stats), ("/export csv", _export)):
        told = await life.answered(MANAGER, words)
        if told is None:
            life.watch.note(f"figures: no answer to {words}")
            continue
        now = life.stage.clock.now()
        for line in await database.read(lambda tx, c=check, t=told, n=now: list(c(tx, house, t, n))):  # type: ignore[misc]
            life.watch.note(f"figures: {words}: {line}")


def _every(tx: Transaction) -> Mapping[int, Ticket]:
    """Every ticket as its events make it, but for mediations."""
    found = (tickets.rebuild(tx, number) for number in tickets.numbers(tx))
    return {one.id: one for one in found if one.life != "case"}


def _open(tx: Transaction, house: House, told: Message, now: datetime) -> Iterator[str]:
    yield from _list(house, "open", told, {one.id for one in _every(tx).values() if one.is_open})


def _late(tx: Transaction, house: House, told: Message, now: datetime) -> Iterator[str]:
    yield from _list(house, "overdue", told, {one.id for one in _every(tx).values() if is_late(one, now)})


def _list(house: House, what: str, told: Message, wanted: set[int]) -> Iterator[str]:
    """The head counts them, and those that are shown are among them."""
    head = re.escape(house.texts[f"managers.{what}.head"]).replace(re.escape("{count}"), r"(\d+)")
    found = re.search(head, told.text)
    count = int(found.group(1)) if found else 0
    if count != len(wanted):
        yield f"{count} told, {len(wanted)} counted"
    shown = {int(number) for number in NUMBER.findall(told.text)}
    if not shown <= wanted or (count <= 20 and shown != wanted):
        yield f"shown and not counted {sorted(shown - wanted)}, counted and not shown {sorted(wanted - shown)}"


def _stats(tx: Transaction, house: House, told: Message, now: datetime) -> Iterator[str]:
    """What the figures call late is late in the list too."""
    year = now.astimezone(house.zone).year
    mine = (one for one in _every(tx).values() if one.opened_at and one.opened_at.astimezone(house.zone).year == year)
    wanted = sum(is_late(one, now) for one in mine if one.life == "task" and one.flow != "desk")
    found = re.search(re.escape(house.texts[LATE]).replace(re.escape("{count}"), r"(\d+)"), told.text)
    if (int(found.group(1)) if found else 0) != wanted:
        yield f"late: {found.group(1) if found else 0} told, {wanted} counted"


def _export(tx: Transaction, house: House, told: Message, now: datetime) -> Iterator[str]:
    """The table has every ticket, with its status."""
    if told.file is None:
        yield "no file"
        return
    with told.file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    table = {int(row[0]): row[4] for row in rows}
    wanted = {one.id: house.texts[f"managers.status.{one.status}"] for one in _every(tx).values()}
    for number in sorted({*table, *wanted}):
        if table.get(number) != wanted.get(number):
            yield f"{number}: {table.get(number)} in the table, {wanted.get(number)} counted"
