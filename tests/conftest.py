"""What several tests use: a stage with the seeded community, and counts that `make soak` raises."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.replay.script import Step
from bot.replay.talk import Shown, Stage
from tests.support import processes
from tests.support.truth.witness import Witness

os.environ.setdefault("LINSHENG_HEARING__FETCH", "false")  # no test fetches a model that it did not ask for
SOAK = os.environ.get("SOAK") == "1"
settings.register_profile("same", derandomize=True, deadline=None)  # what `make test` tries is the same everywhere
settings.register_profile("soak", deadline=None, print_blob=True)
settings.load_profile("soak" if SOAK else "same")
FIRST = ("test_telegram", "test_kills", "test_alarm_faults", "test_voice", "test_hearing", "test_try", "test_page")
"""Files that wait for processes begin, so that two workers end together."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first."""
    items.sort(key=lambda item: not item.path.stem.startswith(FIRST))


def count(usual: int, soak: int) -> int:
    """How often: reduced by default, in full under `make soak`."""
    return soak if SOAK else usual


@pytest.fixture(autouse=True)
def nothing_runs_on() -> Iterator[None]:
    """Whatever a test started is gone when it is over, also when it failed or took too long."""
    yield
    processes.end_all()


@pytest.fixture
async def unwatched(tmp_path: Path) -> AsyncIterator[Stage]:
    """The real core on a real database, with nothing beside it."""
    played = Stage(tmp_path)
    await played.open()
    yield played
    await played.close()


@pytest.fixture
async def stage(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """The real core on a real database, with the seeded people; whatever it says is looked at while it is said."""
    played = Stage(tmp_path)
    witness = Witness(played.house, played.clock.now)
    played.beside = witness.beside
    await played.open()
    yield played
    await played.close()
    tampered = request.node.get_closest_marker("tampered") is not None
    assert tampered or [str(one) for one in witness.untrue] == []


async def say(stage: Stage, who: str, *lines: str, group: str = "") -> list[str]:
    """Somebody says lines one after another; returns all that was sent."""
    sent: list[str] = []
    for line in lines:
        sent += await stage.play(Step(0, line, "say", who, group, line))
    return sent


async def press(stage: Stage, who: str, label: str, group: str = "", ticket: int | None = None) -> list[str]:
    """Somebody presses the newest button with this label."""
    return await stage.play(Step(0, label, "press", who, group, label, ticket))


def group_messages(stage: Stage) -> list[Shown]:
    """Everything a group shows."""
    groups = {group.address for group in stage.seed.groups}
    return [shown for shown in stage.channel.shown.values() if shown.chat in groups]
