"""Who gets a ticket: the table, and who stands in where nobody is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import config
from bot.replay.talk import Stage
from models.queues import route
from storage import duties, people, tickets
from storage.database import Transaction
from tests.conftest import say

TABLE = {"issue": "desk", "issue.lift": "property", "issue.lift@7": "volunteers", "issue@9": "mediators"}


@pytest.mark.parametrize(
    ("category", "building", "queue"),
    [
        ("light", "3", "desk"),
        ("lift", "3", "property"),
        ("lift", "7", "volunteers"),
        ("light", "9", "mediators"),
        ("lift", "9", "property"),
        ("lift", None, "property"),
    ],
)
def test_the_most_exact_row_counts(category: str, building: str | None, queue: str) -> None:
    assert route(TABLE, "issue", category, building, "volunteers") == queue


def test_without_a_row_the_flow_has_its_own_queue() -> None:
    assert route(TABLE, "help", "carry", "3", "volunteers") == "volunteers"


async def _close_group(stage: Stage, queue: str) -> None:
    def work(tx: Transaction) -> None:
        group = people.group_of(tx, queue)
        assert group is not None
        people.mark_gone(tx, group.id)

    await stage.database.transaction(work)


async def _lift(stage: Stage) -> list[str]:
    return await say(stage, "王奶奶", "三号楼电梯坏了", "对")


async def _queue_of(stage: Stage, number: int) -> str:
    ticket = await stage.database.read(lambda tx: tickets.get(tx, number))
    assert ticket is not None
    return ticket.queue


async def test_the_person_on_duty_stands_in_for_a_group(stage: Stage) -> None:
    await _close_group(stage, "property")
    await say(stage, "老赵", "你好")
    await say(stage, "张主任", "/duty property 老赵")
    sent = await _lift(stage)
    assert any(line.startswith("  -> 老赵: #1") for line in sent) and await _queue_of(stage, 1) == "property"


async def test_where_nobody_is_the_desk_has_it(stage: Stage) -> None:
    await _close_group(stage, "property")
    sent = await _lift(stage)
    assert await _queue_of(stage, 1) == "desk"
    assert any("服务台群: #1" in line for line in sent) and any("归服务台管" in line for line in sent)


async def test_duty_taken_back_leaves_the_one_before(stage: Stage) -> None:
    await say(stage, "张主任", "/duty property 老赵", "/duty property 小张", "撤销")
    person = await stage.database.read(lambda tx: duties.on_duty(tx, "property"))
    found = await stage.database.read(lambda tx: people.get(tx, person or 0))
    assert found.name == "老赵"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[dispatch]\n"issue.lift" = "nowhere"', "dispatch.issue.lift: no such queue: nowhere"),
        ('[dispatch]\n"dance" = "desk"', "dispatch.dance: no such flow"),
        ('[queues.property]\ndeputy = "nobody"', "queues.property.deputy"),
    ],
)
def test_a_row_that_leads_nowhere_is_named(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(config.ConfigError, match=named):
        config.load(file)
