"""Who may do what: role × every command and every button, derived from the tables, denials included."""

from __future__ import annotations

import pytest

from bot.replay.script import Step
from bot.replay.talk import Stage
from handlers import buttons, commands, rights, rows
from models.people import ROLES
from storage import people
from storage.database import Transaction
from tests.conftest import say
from tests.support.invariants import unequal

COMMANDS = rows.installed().every("commands")
ROLES_OF = rights.table().commands
PRESSES = buttons.table()
REFUSED = "这个命令要有权限的人才能用。"
PRIVATELY = "这个请私下问我。"


def _become(tx: Transaction, stage: Stage, role: str) -> None:
    """李大爷 holds just this role."""
    person = people.known(tx, "talk", "li")
    assert person is not None
    tx.run("DELETE FROM role WHERE person = ?", person.id)
    people.give_role(tx, person.id, role, stage.clock.now())


@pytest.mark.parametrize("role", ROLES)
async def test_commands(stage: Stage, role: str) -> None:
    """Each command answers a role that its row names, and refuses every other; nothing private in a group."""
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    await stage.database.transaction(lambda tx: _become(tx, stage, role))
    for word, command in COMMANDS.items():
        denied = bool(ROLES_OF[word]) and role not in ROLES_OF[word]
        answered = "\n".join(await say(stage, "李大爷", f"/{word} 1"))
        assert (REFUSED in answered) is denied, (word, role)
        await stage.database.transaction(lambda tx: tx.run("DELETE FROM spent"))
        in_group = "\n".join(await say(stage, "李大爷", f"/{word} 1", group="志愿者群"))
        assert (REFUSED in in_group) is denied, (word, role)
        if not denied and command.private:
            assert PRIVATELY in in_group, (word, role)
        if denied or command.private:
            assert "5550 0101" not in in_group and "501" not in in_group
    assert stage.app.counts["failures"] == 0


EVERYBODY = {"start", "help", "human", "for", "mydata", "forget", "pass"}
"""Commands that are nobody's in particular: a new row that names no role fails until it stands here."""


def test_every_command_says_who_may() -> None:
    assert {word for word in COMMANDS if not ROLES_OF[word]} == EVERYBODY
    assert all(ROLES_OF[word] <= set(ROLES) for word in COMMANDS)
    assert all(COMMANDS[word].private for word in EVERYBODY - {"help"}), (
        "what concerns one person is no group's business"
    )
    assert set(commands.named()) == {*COMMANDS, *(word for command in COMMANDS.values() for word in command.also)}


FRESH = {"take": {"desk", "manager"}, "claim": {"volunteer", "property", "desk", "manager"}}
"""Buttons whose right is a role: verb → roles that may."""


@pytest.mark.parametrize("role", ROLES)
async def test_buttons_of_somebody_elses_ticket(stage: Stage, role: str) -> None:
    """A forged press on 王奶奶's ticket changes it only by a role that may; details go to nobody else."""
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    await stage.database.transaction(lambda tx: _become(tx, stage, role))
    denied = [verb for verb in PRESSES if role not in FRESH.get(verb, set())]
    allowed = [verb for verb in FRESH if verb not in denied]
    for verb in [*sorted(denied), *allowed[:1]]:
        before = await stage.database.read(_ticket)
        sent = "\n".join(await stage.play(Step(0, "", "press", "李大爷", "", f"伪造 {verb}:1:1")))
        after = await stage.database.read(_ticket)
        may = verb in allowed
        assert (after != before) is may, (verb, role)
        assert ("5550 0101" in sent) is may, (verb, role)
    assert stage.app.counts["failures"] == 0
    assert await stage.database.read(unequal) == []


def _ticket(tx: Transaction) -> tuple[object, ...]:
    row = tx.one("SELECT * FROM ticket WHERE id = 1")
    assert row is not None
    return tuple(row)


async def test_a_role_taken_away_counts_at_once(stage: Stage) -> None:
    assert REFUSED not in "\n".join(await say(stage, "张主任", "/people"))
    await stage.database.transaction(lambda tx: tx.run("DELETE FROM role WHERE role = 'manager'"))
    assert REFUSED in "\n".join(await say(stage, "张主任", "/people"))


async def test_plain_chinese_has_the_rights_of_its_command(stage: Stage) -> None:
    for who, may in (("张主任", True), ("刘姐", True), ("小李", False), ("王奶奶", False)):
        assert ("没有超时的" in "\n".join(await say(stage, who, "超时的有哪些"))) is may
