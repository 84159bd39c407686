"""The table of faults: whatever breaks, the first alert leaves at once, no gap is too long, and 我来管 silences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from storage import incidents
from tests.conftest import SOAK
from tests.support.alarm_faults import FAULTS, Course, play
from tests.support.alarm_world import World


@pytest.mark.parametrize("when", ["while it lasts", "afterwards"])
@pytest.mark.parametrize("name", FAULTS)
async def test_a_part_breaks(name: str, when: str, tmp_path: Path) -> None:
    fault = FAULTS[name]
    acknowledged = fault.seconds - 20 if when == "while it lasts" else fault.seconds + 50
    (await play(tmp_path, fault, acknowledged)).judge()


def before_the_first_alert(world: World, down: int) -> Course:
    """The danger is in the alarm file, nothing is stored, nobody was told; the platform never offers it again."""
    world.arm("alarmed:1:KILL")
    world.start()
    world.client.say("d1", "wang", "着火了")
    world.died()
    assert not world.alerts() and not world.tx().all("SELECT 1 FROM inbox")
    world.arm("")
    began = world.again(down)
    world.until(lambda: bool(world.alerts()))
    world.clock(world.second + 6)
    world.until(lambda: incidents.get(world.tx(), 1) is not None)
    found = incidents.get(world.tx(), 1)
    assert found is not None and (found.family, found.count) == ("fire", 1), "an incident of its own, counted once"
    world.client.say("d1", "wang", "着火了")
    world.until(lambda: "d1" in world.client.stored)
    return world.acknowledged(began)


def between_repeats(world: World, down: int) -> Course:
    """Somebody was told once, and nobody answered yet."""
    world.start()
    began = world.danger()
    world.kill()
    restarted = world.again(down)
    world.until_next(2)
    assert world.numbers() == {1, 2}, "what was missed while it was down is not repeated"
    return world.acknowledged(began if down < 60 else restarted)


def after_the_acknowledgement(world: World, down: int) -> Course:
    """Somebody has it in hand; the process that knew is gone."""
    world.start()
    began = world.danger()
    course = world.acknowledged(began, kill=True, down=down)
    found = incidents.get(world.tx(), 1)
    assert found is not None and found.status == "held"
    return course


def after_an_acknowledgement_that_was_only_stored(world: World, down: int) -> Course:
    """我来管 is in the inbox, and the process ended before it was handled."""
    world.arm("stored:2:KILL")
    world.start()
    began = world.danger()
    return world.acknowledged(began, kill=True, down=down, died=True)


KILLS: dict[str, Callable[[World, int], Course]] = {
    work.__name__: work
    for work in (
        before_the_first_alert,
        between_repeats,
        after_the_acknowledgement,
        after_an_acknowledgement_that_was_only_stored,
    )
}
USUAL = [
    ("before_the_first_alert", 20),
    ("between_repeats", 600),
    ("after_an_acknowledgement_that_was_only_stored", 20),
]
"""Which process dies, and for how many seconds of the test's clock nobody runs."""
ALL = [
    (name, down) for name in KILLS for down in (5, 45, 600, 3600) if (name, down) != ("after_the_acknowledgement", 3600)
]
"""Without 到了 an acknowledgement lapses within the hour, and alerts rightly go on: another test's matter."""


@pytest.mark.parametrize(("name", "down"), ALL if SOAK else USUAL)
def test_the_whole_process_is_killed(name: str, down: int, tmp_path: Path) -> None:
    world = World(tmp_path)
    KILLS[name](world, down).judge()
    assert world.opened() == 1


@pytest.mark.parametrize(
    "course",
    [
        Course((), 0, 100, 300),
        Course((6.0, 60.0), 0, 100, 300),
        Course((0.0, 62.0), 0, 100, 300),
        Course((0.0,), 0, 62, 300),
        Course((0.0, 60.0, 102.0), 0, 100, 300),
        Course((0.0, 60.0), 0, 100, 200),
    ],
    ids=("never", "late", "a gap", "a gap at the end", "no silence", "not listened to"),
)
def test_the_rule_can_fail(course: Course) -> None:
    with pytest.raises(AssertionError):
        course.judge()
