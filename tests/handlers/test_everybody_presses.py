"""Every verb, pressed by everybody on everything: whoever has no right changes nothing and is shown nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot.replay.script import Step
from bot.replay.talk import Stage
from handlers import buttons, commands, rights, rows
from handlers.people import passing
from models.people import ROLES
from storage import people
from storage.database import Transaction
from tests.conftest import say
from tests.support.invariants import unequal
from tests.support.pressed import SECRETS, TABLES


def test_every_verb_has_its_row() -> None:
    """A new button fails here until the table says who may."""
    table = rights.table()
    assert set(buttons.table()) == set(table.ticket) - {passing.VERB} | set(table.elsewhere)
    assert not set(table.ticket) & set(table.elsewhere)
    named = {who for some in table.ticket.values() for who in some}
    assert named <= {*ROLES, "reporter", "joined", "filer", "helper"}


def test_every_command_has_its_row() -> None:
    """Who may is read from the table alone; a command without a row, or a row without a command, is no start."""
    assert {word for word in rights.table().commands} == set(rows.installed().every("commands"))
    assert {who for some in rights.table().commands.values() for who in some} <= set(ROLES)
    assert commands.named()


@pytest.mark.parametrize("role", ["", *ROLES])
async def test_a_command_is_refused_to_whoever_has_no_row(stage: Stage, role: str) -> None:
    """Under its word and its Chinese words alike; nothing changes and nothing is shown."""
    await world(stage)
    await say(stage, "李大爷", "你好")
    await stage.database.transaction(lambda tx: _stranger(tx, stage, role))
    before = await stage.database.read(_shot)
    for word, command in rows.installed().every("commands").items():
        who = rights.table().commands[word]
        if not who or role in who:
            continue
        for called in (word, word.upper(), *command.also):
            await stage.database.transaction(lambda tx: tx.run("DELETE FROM spent"))
            sent = "\n".join(await say(stage, "李大爷", f"/{called} 1 小李 volunteer"))
            assert "权限" in sent and not [secret for secret in SECRETS if secret in sent], (called, role)
    assert await stage.database.read(_shot) == before


async def world(stage: Stage) -> None:
    """Something of everything: a ticket that is taken, one that is joined, a booking, a mediation, a desk's ticket."""
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    await say(stage, "小李", "接 1", group="志愿者群")
    await say(stage, "王奶奶", "找人")
    await say(stage, "陈阿婆", "七号楼电梯坏了", "对")
    await say(stage, "陈阿婆", "想约明天下午三点理发", "对")


def _shot(tx: Transaction) -> list[Sequence[Any]]:
    return [tuple(row) for name in TABLES for row in tx.all(f"SELECT '{name}', * FROM {name} ORDER BY 1, 2, 3")]


def _stranger(tx: Transaction, stage: Stage, role: str) -> None:
    person = people.known(tx, "talk", "li")
    assert person is not None
    tx.run("DELETE FROM role WHERE person = ?", person.id)
    if role:
        people.give_role(tx, person.id, role, stage.clock.now())


OPEN = {
    "take",
    "over",
    "claim",
    "human",
    "mine",
    "erase",
    "urgent",
    "figures",
    "mistake",
    "hold",
    "cause",
    "callfirst",
    "door",
    "athome",
    "enroute",
    "there",
    "solved",
    "pass",
    "takeover",
    "real",
    "wrong",
    "book_accept",
    "book_came",
    "book_decline",
    "book_late",
    "book_missed",
}
"""Verbs that are some role's, or about the presser alone: tried only by those whose role has nothing to do with it."""


@pytest.mark.parametrize("role", ["", "resident", "family", "mediator", "provider", "volunteer", "vetted"])
async def test_a_stranger_of_every_role_changes_nothing(stage: Stage, role: str) -> None:
    await world(stage)
    await say(stage, "李大爷", "你好")
    await stage.database.transaction(lambda tx: _stranger(tx, stage, role))
    verbs = [verb for verb in buttons.table() if role not in rights.table().ticket.get(verb, ()) and verb not in OPEN]
    before = await stage.database.read(_shot)
    numbers = [row["id"] for row in await stage.database.read(lambda tx: tx.all("SELECT id FROM ticket"))]
    for verb in verbs:
        await stage.database.transaction(lambda tx: tx.run("DELETE FROM spent"))
        for number in numbers:
            for last in ("0", "1"):
                sent = "\n".join(await stage.play(Step(0, "", "press", "李大爷", "", f"伪造 {verb}:{number}:{last}")))
                assert not [secret for secret in SECRETS if secret in sent], (verb, number)
        assert await stage.database.read(_shot) == before, (verb, role)
    assert stage.app.counts["failures"] == 0 and await stage.database.read(unequal) == []


WAS = ("start", "arrive", "finish", "release", "defer", "alert", "cancel", "append", "query", "urge")


async def test_who_was_but_is_no_more(stage: Stage) -> None:
    """A helper who gave it back, and a volunteer who is none any more, are strangers."""
    await world(stage)
    await say(stage, "小李", "去不了了")
    await say(stage, "张主任", "/dismiss 小李 volunteer")
    before = await stage.database.read(_shot)
    for verb in WAS:
        sent = "\n".join(await stage.play(Step(0, "", "press", "小李", "", f"伪造 {verb}:1:0")))
        assert not [secret for secret in SECRETS if secret in sent], verb
        assert await stage.database.read(_shot) == before, verb


async def test_the_table_names_only_what_it_decides(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every verb about a ticket really asks the table when it is pressed."""
    await world(stage)
    asked, may = set(), rights.may
    monkeypatch.setattr(rights, "may", lambda turn, verb, ticket: (asked.add(verb), may(turn, verb, ticket))[1])
    for verb in rights.table().ticket:
        if verb == passing.VERB:
            await say(stage, "陈阿婆", "/pass 1")
        else:
            await stage.play(Step(0, "", "press", "陈阿婆", "", f"伪造 {verb}:1:0"))
        await stage.database.transaction(lambda tx: tx.run("DELETE FROM spent"))
    assert asked == set(rights.table().ticket)
