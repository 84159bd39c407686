"""People of the seeded cast, by account."""

from __future__ import annotations

from bot.replay.talk import Stage
from storage import people
from storage.database import Transaction


def person(tx: Transaction, account: str) -> int:
    somebody = people.known(tx, "talk", account)
    assert somebody is not None
    return somebody.id


async def role(stage: Stage, account: str, name: str) -> None:
    await stage.database.transaction(lambda tx: people.give_role(tx, person(tx, account), name, stage.clock.now()))
    await stage.app.tick()
