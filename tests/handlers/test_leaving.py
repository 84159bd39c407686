"""Moved, deceased, in hospital, away: what is for them ends or rests in every wing, and nothing more is said to them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.replay.talk import Stage
from handlers import leaving
from handlers.turn import CLOCK, Turn
from models.events import Due
from models.people import GONE, STATES, Person
from storage import dialogues, people, tickets
from storage.database import Transaction
from tests.conftest import press, say

LIFE = ("帮我买点米", "对", "想约明天下午三点理发", "对", "七号楼电梯坏了", "对", "厨房水管漏水了")
"""A wish of her own, a booking, a lift of everybody's, and a form that is still open."""


def _named(tx: Transaction, account: str) -> Person:
    person = people.known(tx, "talk", account)
    assert person is not None
    return person


async def stopped(stage: Stage, account: str, state: str) -> None:
    """From now on it is so, said by nobody of the cast."""
    now = stage.clock.now()

    def work(tx: Transaction) -> None:
        leaving.stop(
            Turn(tx, stage.house, now, Due("state", now, "state"), "state", CLOCK, Person(0)),
            _named(tx, account),
            state,
        )

    await stage.database.transaction(work)


def told(stage: Stage, name: str) -> list[str]:
    """What somebody was shown in private."""
    address = stage.seed.named(name).account
    return [shown.text for shown in stage.channel.shown.values() if shown.chat == address]


@pytest.mark.parametrize("state", STATES)
async def test_what_is_for_somebody_ends_and_nothing_more_is_said(stage: Stage, state: str) -> None:
    await say(stage, "王奶奶", *LIFE)
    before = len(told(stage, "王奶奶"))
    await stopped(stage, "wang", state)
    wang = await stage.database.read(lambda tx: _named(tx, "wang"))
    mine = await stage.database.read(lambda tx: tickets.of_reporter(tx, wang.id))
    ended = {ticket.flow for ticket in mine if ticket.status == "cancelled"}
    assert ended == ({"help", "booking"} if state in GONE else {"booking"})
    assert next(ticket for ticket in mine if ticket.flow == "issue").is_open
    assert await stage.database.read(lambda tx: dialogues.get(tx, wang.chat or 0, wang.id)) is None
    for _ in range(12):
        await stage.app.walk(stage.clock.now() + timedelta(hours=8), stage.clock.move)
    later = told(stage, "王奶奶")[before:]
    assert later == [] if state in GONE else not [text for text in later if "？" in text], later


async def test_a_helper_who_died_holds_nothing_and_is_asked_nothing(stage: Stage) -> None:
    await say(stage, "王奶奶", "帮我买点米", "对")
    await press(stage, "小李", "我去", group="志愿者群")
    before = len(told(stage, "小李"))
    await stopped(stage, "xiaoli", "deceased")
    ticket = await stage.database.read(lambda tx: tickets.get(tx, 1))
    helper = await stage.database.read(lambda tx: _named(tx, "xiaoli"))
    assert ticket is not None and (ticket.status, ticket.owner, helper.roles) == ("open", None, frozenset())
    await stage.app.walk(stage.clock.now() + timedelta(days=2), stage.clock.move)
    assert told(stage, "小李")[before:] == []


async def test_whoever_writes_is_answered_and_who_is_back_is_asked_again(stage: Stage) -> None:
    await say(stage, "王奶奶", "七号楼电梯坏了", "对")
    await stopped(stage, "wang", "moved")
    assert await say(stage, "王奶奶", "电梯修好了吗")
    now = stage.clock.now()

    def ask(tx: Transaction) -> bool:
        turn = Turn(tx, stage.house, now, Due("ask", now, "ask"), "ask", CLOCK, Person(0))
        return turn.may_ask(_named(tx, "wang").id)

    def back(tx: Transaction) -> None:
        leaving.back(Turn(tx, stage.house, now, Due("ask", now, "ask"), "ask", CLOCK, Person(0)), _named(tx, "wang"))

    assert not await stage.database.transaction(ask)
    await stage.database.transaction(back)
    assert await stage.database.transaction(ask)


async def test_danger_goes_on_whatever_is_said_of_somebody(stage: Stage) -> None:
    await say(stage, "王奶奶", "救命,我摔倒了起不来")
    await stopped(stage, "wang", "hospital")
    await stage.app.walk(stage.clock.now() + timedelta(minutes=3), stage.clock.move)
    assert await stage.database.read(lambda tx: tx.one("SELECT 1 FROM incident WHERE status = 'open'")) is not None
