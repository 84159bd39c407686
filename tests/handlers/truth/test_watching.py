"""The watchers of lives can see: each of their faults is made once, and noted."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models.outgoing import Card, Outgoing, Say
from storage import people, queue, tickets
from storage.database import Transaction
from tests.support.lives import counting, shrinking
from tests.support.lives.acts import ZONE, Act
from tests.support.lives.life import CANARY, Life
from tests.support.lives.watching import ALARMS


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Life]:
    begun = Life(tmp_path, 2)
    await begun.begin()
    await begun.do(_at(begun, "say", "wang", "5号楼门口垃圾没人收"))
    await begun.do(_at(begun, "say", "wang", "对"))
    yield begun
    await begun.end()


def _at(life: Life, kind: str, account: str = "", words: str = "") -> Act:
    return Act(life.stage.clock.now() + timedelta(seconds=9), kind, account, account, words)


async def _put(life: Life, *messages: Outgoing) -> None:
    """Messages that no wing would send."""
    for one in messages:
        await life.stage.database.transaction(lambda tx, one=one: queue.put(tx, one, life.stage.clock.now()))  # type: ignore[misc]


async def _chat(life: Life, address: str) -> int:
    def found(tx: Transaction) -> int:
        chat = people.chat_at(tx, "talk", address)
        assert chat is not None
        return chat.id

    return await life.stage.database.read(found)


async def _sql(life: Life, sql: str) -> None:
    await life.stage.database.transaction(lambda tx: tx.run(sql))


def _night(life: Life) -> None:
    local = life.stage.clock.now().astimezone(ZONE)
    life.stage.clock.move(datetime.combine(local.date(), datetime.max.time(), ZONE))


def _noted(life: Life, what: str) -> bool:
    return any(what in line for line in life.watch.wrong)


async def test_a_life_without_faults_is_called_so(life: Life) -> None:
    await life.do(_at(life, "look", words="figures"))
    assert life.watch.wrong == []
    assert life.witness.untrue == []


async def test_what_is_said_is_looked_at(life: Life) -> None:
    wang, group = await _chat(life, "wang"), await _chat(life, "volunteers")
    await _put(life, Say(group, f"有{CANARY}的味道"))
    await _put(life, *(Say(group, "还没人接", about=1) for _ in range(3)))
    life.watch.by_clock = True
    await _put(life, *(Say(wang, f"好了吗{n}？", kind="reminder") for n in range(5)))
    life.watch.gone.add("wang")
    await _put(life, Say(wang, "还在吗"))
    _night(life)
    await _put(life, Say(wang, "明天来人"))
    for what in (
        f"canary {CANARY} in volunteers",
        "messages about 1",
        "asked too much",
        "gone: wang",
        "quiet hours: wang",
    ):
        assert _noted(life, what), what


async def test_an_alarm_that_tells_one_person_for_ever_is_seen(life: Life) -> None:
    await life.do(_at(life, "say", "wang", "救命"))
    number = await life.stage.database.read(lambda tx: tx.one("SELECT id FROM incident"))
    assert number is not None
    card = Card(await _chat(life, "liujie"), f"alert:{number['id']}", "快去", about=number["id"], anew=True)
    await _put(life, *([card] * (ALARMS + 1)))
    assert _noted(life, "told more than")
    await _sql(life, "UPDATE incident SET next_at = NULL")
    await life.do(_at(life, "look"))
    assert _noted(life, "has fallen silent")


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("DELETE FROM agenda WHERE ticket = 1", "has no next time"),
        ("UPDATE agenda SET at = at + 86400000 * 40", "sleeps for"),
        ("UPDATE ticket SET queue = '' WHERE id = 1", "has nobody"),
        ("UPDATE ticket SET rating = 'good' WHERE id = 1", "is not what its events make of it"),
    ],
)
async def test_the_tables_are_looked_at(life: Life, sql: str, what: str) -> None:
    await _sql(life, sql)
    await life.do(_at(life, "look"))
    assert _noted(life, what)


async def test_who_is_not_told_that_it_is_late_is_missed(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.tickets.promises.unanswered", lambda turn, ticket, rung=0: None)
    await life.do(Act(life.stage.clock.now() + timedelta(days=1), "look"))
    assert _noted(life, "is late and nobody said so")


async def test_figures_lists_and_tables_that_differ_are_seen(life: Life) -> None:
    await life.do(_at(life, "look"))
    await _sql(life, "UPDATE ticket SET status = 'done', done_at = opened_at WHERE id = 1")
    await counting.compare(life, life.begun)
    for what in ("figures: done", "/open: 0 told", "/export csv: 1: "):
        assert _noted(life, what), what


async def test_a_list_of_what_is_late_that_says_more_is_seen(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.tickets.promises.is_late", lambda ticket, now: True)
    await counting.compare(life, life.begun)
    assert _noted(life, "/overdue: 1 told, 0 counted")
    assert _noted(life, "/stats 今年: late: 1 told, 0 counted")


async def test_who_gets_no_answer_and_what_is_lost_is_seen(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    async def lost(events: object) -> None:
        await _sql(life, "UPDATE inbox SET state = 'aside' WHERE id = 1")

    monkeypatch.setattr(life.stage.app, "accept", lost)
    await life.do(_at(life, "say", "li", "你好"))
    assert _noted(life, "no answer to li")
    assert _noted(life, "not worked")


async def test_a_word_of_a_resident_in_the_log_is_heard(life: Life) -> None:
    logging.getLogger("handlers.anything").warning("said %s", CANARY)
    assert _noted(life, f"canary {CANARY} in the log")


async def test_what_is_not_so_is_written_down(life: Life) -> None:
    await _put(life, Say(await _chat(life, "wang"), "您现在没有在办的事。", asserts=(("ticket.none", None),)))
    assert [one.condition for one in life.witness.untrue] == ["nothing.waits"]


async def test_a_killed_process_answers_what_was_stored(life: Life) -> None:
    await life.do(_at(life, "kill", "zhao", "家里没电了"))
    assert life.watch.wrong == []
    assert "zhao" in life.watch.addressed


async def test_a_life_can_be_lived_again(life: Life, tmp_path: Path) -> None:
    other = tmp_path / "again"
    other.mkdir()
    await Life(other, 2).again(life.acts)
    assert await life.stage.database.read(tickets.numbers) == [1]


def test_a_life_is_shrunk_to_what_its_fault_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    acts = [Act(datetime(2026, 3, 2, tzinfo=ZONE), "say", words=str(number)) for number in range(40)]

    def faults(seed: int, some: list[Act]) -> list[str]:
        said = {act.words for act in some}
        return ["03-02 09:00 ticket 4 is late"] if {"7", "21"} <= said else []

    monkeypatch.setattr(shrinking, "faults", faults)
    assert [act.words for act in shrinking.shrunk(1, acts, "03-02 11:30 ticket 9 is late", tries=200)] == ["7", "21"]
